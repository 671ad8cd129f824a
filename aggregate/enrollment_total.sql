-- step:   enrollment_total
-- does:   Counts the months that count from January, and the people who have
--         one, straight from the extract: the left side of the identities of
--         months and people. Month k counts if months 1 to k are all eligible.
-- reads:  enrollment_month (key: bene_id, month)
--         beneficiary      (key: bene_id)
--         enrollment_scope (key: month, scope)
--         us_state         (key: state_fips)
--         eligibility_rule (key: is_any_month)
--         stand_in_month   (key: month)
-- writes: enrollment_total
-- key:    year
-- unit:   months, people
-- source: rule C7; readings R5, R6

with eligible as (

    select
        m.bene_id,
        c.year,
        c.scope,
        month(m.month) as month
    from enrollment_month as m
    join enrollment_scope as c
      on c.month = m.month
    left join beneficiary as b
      on b.bene_id = m.bene_id
    where m.part_a
      and m.part_b
      and not m.medicare_advantage
      and coalesce(m.medicare_primary, true)
      and (b.death_date is null or b.death_date >= c.alive_on)
      and substr(m.county_fips, 1, 2) in (select state_fips from us_state)
      and c.scope in ('month', 'january')

),

marked as (

    select
        bene_id,
        year,
        scope,
        cast(count(*) as bigint) as n,
        max(case when month = 1 then 1 else 0 end) as m01,
        max(case when month = 2 then 1 else 0 end) as m02,
        max(case when month = 3 then 1 else 0 end) as m03,
        max(case when month = 4 then 1 else 0 end) as m04,
        max(case when month = 5 then 1 else 0 end) as m05,
        max(case when month = 6 then 1 else 0 end) as m06,
        max(case when month = 7 then 1 else 0 end) as m07,
        max(case when month = 8 then 1 else 0 end) as m08,
        max(case when month = 9 then 1 else 0 end) as m09,
        max(case when month = 10 then 1 else 0 end) as m10,
        max(case when month = 11 then 1 else 0 end) as m11,
        max(case when month = 12 then 1 else 0 end) as m12
    from eligible
    group by bene_id, year, scope

),

counted as (

    select
        k.year,
        case
            when k.scope = 'january' then s.months
            when r.is_any_month then k.n
            when k.m01 = 0 then 0
            when k.m02 = 0 then 1
            when k.m03 = 0 then 2
            when k.m04 = 0 then 3
            when k.m05 = 0 then 4
            when k.m06 = 0 then 5
            when k.m07 = 0 then 6
            when k.m08 = 0 then 7
            when k.m09 = 0 then 8
            when k.m10 = 0 then 9
            when k.m11 = 0 then 10
            when k.m12 = 0 then 11
            else 12
        end as months
    from marked as k
    cross join eligibility_rule as r
    cross join (select cast(count(*) as bigint) as months from stand_in_month) as s

)

select
    year,
    cast(sum(months) as bigint) as months,
    cast(count(*) as bigint) as people
from counted
where months > 0
group by year
