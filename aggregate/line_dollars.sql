-- step:   line_dollars
-- part:   professional_claim_line
-- does:   Sums the counted professional lines of each year straight from
--         the extract, for the identity of dollars.
-- reads:  professional_claim_line (key: claim_id, line_number)
--         service_day             (key: day)
-- writes: line_dollars
-- key:    year
-- unit:   dollars, signed
-- source: rule C7; readings R2, R3, R4

select
    y.year,
    cast(sum(case when c.adjustment_type_code = '1' then -abs(c.paid_amount) else c.paid_amount end) as decimal(18, 2)) as paid_amount
from professional_claim_line as c
join service_day as y
  on y.day = c.thru_date
where (y.last_processed_date is null or c.processed_date is null or c.processed_date <= y.last_processed_date)
  and (c.processing_indicator_code is null or c.processing_indicator_code in ('A', '', ' ', 'R', 'S'))
  and (c.processing_indicator_code is null or c.processing_indicator_code not in ('R', 'S') or c.allowed_amount <> 0)
group by y.year
