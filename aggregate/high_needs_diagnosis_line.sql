-- step:   high_needs_diagnosis_line
-- part:   professional_claim_line
-- does:   Lists the counted lines with a mobility-impairment diagnosis in any
--         position, cancelled ones among them.
-- reads:  professional_claim_line (key: claim_id, line_number)
--         diagnosis_prefix        (key: stem, prefix, effective_date, end_date)
-- writes: high_needs_diagnosis_line
-- key:    claim_id, line_number
-- unit:   one row a line
-- source: rule B (a); readings R2, R4, R20, R22

with diagnosis as (

    select
        claim_id,
        line_number,
        bene_id,
        thru_date as service_date,
        explode(diagnosis_codes) as code
    from professional_claim_line
    where coalesce(adjustment_type_code, '0') <> '1'
      and (processing_indicator_code is null or processing_indicator_code in ('A', '', ' ', 'R', 'S'))
      and (processing_indicator_code is null or processing_indicator_code not in ('R', 'S') or allowed_amount <> 0)

)

select distinct
    d.claim_id,
    d.line_number,
    d.bene_id,
    d.service_date
from diagnosis as d
join diagnosis_prefix as p
  on  p.stem = substr(d.code, 1, 3)
  and p.prefix = substr(replace(d.code, '.', ''), 1, p.prefix_length)
  and d.service_date between p.effective_date and p.end_date
