-- step:   high_needs_admission
-- does:   Lists the distinct dates of unplanned inpatient admissions.
-- reads:  high_needs_claim (key: claim_id)
--         named_claim      (key: claim_id)
-- writes: high_needs_admission
-- key:    bene_id, admission_date
-- unit:   one row a beneficiary and day
-- source: rule B (c); readings R3, R20

select distinct
    c.bene_id,
    coalesce(c.admission_date, c.from_date) as admission_date
from high_needs_claim as c
anti join named_claim as n
  on n.claim_id = c.claim_id
where c.claim_type_code in ('60', '61')
  and coalesce(trim(c.admission_type_code), '') not in ('', '3')
