-- step:   aligned
-- does:   Lists who stands in which group in which year: the claims-aligned of
--         each aligned year, and those voluntarily aligned in the performance
--         year in every base year too.
-- reads:  alignment    (key: aligned_year, bene_id)
--         aligned_year (key: aligned_year)
-- writes: aligned
-- key:    year, alignment_type, bene_id
-- unit:   one row a beneficiary, year and group
-- source: rules A9, D5; reading R8

select
    a.aligned_year as year,
    a.alignment_type,
    a.aco_id,
    a.bene_id,
    a.first_month
from alignment as a
where a.alignment_type = 'claims'

union all

select
    y.aligned_year as year,
    a.alignment_type,
    a.aco_id,
    a.bene_id,
    case when y.is_performance_year then a.first_month else y.first_month end as first_month
from alignment as a
join aligned_year as p
  on  p.aligned_year = a.aligned_year
  and p.is_performance_year
cross join aligned_year as y
where a.alignment_type = 'voluntary'
