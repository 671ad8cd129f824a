-- step:   institutional_paid
-- part:   institutional_claim
-- does:   Sums the payments on counted institutional claims, and the parts of
--         inpatient payments, by beneficiary, month and claim type.
-- reads:  institutional_claim (key: claim_id)
--         expenditure_type    (key: claim_type_code)
--         service_day         (key: day)
-- writes: institutional_paid
-- key:    bene_id, year, month_bit, claim_type
-- unit:   dollars, signed; month_bit January 1, February 2, March 4; in a base year
--         kept_month_bit is 0
-- source: rules C, C1, C2; readings R2, R3, R4, R21

with paid as (

    select
        c.bene_id,
        y.year,
        y.month_bit,
        y.kept_month_bit,
        t.claim_type,
        case when c.adjustment_type_code = '1' then -abs(c.paid_amount) else c.paid_amount end as paid_amount,
        case
            when t.claim_type <> 'inpatient' then 0
            when c.adjustment_type_code = '1' then -abs(coalesce(c.ime_amount, 0))
            else coalesce(c.ime_amount, 0)
        end as ime_amount,
        case
            when t.claim_type <> 'inpatient' then 0
            when c.adjustment_type_code = '1' then -abs(coalesce(c.dsh_amount, 0))
            else coalesce(c.dsh_amount, 0)
        end as dsh_amount,
        case
            when t.claim_type <> 'inpatient' then 0
            when c.adjustment_type_code = '1' then -abs(coalesce(c.uncompensated_care_amount, 0))
            else coalesce(c.uncompensated_care_amount, 0)
        end as uncompensated_care_amount,
        case
            when t.claim_type <> 'inpatient' then 0
            when c.adjustment_type_code = '1' then -abs(coalesce(c.pass_through_amount, 0))
            else coalesce(c.pass_through_amount, 0)
        end as pass_through_amount
    from institutional_claim as c
    join expenditure_type as t
      on t.claim_type_code = c.claim_type_code
    join service_day as y
      on y.day = c.thru_date
    where (y.last_processed_date is null or c.processed_date is null or c.processed_date <= y.last_processed_date)
      and coalesce(trim(c.nonpayment_code), '') = ''

)

select
    bene_id,
    year,
    month_bit,
    kept_month_bit,
    claim_type,
    cast(sum(paid_amount) as decimal(18, 2)) as paid_amount,
    cast(sum(ime_amount) as decimal(18, 2)) as ime_amount,
    cast(sum(dsh_amount) as decimal(18, 2)) as dsh_amount,
    cast(sum(uncompensated_care_amount) as decimal(18, 2)) as uncompensated_care_amount,
    cast(sum(pass_through_amount) as decimal(18, 2)) as pass_through_amount
from paid
group by bene_id, year, month_bit, kept_month_bit, claim_type
