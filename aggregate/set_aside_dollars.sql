-- step:   set_aside_dollars
-- does:   Sums the dollars that stand in no expenditure of a group: those of
--         its people outside their eligible months, and those of everyone
--         else.
-- reads:  expenditure_year (key: bene_id, year, month, category, is_counted, claim_type, exclusion, exclusion_share)
--         aligned          (key: year, alignment_type, bene_id)
--         aligned_year     (key: aligned_year)
--         aligned_month    (key: alignment_type, bene_id, month)
--         alignment_group  (key: alignment_type)
-- writes: set_aside_dollars
-- key:    year, alignment_type, reason
-- sums:   paid_amount decimal(18, 2)
--         pass_through_amount decimal(18, 2)
-- unit:   dollars, signed
-- source: rule C7

with judged as (

    select
        e.year,
        g.alignment_type,
        case
            when a.bene_id is null then 'not_in_group'
            when e.is_counted then 'counted'
            else 'outside_eligible_months'
        end as reason,
        e.paid_amount,
        e.pass_through_amount
    from expenditure_year as e
    cross join alignment_group as g
    join aligned_year as y
      on y.aligned_year = e.year
    left join aligned as a
      on  a.year = e.year
      and a.alignment_type = g.alignment_type
      and a.bene_id = e.bene_id
    where coalesce(a.first_month, y.first_month) = y.first_month

    union all

    select
        e.year,
        a.alignment_type,
        case
            when m.bene_id is not null and e.category <> 'none' then 'counted'
            else 'outside_eligible_months'
        end as reason,
        e.paid_amount,
        e.pass_through_amount
    from aligned as a
    join aligned_year as y
      on  y.aligned_year = a.year
      and y.first_month < a.first_month
    join expenditure_year as e
      on  e.year = a.year
      and e.bene_id = a.bene_id
    left join aligned_month as m
      on  m.alignment_type = a.alignment_type
      and m.bene_id = e.bene_id
      and m.month = make_date(e.year, e.month, 1)

)

select
    year,
    alignment_type,
    reason,
    cast(sum(paid_amount) as decimal(18, 2)) as paid_amount,
    cast(sum(pass_through_amount) as decimal(18, 2)) as pass_through_amount
from judged
where reason <> 'counted'
group by year, alignment_type, reason
