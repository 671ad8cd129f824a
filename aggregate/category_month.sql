-- step:   category_month
-- does:   Gives each alignment-eligible month its category. A year in which a
--         beneficiary becomes High Needs is split at the flag's first month.
-- reads:  eligible_month  (key: bene_id, year, county_fips, is_esrd)
--         high_needs      (key: bene_id)
--         high_needs_year (key: first_month, year)
--         category_rule   (key: is_esrd, is_high_needs)
-- writes: category_month
-- key:    bene_id, year, county_fips, category
-- unit:   months and counted_months are sets, a bit a month: January 1, February 2, March 4
-- source: rule B; readings R5, R20

with flagged as (

    select
        h.bene_id,
        y.year,
        y.months
    from high_needs as h
    join high_needs_year as y
      on y.first_month = h.first_month

),

marked as (

    select
        m.bene_id,
        m.year,
        m.county_fips,
        m.is_projected,
        r.category,
        m.months,
        m.counted_months,
        -- -1 is every month: less a set, it is every month outside the set.
        case when r.is_high_needs then coalesce(h.months, 0) else -1 - coalesce(h.months, 0) end as category_months
    from eligible_month as m
    left join flagged as h
      on  h.bene_id = m.bene_id
      and h.year = m.year
    join category_rule as r
      on r.is_esrd = m.is_esrd

)

select
    bene_id,
    year,
    county_fips,
    category,
    is_projected,
    cast(sum(months & category_months) as bigint) as months,
    cast(sum(counted_months & category_months) as bigint) as counted_months
from marked
where (months & category_months) <> 0
group by bene_id, year, county_fips, category, is_projected
