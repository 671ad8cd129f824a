-- step:   eligible_month
-- does:   Keeps the alignment-eligible months of each aligned year and marks
--         those that count: from January, month by month, until the first that
--         is not eligible (or, by the switch, any). A projected performance
--         year gets twelve stand-in months from the extract's last month.
-- reads:  enrolled_month    (key: bene_id, year, month, scope)
--         stand_in_month    (key: month)
--         eligibility_rule  (key: is_any_month)
-- writes: eligible_month
-- key:    bene_id, month
-- unit:   one row a beneficiary and month
-- source: rule A8; reading R5

with judged as (

    select
        bene_id,
        year,
        month,
        county_fips,
        is_esrd,
        cast(row_number() over (partition by bene_id, year order by month asc nulls last) as bigint) as nth
    from enrolled_month
    where reason_code is null
      and scope = 'month'

)

select
    j.bene_id,
    j.year,
    j.month,
    j.county_fips,
    j.is_esrd,
    r.is_any_month or j.nth = month(j.month) as is_counted,
    false as is_projected
from judged as j
cross join eligibility_rule as r

union all

select
    e.bene_id,
    e.year,
    s.month,
    e.county_fips,
    e.is_esrd,
    true as is_counted,
    true as is_projected
from enrolled_month as e
cross join stand_in_month as s
where e.scope = 'january'
  and e.reason_code is null
