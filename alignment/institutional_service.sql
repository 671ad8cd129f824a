-- step:   institutional_service
-- does:   Sums the primary care services that FQHCs, RHCs, CAHs (method II) and
--         ETA hospitals bill on institutional claims, by beneficiary, alignment
--         year and billing entity: the TIN that the CCN crosswalk maps to, else
--         the CCN.
-- reads:  outpatient_claim          (key: claim_id)
--         institutional_claim_line  (key: claim_id, line_number)
--         named_claim               (key: claim_id)
--         facility_stay             (key: claim_id)
--         institutional_service_rule (key: bill_type, revenue_center, hcpcs_code)
--         qualified_code            (key: code, effective_date, end_date, restriction)
--         ccn_to_tin                (key: ccn)
--         window_day                (key: day, window_start)
-- writes: institutional_service
-- key:    bene_id, window_start, billing_number, class
-- unit:   charge in dollars allowed, signed
-- source: rule A7; readings R2, R3, R4

with named as (

    select distinct claim_id
    from named_claim

),

listed_line as (

    select distinct
        c.claim_id,
        l.line_number
    from outpatient_claim as c
    semi join institutional_service_rule as r
      on  r.bill_type = c.bill_type
      and r.is_pqem_only
    join institutional_claim_line as l
      on l.claim_id = c.claim_id
    join qualified_code as q
      on  q.code = l.hcpcs_code
      and c.service_date between q.effective_date and q.end_date
    where coalesce(q.restriction, 'not_pos_31') = 'not_pos_31'
       or (
           q.restriction in ('not_in_snf', 'not_inpatient')
           and not exists (
               select 1
               from facility_stay as s
               where s.bene_id = c.bene_id
                 and s.restriction = q.restriction
                 and c.service_date between s.from_date and s.thru_date
           )
       )

),

candidate as (

    select
        l.claim_id,
        l.line_number,
        l.allowed_amount,
        r.is_pqem_only
    from outpatient_claim as c
    join institutional_service_rule as r
      on  r.bill_type = c.bill_type
      and r.hcpcs_code is null
    join institutional_claim_line as l
      on l.claim_id = c.claim_id
    where r.revenue_center is null
       or r.revenue_center = substr(lpad(trim(l.revenue_center_code), 4, '0'), 1, 3)

    union all

    select
        l.claim_id,
        l.line_number,
        l.allowed_amount,
        r.is_pqem_only
    from institutional_claim_line as l
    join institutional_service_rule as r
      on r.hcpcs_code = l.hcpcs_code
    join outpatient_claim as c
      on  c.claim_id = l.claim_id
      and c.bill_type = r.bill_type
    where r.revenue_center is null
       or r.revenue_center = substr(lpad(trim(l.revenue_center_code), 4, '0'), 1, 3)

),

qualifying_line as (

    select distinct
        l.claim_id,
        l.line_number,
        l.allowed_amount
    from candidate as l
    left join listed_line as q
      on  q.claim_id = l.claim_id
      and q.line_number = l.line_number
    where not l.is_pqem_only
       or q.claim_id is not null

),

charged_claim as (

    select
        c.claim_id,
        c.bene_id,
        c.service_date,
        case when x.tin is null then 'CCN:' || c.ccn else 'TIN:' || x.tin end as billing_number,
        c.is_cancellation,
        n.claim_id is not null as is_named,
        cast(sum(case when c.is_cancellation then -abs(l.allowed_amount) else l.allowed_amount end) as decimal(18, 2)) as charge
    from outpatient_claim as c
    join qualifying_line as l
      on l.claim_id = c.claim_id
    left join ccn_to_tin as x
      on x.ccn = c.ccn
    left join named as n
      on n.claim_id = c.claim_id
    group by c.claim_id, c.bene_id, c.service_date, c.ccn, x.tin, c.is_cancellation, n.claim_id
    having count(*) = count(l.allowed_amount)

)

select
    c.bene_id,
    w.window_start,
    c.billing_number,
    'primary_care' as class,
    cast(sum(c.charge) as decimal(18, 2)) as charge,
    cast(count(*) filter (where c.charge > 0 and not c.is_cancellation and not c.is_named) as bigint) as services,
    max(case when c.charge > 0 and not c.is_cancellation and not c.is_named then c.service_date end) as latest_date
from charged_claim as c
join window_day as w
  on w.day = c.service_date
group by c.bene_id, w.window_start, c.billing_number
