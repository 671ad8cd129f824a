-- step:   alignment_candidate
-- does:   Chooses the stage (are primary care charges a tenth of all?) and
--         ranks the entities on that stage's class: greatest charge, then most
--         recent service, then lowest entity id.
-- reads:  entity_charge (key: alignment_run, aligned_year, bene_id, entity_id, class)
--         stage_test    (key: minimum_numerator)
-- writes: alignment_candidate
-- key:    alignment_run, aligned_year, bene_id, entity_id
-- unit:   weighted_charge in cents times weight
-- source: rules A4, A5, A6; reading R4

with total as (

    select
        alignment_run,
        aligned_year,
        bene_id,
        cast(sum(case when class = 'primary_care' then weighted_charge else 0 end) as bigint) as primary_care_charge,
        cast(sum(weighted_charge) as bigint) as total_charge,
        cast(sum(services) as bigint) as services
    from entity_charge
    group by alignment_run, aligned_year, bene_id

),

staged as (

    select
        t.alignment_run,
        t.aligned_year,
        t.bene_id,
        t.services,
        case
            when t.total_charge <= 0 then null
            when t.primary_care_charge * s.minimum_denominator > t.total_charge * s.minimum_numerator then 1
            when s.is_equal_stage_1 and t.primary_care_charge * s.minimum_denominator = t.total_charge * s.minimum_numerator then 1
            else 2
        end as stage
    from total as t
    cross join stage_test as s

)

select
    e.alignment_run,
    e.aligned_year,
    e.bene_id,
    e.entity_id,
    e.aco_id,
    t.stage,
    t.services,
    e.class,
    e.weighted_charge,
    e.latest_date,
    cast(row_number() over (
        partition by e.alignment_run, e.aligned_year, e.bene_id
        order by e.weighted_charge desc nulls last, e.latest_date desc nulls last, e.entity_id asc nulls last
    ) as bigint) as rank
from entity_charge as e
join staged as t
  on  t.alignment_run = e.alignment_run
  and t.aligned_year = e.aligned_year
  and t.bene_id = e.bene_id
where t.stage is not null
  and e.class = case when t.stage = 1 then 'primary_care' else 'specialist' end
