-- step:   aligned_dollars
-- as:     view
-- does:   Gives each group's people their dollars in the months that count for
--         them.
-- reads:  expenditure_year (key: bene_id, year, month, category, is_counted, claim_type, exclusion, exclusion_share)
--         aligned          (key: year, alignment_type, bene_id)
--         aligned_year     (key: aligned_year)
--         aligned_month    (key: alignment_type, bene_id, month)
-- writes: aligned_dollars
-- key:    alignment_type, bene_id, year, month, category, claim_type, exclusion, exclusion_share
-- unit:   dollars, signed
-- source: rule C; readings R7, R21

select
    a.aco_id,
    a.alignment_type,
    a.bene_id,
    e.year,
    e.month,
    e.category,
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
  on  y.aligned_year = a.year
  and y.first_month = a.first_month
join expenditure_year as e
  on  e.bene_id = a.bene_id
  and e.year = a.year
where e.is_counted

union all

select
    a.aco_id,
    a.alignment_type,
    a.bene_id,
    e.year,
    e.month,
    e.category,
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
  on  y.aligned_year = a.year
  and y.first_month < a.first_month
join aligned_month as m
  on  m.alignment_type = a.alignment_type
  and m.bene_id = a.bene_id
  and m.year = a.year
join expenditure_year as e
  on  e.bene_id = a.bene_id
  and e.year = a.year
  and e.month = month(m.month)
  and e.category <> 'none'
