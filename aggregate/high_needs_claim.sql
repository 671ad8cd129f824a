-- step:   high_needs_claim
-- part:   institutional_claim
-- does:   Lists the counted inpatient, SNF and home health claims, cancelled ones
--         among them: what may be an admission or cover a day.
-- reads:  institutional_claim (key: claim_id)
-- writes: high_needs_claim
-- key:    claim_id
-- unit:   one row a claim
-- source: rule B (c, e); readings R3, R4

select
    claim_id,
    bene_id,
    claim_type_code,
    from_date,
    thru_date,
    admission_date,
    admission_type_code
from institutional_claim
where claim_type_code in ('10', '20', '30', '60', '61')
  and coalesce(adjustment_type_code, '0') <> '1'
  and coalesce(trim(nonpayment_code), '') = ''
