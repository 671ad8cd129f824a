-- step:   alignment_outcome
-- does:   Gives everyone who had a qualified service in the alignment period,
--         or an eligible month in the year, one outcome as of January: by the
--         order voluntary, January's eligibility, a qualified service,
--         plurality.
-- reads:  service_summary  (key: bene_id, window_start, billing_number, class)
--         alignment_window (key: alignment_run, aligned_year, window_start)
--         eligible_month   (key: bene_id, year, county_fips, is_esrd)
--         enrollment_test  (key: alignment_run, aligned_year, bene_id)
--         aligned_year     (key: aligned_year)
--         plurality        (key: alignment_run, aligned_year, bene_id)
--         voluntary_choice (key: bene_id)
-- writes: alignment_outcome
-- key:    aligned_year, bene_id
-- unit:   charges in thirds of a cent
-- source: rules A8, A9, A11; readings R5, R8

with person as (

    select w.aligned_year, s.bene_id
    from service_summary as s
    join alignment_window as w
      on  w.window_start = s.window_start
      and w.alignment_run = 'january'
    where s.services > 0
    union
    select year as aligned_year, bene_id
    from eligible_month

),

tested as (

    select
        p.aligned_year,
        p.bene_id,
        y.first_month,
        case when e.bene_id is null then 'ineligible_not_enrolled' else e.reason_code end as ineligible,
        v.aco_id as voluntary_aco_id
    from person as p
    join aligned_year as y
      on y.aligned_year = p.aligned_year
    left join enrollment_test as e
      on  e.alignment_run = 'january'
      and e.aligned_year = p.aligned_year
      and e.bene_id = p.bene_id
    left join voluntary_choice as v
      on  v.bene_id = p.bene_id
      and v.first_month = y.first_month

)

select
    t.aligned_year,
    t.bene_id,
    case
        when t.ineligible is not null then null
        when t.voluntary_aco_id is not null then t.voluntary_aco_id
        when l.services > 0 then l.aco_id
    end as aco_id,
    case
        when t.ineligible is not null then 'none'
        when t.voluntary_aco_id is not null then 'voluntary'
        when l.aco_id is not null and l.services > 0 then 'claims'
        else 'none'
    end as alignment_type,
    l.stage,
    l.winner_entity_id,
    l.winner_weighted_charge,
    l.winner_latest_date,
    l.runner_up_entity_id,
    l.runner_up_weighted_charge,
    l.runner_up_latest_date,
    l.margin,
    coalesce(l.tie_unresolved, false) as tie_unresolved,
    case
        when t.ineligible is not null then t.ineligible
        when t.voluntary_aco_id is not null then null
        when coalesce(l.services, 0) = 0 then 'no_qualified_service'
        when l.aco_id is null then 'plurality_elsewhere'
    end as reason_code,
    t.first_month
from tested as t
left join plurality as l
  on  l.alignment_run = 'january'
  and l.aligned_year = t.aligned_year
  and l.bene_id = t.bene_id
