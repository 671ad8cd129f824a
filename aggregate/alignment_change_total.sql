-- step:   alignment_change_total
-- does:   Counts the changes and sums what they carried: no row of a person.
-- reads:  alignment_change (key: aligned_year, bene_id)
-- writes: alignment_change_total
-- key:    aligned_year, change, from_aco_id, to_aco_id, cause
-- unit:   people, months; dollars, signed
-- source: rule A11

select
    aligned_year,
    change,
    from_aco_id,
    to_aco_id,
    cause,
    cast(count(*) as bigint) as people,
    cast(sum(from_months) as bigint) as from_months,
    cast(sum(to_months) as bigint) as to_months,
    cast(sum(from_dollars) as decimal(18, 2)) as from_dollars,
    cast(sum(to_dollars) as decimal(18, 2)) as to_dollars
from alignment_change
group by aligned_year, change, from_aco_id, to_aco_id, cause
