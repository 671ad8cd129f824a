-- step:   aligned_people
-- does:   Counts the people of each group who have a month that counts.
-- reads:  aligned_month (key: alignment_type, bene_id, month)
-- writes: aligned_people
-- key:    year, alignment_type
-- sums:   people bigint
-- unit:   people
-- source: rule C7

select
    year,
    alignment_type,
    cast(count(distinct bene_id) as bigint) as people
from aligned_month
group by year, alignment_type
