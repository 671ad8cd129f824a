-- step:   facility_stay
-- does:   Lists the days, first to last, that a counted and uncancelled SNF or
--         inpatient claim covers, for codes that do not count during a stay.
-- reads:  stay_claim  (key: claim_id)
--         named_claim (key: claim_id)
-- writes: facility_stay
-- key:    claim_id
-- unit:   one row a claim
-- source: rule A2 (restriction words not_in_snf, not_inpatient); reading R3

select
    c.claim_id,
    c.bene_id,
    c.restriction,
    c.from_date,
    c.thru_date
from stay_claim as c
anti join named_claim as n
  on n.claim_id = c.claim_id
