-- step:   high_needs_diagnosis
-- does:   Lists the days on which a beneficiary has a counted claim with a
--         mobility-impairment diagnosis in any position, inpatient claims
--         apart from all others.
-- reads:  professional_claim_line (key: claim_id, line_number)
--         institutional_claim     (key: claim_id)
--         named_line              (key: claim_id, line_number)
--         named_claim             (key: claim_id)
--         diagnosis_prefix        (key: stem, prefix, effective_date, end_date)
-- writes: high_needs_diagnosis
-- key:    bene_id, service_date, is_inpatient
-- unit:   claims is a count of claims
-- source: rule B (a); readings R2, R3, R4, R20, R22

with professional_diagnosis as (

    select
        claim_id,
        line_number,
        bene_id,
        thru_date as service_date,
        replace(explode(diagnosis_codes), '.', '') as code
    from professional_claim_line
    where coalesce(adjustment_type_code, '0') <> '1'
      and (
          coalesce(trim(processing_indicator_code), '') in ('', 'A')
          or (trim(processing_indicator_code) in ('R', 'S') and abs(allowed_amount) > 0)
      )

),

institutional_diagnosis as (

    select
        claim_id,
        bene_id,
        thru_date as service_date,
        claim_type_code in ('60', '61') as is_inpatient,
        replace(explode(diagnosis_codes), '.', '') as code
    from institutional_claim
    where coalesce(adjustment_type_code, '0') <> '1'
      and coalesce(trim(nonpayment_code), '') = ''

),

listed as (

    select
        d.bene_id,
        d.service_date,
        false as is_inpatient,
        d.claim_id
    from professional_diagnosis as d
    join diagnosis_prefix as p
      on  p.stem = substr(d.code, 1, 3)
      and p.prefix = substr(d.code, 1, p.prefix_length)
      and d.service_date between p.effective_date and p.end_date
    where not exists (
        select 1
        from named_line as n
        where n.claim_id = d.claim_id
          and n.line_number = d.line_number
    )

    union all

    select
        d.bene_id,
        d.service_date,
        d.is_inpatient,
        d.claim_id
    from institutional_diagnosis as d
    join diagnosis_prefix as p
      on  p.stem = substr(d.code, 1, 3)
      and p.prefix = substr(d.code, 1, p.prefix_length)
      and d.service_date between p.effective_date and p.end_date
    where not exists (select 1 from named_claim as n where n.claim_id = d.claim_id)

)

select
    bene_id,
    service_date,
    is_inpatient,
    cast(count(distinct claim_id) as bigint) as claims
from listed
group by bene_id, service_date, is_inpatient
