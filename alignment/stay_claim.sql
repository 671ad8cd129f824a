-- step:   stay_claim
-- part:   institutional_claim
-- does:   Lists the counted SNF and inpatient claims, cancelled ones among
--         them, with the restriction that their days bear on. Without a code
--         under such a restriction none is needed.
-- reads:  institutional_claim (key: claim_id)
--         qualified_code      (key: code, effective_date, end_date, restriction)
-- writes: stay_claim
-- key:    claim_id
-- unit:   one row a claim
-- source: rule A2 (restriction words not_in_snf, not_inpatient); readings R3, R4

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
  and exists (select 1 from qualified_code as q where q.restriction in ('not_in_snf', 'not_inpatient'))
