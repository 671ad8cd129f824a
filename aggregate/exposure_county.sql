-- step:   exposure_county
-- does:   Counts each group's eligible months by the county of the month.
-- reads:  aligned_month (key: alignment_type, bene_id, year, county_fips, category)
-- writes: exposure_county
-- key:    aco_id, year, category, alignment_type, county_fips, projected
-- sums:   eligible_months bigint
-- unit:   eligible_months is a count of months
-- source: rule F1; reading R10

select
    aco_id,
    year,
    category,
    alignment_type,
    county_fips,
    cast(sum(eligible_months) as bigint) as eligible_months,
    is_projected as projected
from aligned_month
group by aco_id, year, category, alignment_type, county_fips, is_projected
