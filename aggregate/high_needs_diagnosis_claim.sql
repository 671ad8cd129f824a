-- step:   high_needs_diagnosis_claim
-- part:   institutional_claim
-- does:   Lists the counted institutional claims with a mobility-impairment
--         diagnosis in any position, cancelled ones among them.
-- reads:  institutional_claim (key: claim_id)
--         diagnosis_prefix    (key: stem, prefix, effective_date, end_date)
-- writes: high_needs_diagnosis_claim
-- key:    claim_id
-- unit:   one row a claim
-- source: rule B (a); readings R2, R4, R20, R22

with diagnosis as (

    select
        claim_id,
        bene_id,
        thru_date as service_date,
        claim_type_code in ('60', '61') as is_inpatient,
        explode(diagnosis_codes) as code
    from institutional_claim
    where coalesce(adjustment_type_code, '0') <> '1'
      and coalesce(trim(nonpayment_code), '') = ''

)

select distinct
    d.claim_id,
    d.bene_id,
    d.service_date,
    d.is_inpatient
from diagnosis as d
join diagnosis_prefix as p
  on  p.stem = substr(d.code, 1, 3)
  and p.prefix = substr(replace(d.code, '.', ''), 1, p.prefix_length)
  and d.service_date between p.effective_date and p.end_date
