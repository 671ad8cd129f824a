-- step:   claim_dollars
-- does:   Sums the counted claims of each year straight from the extract: the
--         left side of the identity of dollars.
-- reads:  professional_claim_line (key: claim_id, line_number)
--         institutional_claim     (key: claim_id)
--         service_year            (key: year)
-- writes: claim_dollars
-- key:    year
-- unit:   dollars, signed
-- source: rule C7; readings R2, R3, R4

with claim as (

    select
        thru_date,
        processed_date,
        case when adjustment_type_code = '1' then -abs(paid_amount) else paid_amount end as paid_amount,
        cast(0 as decimal(12, 2)) as pass_through_amount
    from professional_claim_line
    where processing_indicator_code is null
       or processing_indicator_code in ('A', '', ' ')
       or (processing_indicator_code in ('R', 'S') and allowed_amount <> 0)

    union all

    select
        thru_date,
        processed_date,
        case when adjustment_type_code = '1' then -abs(paid_amount) else paid_amount end as paid_amount,
        case
            when claim_type_code not in ('60', '61') or pass_through_amount is null then 0
            when adjustment_type_code = '1' then -abs(pass_through_amount)
            else pass_through_amount
        end as pass_through_amount
    from institutional_claim
    where nonpayment_code is null
       or trim(nonpayment_code) = ''

)

select
    y.year,
    cast(coalesce(sum(c.paid_amount), 0) as decimal(18, 2)) as paid_amount,
    cast(coalesce(sum(c.pass_through_amount), 0) as decimal(18, 2)) as pass_through_amount
from service_year as y
left join claim as c
  on  year(c.thru_date) = y.year
  and (c.processed_date is null or y.last_processed_date is null or c.processed_date <= y.last_processed_date)
group by y.year
