-- step:   named_claim
-- part:   institutional_claim
-- does:   Lists the institutional claims that a counted cancellation names.
-- reads:  institutional_claim (key: claim_id)
-- writes: named_claim
-- key:    claim_id
-- unit:   one row a claim
-- source: readings R3, R4

select distinct original_claim_id as claim_id
from institutional_claim
where adjustment_type_code = '1'
  and original_claim_id is not null
  and coalesce(trim(nonpayment_code), '') = ''
