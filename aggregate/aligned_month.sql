-- step:   aligned_month
-- does:   Lists the months that count for each group: those that count from
--         January, and for people who join in the middle of the performance
--         year those from their first month on: of the months that count from
--         January where they joined by designation, and until the first that
--         is not eligible where they joined by the mid-year claims run.
-- reads:  aligned          (key: year, alignment_type, bene_id)
--         aligned_year     (key: aligned_year)
--         category_month   (key: bene_id, month)
--         eligibility_rule (key: is_any_month)
-- writes: aligned_month
-- key:    alignment_type, bene_id, month
-- unit:   one row a beneficiary and month
-- source: rules A8, A10; readings R5, R7

select
    a.aco_id,
    a.year,
    a.alignment_type,
    a.bene_id,
    m.month,
    m.category,
    m.county_fips,
    m.is_projected
from aligned as a
join aligned_year as y
  on  y.aligned_year = a.year
  and y.first_month = a.first_month
join category_month as m
  on  m.bene_id = a.bene_id
  and m.year = a.year
where m.is_counted

union all

select
    aco_id,
    year,
    alignment_type,
    bene_id,
    month,
    category,
    county_fips,
    is_projected
from (

    select
        a.aco_id,
        a.year,
        a.alignment_type,
        a.bene_id,
        m.month,
        m.category,
        m.county_fips,
        m.is_projected,
        case
            when r.is_any_month then true
            when a.alignment_type = 'voluntary' then m.is_counted
            else row_number() over (partition by a.alignment_type, a.bene_id order by m.month asc nulls last)
                = month(m.month) - month(a.first_month) + 1
        end as is_counted
    from aligned as a
    join aligned_year as y
      on  y.aligned_year = a.year
      and y.first_month < a.first_month
    join category_month as m
      on  m.bene_id = a.bene_id
      and m.year = a.year
      and m.month >= a.first_month
    cross join eligibility_rule as r

) as joined
where is_counted
