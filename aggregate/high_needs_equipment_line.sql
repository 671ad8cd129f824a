-- step:   high_needs_equipment_line
-- part:   professional_claim_line
-- does:   Lists the counted equipment lines with a frailty code in force that
--         day, cancelled ones among them.
-- reads:  professional_claim_line (key: claim_id, line_number)
--         equipment_code          (key: code, effective_date, end_date)
-- writes: high_needs_equipment_line
-- key:    claim_id, line_number
-- unit:   one row a line
-- source: rule B (d); readings R2, R4, R20, R22

select distinct
    l.claim_id,
    l.line_number,
    l.bene_id,
    l.thru_date as service_date
from professional_claim_line as l
join equipment_code as q
  on  q.code = l.hcpcs_code
  and l.thru_date between q.effective_date and q.end_date
where l.claim_type_code in ('81', '82')
  and coalesce(l.adjustment_type_code, '0') <> '1'
  and (l.processing_indicator_code is null or l.processing_indicator_code in ('A', '', ' ', 'R', 'S'))
  and (l.processing_indicator_code is null or l.processing_indicator_code not in ('R', 'S') or l.allowed_amount <> 0)
