-- step:   claim_dollars
-- does:   Sums the counted claims of each year straight from the extract: the
--         left side of the identity of dollars.
-- reads:  line_dollars          (key: year)
--         institutional_dollars (key: year)
--         aligned_year          (key: aligned_year)
-- writes: claim_dollars
-- key:    year
-- unit:   dollars, signed
-- source: rule C7; readings R2, R3, R4

with dollars as (

    select year, paid_amount, cast(0 as decimal(18, 2)) as pass_through_amount
    from line_dollars

    union all

    select year, paid_amount, pass_through_amount
    from institutional_dollars

)

select
    y.aligned_year as year,
    cast(coalesce(sum(d.paid_amount), 0) as decimal(18, 2)) as paid_amount,
    cast(coalesce(sum(d.pass_through_amount), 0) as decimal(18, 2)) as pass_through_amount
from aligned_year as y
left join dollars as d
  on d.year = y.aligned_year
group by y.aligned_year
