-- step:   alignment
-- does:   Lays the mid-year additions over the outcomes of January.
-- reads:  alignment_outcome (key: aligned_year, bene_id)
--         mid_year_addition (key: aligned_year, bene_id)
-- writes: alignment
-- key:    aligned_year, bene_id
-- unit:   charges in thirds of a cent
-- source: rules A10, A11

select
    o.aligned_year,
    o.bene_id,
    coalesce(a.aco_id, o.aco_id) as aco_id,
    coalesce(a.alignment_type, o.alignment_type) as alignment_type,
    cast(coalesce(a.stage, o.stage) as integer) as stage,
    coalesce(a.winner_entity_id, o.winner_entity_id) as winner_entity_id,
    coalesce(a.winner_weighted_charge, o.winner_weighted_charge) as winner_weighted_charge,
    case when a.winner_entity_id is null then o.winner_latest_date else a.winner_latest_date end as winner_latest_date,
    case when a.winner_entity_id is null then o.runner_up_entity_id else a.runner_up_entity_id end as runner_up_entity_id,
    case when a.winner_entity_id is null then o.runner_up_weighted_charge else a.runner_up_weighted_charge end as runner_up_weighted_charge,
    case when a.winner_entity_id is null then o.runner_up_latest_date else a.runner_up_latest_date end as runner_up_latest_date,
    coalesce(a.margin, o.margin) as margin,
    coalesce(a.tie_unresolved, o.tie_unresolved) as tie_unresolved,
    case
        when a.bene_id is null then o.reason_code
        when a.alignment_type = 'claims' then 'added_mid_year'
    end as reason_code,
    coalesce(a.first_month, o.first_month) as first_month
from alignment_outcome as o
left join mid_year_addition as a
  on  a.aligned_year = o.aligned_year
  and a.bene_id = o.bene_id
