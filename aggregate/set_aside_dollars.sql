-- step:   set_aside_dollars
-- does:   Sums the dollars that stand in no expenditure of a group: those of
--         its people outside their eligible months, and those of everyone
--         else.
-- reads:  expenditure_year (key: bene_id, year, month_bit, category, is_counted, claim_type, exclusion, exclusion_share)
--         aligned          (key: year, alignment_type, bene_id)
--         aligned_dollars  (key: alignment_type, bene_id, year, month_bit, category, is_counted, claim_type, exclusion, exclusion_share)
--         alignment_group  (key: alignment_type)
-- writes: set_aside_dollars
-- key:    year, alignment_type, reason
-- sums:   paid_amount decimal(18, 2)
--         pass_through_amount decimal(18, 2)
-- unit:   dollars, signed
-- source: rule C7

with aside as (

    select
        year,
        alignment_type,
        'outside_eligible_months' as reason,
        paid_amount,
        pass_through_amount
    from aligned_dollars
    where not is_counted

    union all

    select
        e.year,
        g.alignment_type,
        'not_in_group' as reason,
        e.paid_amount,
        e.pass_through_amount
    from expenditure_year as e
    cross join alignment_group as g
    anti join aligned as a
      on  a.year = e.year
      and a.alignment_type = g.alignment_type
      and a.bene_id = e.bene_id

)

select
    year,
    alignment_type,
    reason,
    cast(sum(paid_amount) as decimal(18, 2)) as paid_amount,
    cast(sum(pass_through_amount) as decimal(18, 2)) as pass_through_amount
from aside
group by year, alignment_type, reason
