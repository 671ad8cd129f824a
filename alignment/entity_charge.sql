-- step:   entity_charge
-- does:   Pools each ACO's Participant TINs into one entity and weighs its
--         charges over the alignment years: thirds of a cent, exact.
-- reads:  service_summary  (key: bene_id, window_start, billing_number, class)
--         alignment_window (key: alignment_run, aligned_year, window_start)
--         participant      (key: alignment_run, billing_number)
-- writes: entity_charge
-- key:    alignment_run, aligned_year, bene_id, entity_id, class
-- unit:   weighted_charge in cents times the window's weight
-- source: rules A3, A5

select
    w.alignment_run,
    w.aligned_year,
    s.bene_id,
    coalesce(p.aco_id, s.billing_number) as entity_id,
    p.aco_id,
    s.class,
    cast(sum(w.weight * s.charge_cents) as bigint) as weighted_charge,
    cast(sum(s.services) as bigint) as services,
    max(s.latest_date) as latest_date
from service_summary as s
join alignment_window as w
  on w.window_start = s.window_start
left join participant as p
  on  p.alignment_run = w.alignment_run
  and p.billing_number = s.billing_number
group by w.alignment_run, w.aligned_year, s.bene_id, coalesce(p.aco_id, s.billing_number), p.aco_id, s.class
