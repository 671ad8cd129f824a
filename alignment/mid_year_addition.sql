-- step:   mid_year_addition
-- does:   Finds who joins an ACO of the hybrid option during the performance
--         year: by a voluntary designation, or by the one mid-year claims run
--         with old and new TINs pooled. Only people aligned to no ACO on
--         1 January are added, and nobody is dropped.
-- reads:  alignment_outcome (key: aligned_year, bene_id)
--         voluntary_choice  (key: bene_id)
--         plurality         (key: alignment_run, aligned_year, bene_id)
--         enrollment_test   (key: alignment_run, aligned_year, bene_id)
--         aligned_year      (key: aligned_year)
--         hybrid_aco        (key: aco_id)
-- writes: mid_year_addition
-- key:    aligned_year, bene_id
-- unit:   charges in thirds of a cent
-- source: rule A10; readings R5, R8

with voluntary as (

    select
        o.aligned_year,
        o.bene_id,
        v.aco_id,
        v.first_month
    from voluntary_choice as v
    join alignment_outcome as o
      on o.bene_id = v.bene_id
    join aligned_year as y
      on  y.aligned_year = o.aligned_year
      and y.is_performance_year
    where v.first_month > y.first_month
      and o.alignment_type = 'none'
      and substr(o.reason_code, 1, 10) <> 'ineligible'

),

claims as (

    select
        l.aligned_year,
        l.bene_id,
        l.aco_id,
        l.stage,
        l.winner_entity_id,
        l.winner_weighted_charge,
        l.winner_latest_date,
        l.runner_up_entity_id,
        l.runner_up_weighted_charge,
        l.runner_up_latest_date,
        l.margin,
        l.tie_unresolved,
        e.first_month
    from plurality as l
    join hybrid_aco as h
      on h.aco_id = l.aco_id
    join enrollment_test as e
      on  e.alignment_run = l.alignment_run
      and e.aligned_year = l.aligned_year
      and e.bene_id = l.bene_id
    left join alignment_outcome as o
      on  o.aligned_year = l.aligned_year
      and o.bene_id = l.bene_id
    where l.alignment_run = 'mid_year'
      and l.services > 0
      and e.reason_code is null
      and coalesce(o.alignment_type, 'none') = 'none'

)

select
    v.aligned_year,
    v.bene_id,
    v.aco_id,
    'voluntary' as alignment_type,
    cast(null as integer) as stage,
    cast(null as varchar) as winner_entity_id,
    cast(null as bigint) as winner_weighted_charge,
    cast(null as date) as winner_latest_date,
    cast(null as varchar) as runner_up_entity_id,
    cast(null as bigint) as runner_up_weighted_charge,
    cast(null as date) as runner_up_latest_date,
    cast(null as bigint) as margin,
    cast(null as boolean) as tie_unresolved,
    v.first_month
from voluntary as v
where not exists (
    select 1
    from claims as c
    where c.bene_id = v.bene_id
      and c.first_month < v.first_month
)

union all

select
    c.aligned_year,
    c.bene_id,
    c.aco_id,
    'claims' as alignment_type,
    c.stage,
    c.winner_entity_id,
    c.winner_weighted_charge,
    c.winner_latest_date,
    c.runner_up_entity_id,
    c.runner_up_weighted_charge,
    c.runner_up_latest_date,
    c.margin,
    c.tie_unresolved,
    c.first_month
from claims as c
where not exists (
    select 1
    from voluntary as v
    where v.bene_id = c.bene_id
      and v.first_month <= c.first_month
)
