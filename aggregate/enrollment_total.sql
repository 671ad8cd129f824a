-- step:   enrollment_total
-- does:   Counts the months that count from January, and the people who have
--         one, straight from the extract: the left side of the identities of
--         months and people. Each eligible month is a bit of the year; month k
--         counts if the lowest k bits are all set. What stands in for a
--         projected performance year has all twelve.
-- reads:  enrollment_month (key: bene_id, month)
--         beneficiary      (key: bene_id)
--         enrollment_scope (key: month, scope)
--         us_state         (key: state_fips)
--         eligibility_rule (key: is_any_month)
-- writes: enrollment_total
-- key:    year
-- unit:   months, people
-- source: rule C7; readings R5, R6

with marked as (

    select
        m.bene_id,
        c.year,
        cast(sum(c.months) as bigint) as months
    from enrollment_month as m
    join enrollment_scope as c
      on c.month = m.month
    semi join us_state as s
      on s.state_fips = substr(m.county_fips, 1, 2)
    anti join beneficiary as b
      on  b.bene_id = m.bene_id
      and b.death_date < c.alive_on
    where m.part_a
      and m.part_b
      and not m.medicare_advantage
      and coalesce(m.medicare_primary, true)
      and c.scope in ('month', 'january')
    group by m.bene_id, c.year

),

counted as (

    select
        k.year,
        case
            when r.is_any_month then cast(bit_count(k.months) as bigint)
            when k.months % 2 < 1 then 0
            when k.months % 4 < 3 then 1
            when k.months % 8 < 7 then 2
            when k.months % 16 < 15 then 3
            when k.months % 32 < 31 then 4
            when k.months % 64 < 63 then 5
            when k.months % 128 < 127 then 6
            when k.months % 256 < 255 then 7
            when k.months % 512 < 511 then 8
            when k.months % 1024 < 1023 then 9
            when k.months % 2048 < 2047 then 10
            when k.months % 4096 < 4095 then 11
            else 12
        end as months
    from marked as k
    cross join eligibility_rule as r

)

select
    year,
    cast(sum(months) as bigint) as months,
    cast(count(*) as bigint) as people
from counted
where months > 0
group by year
