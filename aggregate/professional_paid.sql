-- step:   professional_paid
-- part:   professional_claim_line
-- does:   Sums the payments on counted professional and equipment lines by
--         beneficiary, month, claim type and excluded code list.
-- reads:  professional_claim_line (key: claim_id, line_number)
--         expenditure_type        (key: claim_type_code)
--         exclusion_code          (key: code, effective_date, end_date)
--         service_day             (key: day)
-- writes: professional_paid
-- key:    bene_id, year, month_bit, claim_type, exclusion_number
-- unit:   dollars, signed; month_bit January 1, February 2, March 4; in a base year
--         kept_month_bit is 0
-- source: rules C, C1, C3; readings R2, R3, R4, R21

with paid as (

    select
        l.bene_id,
        y.year,
        y.month_bit,
        y.kept_month_bit,
        t.claim_type,
        coalesce(x.exclusion_number, 0) as exclusion_number,
        case when l.adjustment_type_code = '1' then -abs(l.paid_amount) else l.paid_amount end as paid_amount
    from professional_claim_line as l
    left join exclusion_code as x
      on  x.code = l.hcpcs_code
      and l.thru_date between x.effective_date and x.end_date
    join expenditure_type as t
      on t.claim_type_code = l.claim_type_code
    join service_day as y
      on y.day = l.thru_date
    where (y.last_processed_date is null or l.processed_date is null or l.processed_date <= y.last_processed_date)
      and (l.processing_indicator_code is null or l.processing_indicator_code in ('A', '', ' ', 'R', 'S'))
      and (l.processing_indicator_code is null or l.processing_indicator_code not in ('R', 'S') or l.allowed_amount <> 0)

)

select
    bene_id,
    year,
    month_bit,
    kept_month_bit,
    claim_type,
    exclusion_number,
    cast(sum(paid_amount) as decimal(18, 2)) as paid_amount
from paid
group by bene_id, year, month_bit, kept_month_bit, claim_type, exclusion_number
