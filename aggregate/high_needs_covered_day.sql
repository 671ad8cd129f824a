-- step:   high_needs_covered_day
-- does:   Lists the calendar days that counted SNF claims (and, by the switch,
--         home health claims) cover, first to last day inclusive.
-- reads:  high_needs_claim (key: claim_id)
--         named_claim      (key: claim_id)
--         covered_day_test (key: claim_type_code)
--         check_day        (key: day, check_date, look_back)
-- writes: high_needs_covered_day
-- key:    bene_id, setting, day
-- unit:   one row a beneficiary and day
-- source: rule B (e); readings R3, R20

with day as (

    select distinct day
    from check_day
    where look_back = 'year'

)

select distinct
    c.bene_id,
    t.setting,
    d.day
from high_needs_claim as c
join covered_day_test as t
  on t.claim_type_code = c.claim_type_code
join day as d
  on d.day between c.from_date and c.thru_date
anti join named_claim as n
  on n.claim_id = c.claim_id
