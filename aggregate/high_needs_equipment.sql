-- step:   high_needs_equipment
-- does:   Lists the days on which a beneficiary has a counted equipment line
--         with a frailty code that no cancellation names.
-- reads:  high_needs_equipment_line (key: claim_id, line_number)
--         named_line                (key: claim_id, line_number)
-- writes: high_needs_equipment
-- key:    bene_id, service_date
-- unit:   one row a beneficiary and day
-- source: rule B (d); readings R3, R20

select distinct
    l.bene_id,
    l.service_date
from high_needs_equipment_line as l
anti join named_line as n
  on  n.claim_id = l.claim_id
  and n.line_number = l.line_number
