-- step:   high_needs_equipment
-- does:   Lists the days on which a beneficiary has a counted equipment line
--         with a frailty code in force that day.
-- reads:  professional_claim_line (key: claim_id, line_number)
--         named_line              (key: claim_id, line_number)
--         equipment_code          (key: code, effective_date, end_date)
-- writes: high_needs_equipment
-- key:    bene_id, service_date
-- unit:   one row a beneficiary and day
-- source: rule B (d); readings R2, R3, R4, R20, R22

select distinct
    l.bene_id,
    l.thru_date as service_date
from professional_claim_line as l
join equipment_code as q
  on  q.code = l.hcpcs_code
  and l.thru_date between q.effective_date and q.end_date
anti join named_line as n
  on  n.claim_id = l.claim_id
  and n.line_number = l.line_number
where l.claim_type_code in ('81', '82')
  and coalesce(l.adjustment_type_code, '0') <> '1'
  and (l.processing_indicator_code is null or l.processing_indicator_code in ('A', '', ' ', 'R', 'S'))
  and (l.processing_indicator_code is null or l.processing_indicator_code not in ('R', 'S') or l.allowed_amount <> 0)
