-- step:   restricted_line
-- does:   Lists the professional lines whose code is on the list of qualified
--         services only under a restriction, and who meet it: what other lines
--         and claims have to do with it may stand in any file.
-- reads:  restricted_candidate    (key: claim_id, line_number, restriction)
--         professional_claim_line (key: claim_id, line_number)
--         qualified_code          (key: code, effective_date, end_date, restriction)
--         facility_stay           (key: claim_id)
-- writes: restricted_line
-- key:    claim_id, line_number
-- unit:   one row a line
-- source: rule A2

select distinct
    c.claim_id,
    c.line_number
from restricted_candidate as c
where (c.restriction = 'pos_12_only' and c.place_of_service_code = '12')
   or (c.restriction = 'not_pos_31' and c.place_of_service_code <> '31')
   or (
       c.restriction in ('not_in_snf', 'not_inpatient')
       and not exists (
           select 1
           from facility_stay as s
           where s.bene_id = c.bene_id
             and s.restriction = c.restriction
             and c.service_date between s.from_date and s.thru_date
       )
   )
   or (
       c.restriction = 'base_code_listed'
       and exists (
           select 1
           from professional_claim_line as b
           join qualified_code as q
             on  q.code = b.hcpcs_code
             and b.thru_date between q.effective_date and q.end_date
           where b.claim_id = c.claim_id
             and coalesce(q.restriction, '') <> 'base_code_listed'
             and b.line_number <> c.line_number
             and (b.processing_indicator_code is null or b.processing_indicator_code in ('A', '', ' ', 'R', 'S'))
             and (b.processing_indicator_code is null or b.processing_indicator_code not in ('R', 'S') or b.allowed_amount <> 0)
       )
   )
