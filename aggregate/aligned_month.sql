-- step:   aligned_month
-- does:   Lists the months that count for each group: those that count from
--         January, and for people who join in the middle of the performance
--         year those from their first month on: of the months that count from
--         January where they joined by designation, and until the first that
--         is not eligible where they joined by the mid-year claims run.
-- reads:  aligned          (key: year, alignment_type, bene_id)
--         aligned_year     (key: aligned_year)
--         service_month    (key: month)
--         category_month   (key: bene_id, year, county_fips, category)
--         eligibility_rule (key: is_any_month)
-- writes: aligned_month
-- key:    alignment_type, bene_id, year, county_fips, category
-- unit:   months are a set, a bit a month: January 1, February 2, March 4; eligible_months their count
-- source: rules A8, A10; readings R5, R7

with added as (

    select
        a.year,
        a.alignment_type,
        a.bene_id,
        s.month_bit,
        cast(sum(m.months & -s.month_bit) as bigint) as months
    from aligned as a
    join aligned_year as y
      on  y.aligned_year = a.year
      and y.first_month < a.first_month
    join service_month as s
      on s.month = a.first_month
    join category_month as m
      on  m.bene_id = a.bene_id
      and m.year = a.year
    where a.alignment_type = 'claims'
    group by a.year, a.alignment_type, a.bene_id, s.month_bit

),

counted as (

    select
        a.aco_id,
        a.year,
        a.alignment_type,
        a.bene_id,
        m.category,
        m.county_fips,
        m.is_projected,
        case
            -- Minus a month's bit is that month and all later ones.
            when r.is_any_month or j.bene_id is null then m.counted_months & -s.month_bit
            -- The run of months that starts in the first one, as in eligible_month.
            else m.months & (j.months - (j.months & (j.months + j.month_bit)))
        end as months
    from aligned as a
    join service_month as s
      on s.month = a.first_month
    join category_month as m
      on  m.bene_id = a.bene_id
      and m.year = a.year
    cross join eligibility_rule as r
    left join added as j
      on  j.year = a.year
      and j.alignment_type = a.alignment_type
      and j.bene_id = a.bene_id

)

select
    aco_id,
    year,
    alignment_type,
    bene_id,
    category,
    county_fips,
    is_projected,
    months,
    cast(bit_count(months) as bigint) as eligible_months
from counted
where months <> 0
