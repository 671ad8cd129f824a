-- step:   eligible_month
-- does:   Keeps the alignment-eligible months of each aligned year, and those of
--         them that count: from January, month by month, until the first that is
--         not eligible (or, by the switch, any). A projected performance year
--         has twelve stand-in months from the extract's last month.
-- reads:  enrolled_month    (key: bene_id, year, scope, county_fips, is_esrd, reason_code)
--         eligibility_rule  (key: is_any_month)
-- writes: eligible_month
-- key:    bene_id, year, county_fips, is_esrd
-- unit:   months and counted_months are sets, a bit a month: January 1, February 2, March 4
-- source: rule A8; reading R5

with eligible as (

    select
        bene_id,
        year,
        county_fips,
        is_esrd,
        scope = 'january' as is_projected,
        months
    from enrolled_month
    where reason_code is null
      and scope in ('month', 'january')

),

person as (

    select
        bene_id,
        year,
        cast(sum(months) as bigint) as months
    from eligible
    group by bene_id, year

)

select
    e.bene_id,
    e.year,
    e.county_fips,
    e.is_esrd,
    e.is_projected,
    e.months,
    case
        when r.is_any_month then e.months
        -- Adding January's bit carries through the run of months that starts in
        -- January: what it leaves in place lies beyond the first loss.
        else e.months & (p.months - (p.months & (p.months + 1)))
    end as counted_months
from eligible as e
join person as p
  on  p.bene_id = e.bene_id
  and p.year = e.year
cross join eligibility_rule as r
