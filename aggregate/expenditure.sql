-- step:   expenditure
-- does:   Sums each group's dollars in its eligible months. Go takes the
--         excluded shares out and multiplies by the completion factors.
-- reads:  expenditure_year (key: bene_id, year, month, category, is_counted, claim_type, exclusion, exclusion_share)
--         aligned          (key: year, alignment_type, bene_id)
--         aligned_year     (key: aligned_year)
--         aligned_month    (key: alignment_type, bene_id, month)
-- writes: expenditure
-- key:    aco_id, year, category, alignment_type, claim_type, exclusion, exclusion_share
-- unit:   dollars, signed
-- source: rule C; readings R7, R21

with dollars as (

    select a.aco_id, a.alignment_type, e.year, e.category, e.claim_type, e.exclusion, e.exclusion_share,
        e.paid_amount, e.ime_amount, e.dsh_amount, e.uncompensated_care_amount, e.pass_through_amount
    from aligned as a
    join aligned_year as y
      on  y.aligned_year = a.year
      and y.first_month = a.first_month
    join expenditure_year as e
      on  e.bene_id = a.bene_id
      and e.year = a.year
    where e.is_counted

    union all

    select a.aco_id, a.alignment_type, e.year, e.category, e.claim_type, e.exclusion, e.exclusion_share,
        e.paid_amount, e.ime_amount, e.dsh_amount, e.uncompensated_care_amount, e.pass_through_amount
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

)

select
    aco_id,
    year,
    category,
    alignment_type,
    claim_type,
    exclusion,
    exclusion_share,
    cast(sum(paid_amount) as decimal(18, 2)) as paid_amount,
    cast(sum(ime_amount) as decimal(18, 2)) as ime_amount,
    cast(sum(dsh_amount) as decimal(18, 2)) as dsh_amount,
    cast(sum(uncompensated_care_amount) as decimal(18, 2)) as uncompensated_care_amount,
    cast(sum(pass_through_amount) as decimal(18, 2)) as pass_through_amount
from dollars
group by aco_id, year, category, alignment_type, claim_type, exclusion, exclusion_share
