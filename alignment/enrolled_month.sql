-- step:   enrolled_month
-- does:   Judges each enrollment row of the years that matter: alive on the
--         first of the month, Parts A and B, no Medicare Advantage, Medicare
--         primary, a US resident. Keeps the first test that fails. The month
--         that stands in for a projected performance year is judged again, for
--         January's run and the mid-year run, alive on the first of theirs, and
--         stands for all twelve.
-- reads:  enrollment_month (key: bene_id, month)
--         beneficiary      (key: bene_id)
--         enrollment_scope (key: month, scope)
--         us_state         (key: state_fips)
--         esrd_status      (key: medicare_status_code)
-- writes: enrolled_month
-- key:    bene_id, year, scope, county_fips, is_esrd, reason_code
-- unit:   months are a set of the year's months, a bit each: January 1, February 2, March 4
-- source: rule A8, B; readings R5, R6

with judged as (

    select
        m.bene_id,
        c.year,
        c.scope,
        m.county_fips,
        e.medicare_status_code is not null as is_esrd,
        case
            when b.death_date < c.alive_on then 'ineligible_deceased'
            when not m.part_a then 'ineligible_no_part_a'
            when not m.part_b then 'ineligible_no_part_b'
            when m.medicare_advantage then 'ineligible_medicare_advantage'
            when not coalesce(m.medicare_primary, true) then 'ineligible_secondary_payer'
            when s.state_fips is null then 'ineligible_residence'
        end as reason_code,
        c.months
    from enrollment_month as m
    join enrollment_scope as c
      on c.month = m.month
    left join beneficiary as b
      on b.bene_id = m.bene_id
    left join us_state as s
      on s.state_fips = substr(m.county_fips, 1, 2)
    left join esrd_status as e
      on e.medicare_status_code = m.medicare_status_code

)

select
    bene_id,
    year,
    scope,
    county_fips,
    is_esrd,
    reason_code,
    cast(sum(months) as bigint) as months
from judged
group by bene_id, year, scope, county_fips, is_esrd, reason_code
