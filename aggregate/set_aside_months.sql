-- step:   set_aside_months
-- does:   Counts the months and people that count from January and stand in no
--         exposure of a group. People who join it in the middle of the year
--         bring the months before, less those that count only from there.
-- reads:  category_month  (key: bene_id, year, county_fips, category)
--         aligned         (key: year, alignment_type, bene_id)
--         aligned_month   (key: alignment_type, bene_id, year, county_fips, category)
--         alignment_group (key: alignment_type)
-- writes: set_aside_months
-- key:    year, alignment_type, reason
-- sums:   months bigint
--         people bigint
-- unit:   months, people; signed
-- source: rule C7

with person as (

    select
        bene_id,
        year,
        cast(sum(bit_count(counted_months)) as bigint) as months
    from category_month
    group by bene_id, year

),

grouped as (

    select
        bene_id,
        year,
        alignment_type,
        cast(sum(eligible_months) as bigint) as months
    from aligned_month
    group by bene_id, year, alignment_type

),

judged as (

    select
        p.year,
        g.alignment_type,
        case when a.bene_id is null then 'not_in_group' else 'joined_mid_year' end as reason,
        p.months - coalesce(k.months, 0) as months,
        case when p.months > 0 then 1 else 0 end - case when k.months > 0 then 1 else 0 end as people
    from person as p
    cross join alignment_group as g
    left join aligned as a
      on  a.year = p.year
      and a.alignment_type = g.alignment_type
      and a.bene_id = p.bene_id
    left join grouped as k
      on  k.year = p.year
      and k.alignment_type = g.alignment_type
      and k.bene_id = p.bene_id

)

select
    year,
    alignment_type,
    reason,
    cast(sum(months) as bigint) as months,
    cast(sum(people) as bigint) as people
from judged
where months <> 0
   or people <> 0
group by year, alignment_type, reason
