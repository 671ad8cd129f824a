-- step:   professional_service
-- does:   Sums the qualified services on carrier lines by beneficiary,
--         alignment year, billing TIN and class. A cancellation takes its
--         charge away; "at least one" and "latest" look only at positive lines
--         that no cancellation names, in whichever file.
-- reads:  qualified_line       (key: claim_id, line_number)
--         named_line           (key: claim_id, line_number)
--         restricted_candidate (key: claim_id, line_number, restriction)
--         restricted_line      (key: claim_id, line_number)
-- writes: professional_service
-- key:    bene_id, window_start, billing_number, class
-- unit:   charge in dollars allowed, signed
-- source: rules A2, A3; readings R2, R3, R4

with named as (

    select distinct claim_id, line_number
    from named_line

),

unmet as (

    select c.claim_id, c.line_number
    from restricted_candidate as c
    anti join restricted_line as r
      on  r.claim_id = c.claim_id
      and r.line_number = c.line_number

),

judged as (

    select
        l.bene_id,
        l.window_start,
        l.tin,
        l.class,
        l.service_date,
        l.charge,
        not l.is_cancellation and n.claim_id is null as is_service
    from qualified_line as l
    anti join unmet as u
      on  u.claim_id = l.claim_id
      and u.line_number = l.line_number
    left join named as n
      on  n.claim_id = l.claim_id
      and n.line_number = l.line_number

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
