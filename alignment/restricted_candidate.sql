-- step:   restricted_candidate
-- part:   professional_claim_line
-- does:   Lists the professional lines whose code is on the list of qualified
--         services only under a restriction, once for each restriction. A code
--         in force without a restriction needs no line here.
-- reads:  professional_claim_line (key: claim_id, line_number)
--         qualified_code          (key: code, effective_date, end_date, restriction)
-- writes: restricted_candidate
-- key:    claim_id, line_number, restriction
-- unit:   one row a line and restriction
-- source: rule A2

select distinct
    l.claim_id,
    l.line_number,
    l.bene_id,
    l.thru_date as service_date,
    l.place_of_service_code,
    q.restriction
from professional_claim_line as l
join qualified_code as q
  on  q.code = l.hcpcs_code
  and l.thru_date between q.effective_date and q.end_date
anti join qualified_code as u
  on  u.code = l.hcpcs_code
  and u.restriction is null
  and l.thru_date between u.effective_date and u.end_date
where q.restriction is not null
  and l.claim_type_code in ('71', '72')
