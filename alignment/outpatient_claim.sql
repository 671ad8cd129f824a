-- step:   outpatient_claim
-- part:   institutional_claim
-- does:   Lists the counted outpatient claims, cancellations among them, of the
--         bill types that may bill a primary care service.
-- reads:  institutional_claim        (key: claim_id)
--         institutional_service_rule (key: bill_type, revenue_center, hcpcs_code)
-- writes: outpatient_claim
-- key:    claim_id
-- unit:   one row a claim
-- source: rule A7; readings R2, R4

with claim as (

    select
        c.claim_id,
        c.bene_id,
        c.ccn,
        c.thru_date as service_date,
        coalesce(c.adjustment_type_code, '0') = '1' as is_cancellation,
        case
            when length(trim(c.bill_type_code)) = 4 then substr(trim(c.bill_type_code), 2, 2)
            else substr(trim(c.bill_type_code), 1, 2)
        end as bill_type
    from institutional_claim as c
    where c.claim_type_code = '40'
      and coalesce(trim(c.nonpayment_code), '') = ''

)

select
    c.claim_id,
    c.bene_id,
    c.ccn,
    c.service_date,
    c.is_cancellation,
    c.bill_type
from claim as c
semi join institutional_service_rule as r
  on r.bill_type = c.bill_type
