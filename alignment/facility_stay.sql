-- step:   facility_stay
-- does:   Lists the days, first to last, that a counted and uncancelled SNF or
--         inpatient claim covers, for codes that do not count during a stay.
-- reads:  institutional_claim (key: claim_id)
--         named_claim         (key: claim_id)
--         qualified_code      (key: code, effective_date, end_date, restriction)
-- writes: facility_stay
-- key:    claim_id
-- unit:   one row a claim
-- source: rule A2 (restriction words not_in_snf, not_inpatient)

select
    c.claim_id,
    c.bene_id,
    case when c.claim_type_code in ('20', '30') then 'not_in_snf' else 'not_inpatient' end as restriction,
    c.from_date,
    c.thru_date
from institutional_claim as c
where c.claim_type_code in ('20', '30', '60', '61')
  and coalesce(c.adjustment_type_code, '0') <> '1'
  and coalesce(trim(c.nonpayment_code), '') = ''
  and not exists (select 1 from named_claim as n where n.claim_id = c.claim_id)
  and exists (select 1 from qualified_code as q where q.restriction in ('not_in_snf', 'not_inpatient'))
