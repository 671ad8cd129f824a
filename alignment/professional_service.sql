-- step:   professional_service
-- does:   Sums the qualified services on carrier lines by beneficiary,
--         alignment year, billing TIN and class. A cancellation takes its
--         charge away; "at least one" and "latest" look only at positive lines
--         that no cancellation names.
-- reads:  professional_claim_line (key: claim_id, line_number)
--         named_line              (key: claim_id, line_number)
--         restricted_line         (key: claim_id, line_number)
--         qualified_code          (key: code, effective_date, end_date, restriction)
--         specialty_class         (key: specialty_code)
--         window_day              (key: day, window_start)
-- writes: professional_service
-- key:    bene_id, window_start, billing_number, class
-- unit:   charge in dollars allowed, signed
-- source: rules A2, A3; readings R2, R3, R4

with line as (

    select l.claim_id, l.line_number, l.bene_id, l.thru_date, l.tin, l.specialty_code, l.allowed_amount,
        l.adjustment_type_code, l.processing_indicator_code
    from professional_claim_line as l
    semi join qualified_code as q
      on  q.code = l.hcpcs_code
      and q.restriction is null
      and l.thru_date between q.effective_date and q.end_date
    where l.claim_type_code in ('71', '72')

    union all

    select l.claim_id, l.line_number, l.bene_id, l.thru_date, l.tin, l.specialty_code, l.allowed_amount,
        l.adjustment_type_code, l.processing_indicator_code
    from professional_claim_line as l
    semi join restricted_line as r
      on  r.claim_id = l.claim_id
      and r.line_number = l.line_number

),

judged as (

    select
        l.bene_id,
        w.window_start,
        l.tin,
        s.class,
        l.thru_date as service_date,
        case when l.adjustment_type_code = '1' then -abs(l.allowed_amount) else l.allowed_amount end as charge,
        coalesce(l.adjustment_type_code, '0') <> '1' and n.claim_id is null as is_service
    from line as l
    join specialty_class as s
      on s.specialty_code = l.specialty_code
    join window_day as w
      on w.day = l.thru_date
    left join named_line as n
      on  n.claim_id = l.claim_id
      and n.line_number = l.line_number
    where (l.allowed_amount > 0 or l.adjustment_type_code = '1')
      and (l.processing_indicator_code is null or l.processing_indicator_code in ('A', '', ' ', 'R', 'S'))
      and (l.processing_indicator_code is null or l.processing_indicator_code not in ('R', 'S') or l.allowed_amount <> 0)

)

select
    bene_id,
    window_start,
    'TIN:' || tin as billing_number,
    class,
    cast(sum(charge) as decimal(18, 2)) as charge,
    cast(count(*) filter (where is_service) as bigint) as services,
    max(case when is_service then service_date end) as latest_date
from judged
group by bene_id, window_start, tin, class
