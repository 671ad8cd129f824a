-- step:   aligned_dollars
-- as:     view
-- does:   Gives each group's people their dollars, and says which lie in the
--         months that count for them. For who joined in the middle of the
--         performance year these are the months of the group, whether or not
--         they count from January; stand-in months carry none.
-- reads:  expenditure_year (key: bene_id, year, month_bit, category, is_counted, claim_type, exclusion, exclusion_share)
--         aligned          (key: year, alignment_type, bene_id)
--         aligned_year     (key: aligned_year)
--         aligned_month    (key: alignment_type, bene_id, year, county_fips, category)
-- writes: aligned_dollars
-- key:    alignment_type, bene_id, year, month_bit, category, is_counted, claim_type, exclusion, exclusion_share
-- unit:   dollars, signed; month_bit as in expenditure_year
-- source: rule C; readings R5, R7, R21

with joined as (

    select
        m.alignment_type,
        m.bene_id,
        m.year,
        cast(sum(m.months) as bigint) as months
    from aligned as a
    join aligned_year as y
      on  y.aligned_year = a.year
      and y.first_month < a.first_month
    join aligned_month as m
      on  m.alignment_type = a.alignment_type
      and m.bene_id = a.bene_id
      and m.year = a.year
    where not m.is_projected
    group by m.alignment_type, m.bene_id, m.year

)

select
    a.aco_id,
    a.alignment_type,
    a.bene_id,
    e.year,
    e.month_bit,
    e.category,
    case when a.first_month = y.first_month then e.is_counted else (coalesce(j.months, 0) & e.month_bit) <> 0 end as is_counted,
    e.claim_type,
    e.exclusion,
    e.exclusion_share,
    e.paid_amount,
    e.ime_amount,
    e.dsh_amount,
    e.uncompensated_care_amount,
    e.pass_through_amount
from aligned as a
join aligned_year as y
  on y.aligned_year = a.year
join expenditure_year as e
  on  e.bene_id = a.bene_id
  and e.year = a.year
left join joined as j
  on  j.alignment_type = a.alignment_type
  and j.bene_id = a.bene_id
  and j.year = a.year
