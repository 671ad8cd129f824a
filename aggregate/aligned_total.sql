-- step:   aligned_total
-- does:   Gives each person's alignment of a year the months and dollars that
--         it carries, and the category of most of the months; of two with as
--         many the first by name. Dollars are as paid: nothing excluded, nothing
--         completed.
-- reads:  alignment       (key: aligned_year, bene_id)
--         aligned_month   (key: alignment_type, bene_id, year, county_fips, category)
--         aligned_dollars (key: alignment_type, bene_id, year, month_bit, category, is_counted, claim_type, exclusion, exclusion_share)
-- writes: aligned_total
-- key:    aligned_year, bene_id
-- unit:   months; dollars, signed
-- source: rule A11; readings R5, R7

with month as (

    select
        alignment_type,
        bene_id,
        year,
        category,
        cast(sum(eligible_months) as bigint) as months
    from aligned_month
    group by alignment_type, bene_id, year, category

),

ranked as (

    select
        alignment_type,
        bene_id,
        year,
        category,
        months,
        row_number() over (
            partition by alignment_type, bene_id, year
            order by months desc nulls last, category asc nulls last
        ) as rank
    from month

),

total as (

    select
        alignment_type,
        bene_id,
        year,
        max(case when rank = 1 then category end) as category,
        cast(sum(months) as bigint) as months
    from ranked
    group by alignment_type, bene_id, year

),

dollars as (

    select
        alignment_type,
        bene_id,
        year,
        cast(sum(paid_amount) as decimal(18, 2)) as dollars
    from aligned_dollars
    where is_counted
    group by alignment_type, bene_id, year

)

select
    a.aligned_year,
    a.bene_id,
    a.aco_id,
    a.alignment_type,
    t.category,
    coalesce(t.months, 0) as months,
    coalesce(d.dollars, 0) as dollars
from alignment as a
left join total as t
  on  t.alignment_type = a.alignment_type
  and t.bene_id = a.bene_id
  and t.year = a.aligned_year
left join dollars as d
  on  d.alignment_type = a.alignment_type
  and d.bene_id = a.bene_id
  and d.year = a.aligned_year
where a.alignment_type <> 'none'
