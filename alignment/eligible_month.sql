-- step:   eligible_month
-- does:   Keeps the alignment-eligible months of each aligned year and marks
--         those that count: from January, month by month, until the first that
--         is not eligible (or, by the switch, any). A projected performance
--         year gets twelve stand-in months from the extract's last month. Only
--         years with a gap before an eligible month are numbered month by month.
-- reads:  enrolled_month    (key: bene_id, year, month, scope)
--         stand_in_month    (key: month)
--         eligibility_rule  (key: is_any_month)
-- writes: eligible_month
-- key:    bene_id, month
-- unit:   one row a beneficiary and month
-- source: rule A8; reading R5

with person as (

    select
        bene_id,
        year,
        cast(count(*) as bigint) as months,
        max(month) as last_month
    from enrolled_month
    where reason_code is null
      and scope = 'month'
    group by bene_id, year

),

gap as (

    select bene_id, year
    from person
    where months < month(last_month)

),

judged as (

    select
        e.bene_id,
        e.month,
        cast(row_number() over (partition by e.bene_id, e.year order by e.month asc nulls last) as bigint) as nth
    from enrolled_month as e
    semi join gap as g
      on  g.bene_id = e.bene_id
      and g.year = e.year
    where e.reason_code is null
      and e.scope = 'month'

),

late as (

    select bene_id, month
    from judged
    where nth < month(month)

)

select
    e.bene_id,
    e.year,
    e.month,
    e.county_fips,
    e.is_esrd,
    r.is_any_month or l.bene_id is null as is_counted,
    false as is_projected
from enrolled_month as e
left join late as l
  on  l.bene_id = e.bene_id
  and l.month = e.month
cross join eligibility_rule as r
where e.reason_code is null
  and e.scope = 'month'

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
