-- step:   high_needs_diagnosis
-- does:   Lists the days on which a beneficiary has a claim with a
--         mobility-impairment diagnosis that no cancellation names, inpatient
--         claims apart from all others.
-- reads:  high_needs_diagnosis_line  (key: claim_id, line_number)
--         high_needs_diagnosis_claim (key: claim_id)
--         named_line                 (key: claim_id, line_number)
--         named_claim                (key: claim_id)
-- writes: high_needs_diagnosis
-- key:    bene_id, service_date, is_inpatient
-- unit:   claims is a count of claims
-- source: rule B (a); readings R3, R20

with listed as (

    select d.bene_id, d.service_date, false as is_inpatient, d.claim_id
    from high_needs_diagnosis_line as d
    anti join named_line as n
      on  n.claim_id = d.claim_id
      and n.line_number = d.line_number

    union all

    select d.bene_id, d.service_date, d.is_inpatient, d.claim_id
    from high_needs_diagnosis_claim as d
    anti join named_claim as n
      on n.claim_id = d.claim_id

)

select
    bene_id,
    service_date,
    is_inpatient,
    cast(count(distinct claim_id) as bigint) as claims
from listed
group by bene_id, service_date, is_inpatient
