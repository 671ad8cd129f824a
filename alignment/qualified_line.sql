-- step:   qualified_line
-- part:   professional_claim_line
-- does:   Judges each carrier line on its own columns: whether its code is on the
--         list of qualified services, in which alignment year, and at what charge.
--         What other lines have to do with it (the restriction of its code, a
--         cancellation that names it) is left open.
-- reads:  professional_claim_line (key: claim_id, line_number)
--         qualified_code          (key: code, effective_date, end_date, restriction)
--         specialty_class         (key: specialty_code)
--         window_day              (key: day, window_start)
-- writes: qualified_line
-- key:    claim_id, line_number
-- unit:   charge in dollars allowed, signed
-- source: rules A2, A3; readings R2, R3, R4

select
    l.claim_id,
    l.line_number,
    l.bene_id,
    w.window_start,
    l.tin,
    s.class,
    l.thru_date as service_date,
    case when l.adjustment_type_code = '1' then -abs(l.allowed_amount) else l.allowed_amount end as charge,
    coalesce(l.adjustment_type_code, '0') = '1' as is_cancellation
from professional_claim_line as l
semi join qualified_code as q
  on  q.code = l.hcpcs_code
  and l.thru_date between q.effective_date and q.end_date
join specialty_class as s
  on s.specialty_code = l.specialty_code
join window_day as w
  on w.day = l.thru_date
where l.claim_type_code in ('71', '72')
  and (l.allowed_amount > 0 or l.adjustment_type_code = '1')
  and (l.processing_indicator_code is null or l.processing_indicator_code in ('A', '', ' ', 'R', 'S'))
  and (l.processing_indicator_code is null or l.processing_indicator_code not in ('R', 'S') or l.allowed_amount <> 0)
