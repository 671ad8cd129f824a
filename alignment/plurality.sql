-- step:   plurality
-- does:   Puts winner and runner-up of each beneficiary's year side by side.
-- reads:  alignment_candidate (key: alignment_run, aligned_year, bene_id, entity_id)
-- writes: plurality
-- key:    alignment_run, aligned_year, bene_id
-- unit:   charges and margin in cents times weight
-- source: rules A5, A6, A11

select
    w.alignment_run,
    w.aligned_year,
    w.bene_id,
    w.aco_id,
    w.stage,
    w.services,
    w.entity_id as winner_entity_id,
    w.weighted_charge as winner_weighted_charge,
    w.latest_date as winner_latest_date,
    r.entity_id as runner_up_entity_id,
    r.weighted_charge as runner_up_weighted_charge,
    r.latest_date as runner_up_latest_date,
    cast(w.weighted_charge - coalesce(r.weighted_charge, 0) as bigint) as margin,
    r.entity_id is not null
        and w.weighted_charge = r.weighted_charge
        and w.latest_date is not distinct from r.latest_date as tie_unresolved
from alignment_candidate as w
left join alignment_candidate as r
  on  r.alignment_run = w.alignment_run
  and r.aligned_year = w.aligned_year
  and r.bene_id = w.bene_id
  and r.rank = 2
where w.rank = 1
