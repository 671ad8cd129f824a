-- step:   claim_dollars
-- does:   Sums the counted claims of each year straight from the extract: the
--         left side of the identity of dollars.
-- reads:  professional_claim_line (key: claim_id, line_number)
--         institutional_claim     (key: claim_id)
--         service_day             (key: day)
--         aligned_year            (key: aligned_year)
-- writes: claim_dollars
-- key:    year
-- unit:   dollars, signed
-- source: rule C7; readings R2, R3, R4

with dollars as (

    select
        y.year,
        cast(sum(case when c.adjustment_type_code = '1' then -abs(c.paid_amount) else c.paid_amount end) as decimal(18, 2)) as paid_amount,
        cast(0 as decimal(18, 2)) as pass_through_amount
    from professional_claim_line as c
    join service_day as y
      on y.day = c.thru_date
    where (y.last_processed_date is null or c.processed_date is null or c.processed_date <= y.last_processed_date)
      and (c.processing_indicator_code is null or c.processing_indicator_code in ('A', '', ' ', 'R', 'S'))
      and (c.processing_indicator_code is null or c.processing_indicator_code not in ('R', 'S') or c.allowed_amount <> 0)
    group by y.year

    union all

    select
        y.year,
        cast(sum(case when c.adjustment_type_code = '1' then -abs(c.paid_amount) else c.paid_amount end) as decimal(18, 2)) as paid_amount,
        cast(sum(case
            when c.claim_type_code not in ('60', '61') or c.pass_through_amount is null then 0
            when c.adjustment_type_code = '1' then -abs(c.pass_through_amount)
            else c.pass_through_amount
        end) as decimal(18, 2)) as pass_through_amount
    from institutional_claim as c
    join service_day as y
      on y.day = c.thru_date
    where (y.last_processed_date is null or c.processed_date is null or c.processed_date <= y.last_processed_date)
      and (c.nonpayment_code is null or trim(c.nonpayment_code) = '')
    group by y.year

)

select
    y.aligned_year as year,
    cast(coalesce(sum(d.paid_amount), 0) as decimal(18, 2)) as paid_amount,
    cast(coalesce(sum(d.pass_through_amount), 0) as decimal(18, 2)) as pass_through_amount
from aligned_year as y
left join dollars as d
  on d.year = y.aligned_year
group by y.aligned_year
