-- step:   institutional_dollars
-- part:   institutional_claim
-- does:   Sums the counted institutional claims of each year straight from
--         the extract, for the identity of dollars.
-- reads:  institutional_claim (key: claim_id)
--         service_day         (key: day)
-- writes: institutional_dollars
-- key:    year
-- unit:   dollars, signed
-- source: rule C7; readings R2, R3, R4

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
