-- step:   aligned_people
-- does:   Counts the people of each ACO and group who have a month that counts,
--         and those of them who are High Needs in one.
-- reads:  aligned_month (key: alignment_type, bene_id, year, county_fips, category)
-- writes: aligned_people
-- key:    aco_id, year, alignment_type
-- sums:   people bigint
--         high_needs_people bigint
-- unit:   people
-- source: rule C7

select
    aco_id,
    year,
    alignment_type,
    cast(count(distinct bene_id) as bigint) as people,
    cast(count(distinct case when category = 'HN' then bene_id end) as bigint) as high_needs_people
from aligned_month
group by aco_id, year, alignment_type
