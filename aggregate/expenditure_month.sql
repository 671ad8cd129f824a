-- step:   expenditure_month
-- as:     view
-- does:   Says where a dollar of each month goes: the month's category, and
--         whether it counts. The months of a beneficiary's year outside every
--         category, stand-in months among them, stand under none.
-- reads:  category_month (key: bene_id, year, county_fips, category)
--         aligned_year   (key: aligned_year)
-- writes: expenditure_month
-- key:    bene_id, year, county_fips, category, is_counted
-- unit:   months are a set, a bit a month: January 1, February 2, March 4
-- source: rule C; readings R5, R7

select
    bene_id,
    year,
    county_fips,
    category,
    true as is_counted,
    counted_months as months
from category_month
where counted_months <> 0
  and not is_projected

union all

select
    bene_id,
    year,
    county_fips,
    category,
    false as is_counted,
    months - counted_months as months
from category_month
where months <> counted_months
  and not is_projected

union all

select
    m.bene_id,
    m.year,
    cast(null as varchar) as county_fips,
    'none' as category,
    false as is_counted,
    y.months - cast(sum(m.months) as bigint) as months
from category_month as m
join aligned_year as y
  on y.aligned_year = m.year
where not m.is_projected
group by m.bene_id, m.year, y.months
having cast(sum(m.months) as bigint) <> y.months
