-- step:   truncation_candidate
-- does:   Keeps the people whose dollars may lie above their truncation
--         threshold, whatever is excluded or completed: Go decides, and cuts.
--         Empty where truncation is off.
-- reads:  aligned_dollars      (key: alignment_type, bene_id, year, month_bit, category, is_counted, claim_type, exclusion, exclusion_share)
--         aligned_month        (key: alignment_type, bene_id, year, county_fips, category)
--         truncation_threshold (key: year, category)
-- writes: truncation_candidate
-- key:    alignment_type, bene_id, year, category, claim_type, exclusion, exclusion_share
-- unit:   dollars, signed; months
-- source: rule C5

with person as (

    select
        d.alignment_type,
        d.bene_id,
        d.year,
        d.category,
        t.annual_dollars,
        t.multiplier,
        cast(sum(
            abs(d.paid_amount) + abs(d.ime_amount) + abs(d.dsh_amount)
            + abs(d.uncompensated_care_amount) + abs(d.pass_through_amount)
        ) as decimal(18, 2)) as most
    from aligned_dollars as d
    join truncation_threshold as t
      on  t.year = d.year
      and t.category = d.category
    where d.is_counted
    group by d.alignment_type, d.bene_id, d.year, d.category, t.annual_dollars, t.multiplier

),

month as (

    select
        alignment_type,
        bene_id,
        year,
        category,
        cast(sum(eligible_months) as bigint) as months
    from aligned_month
    where exists (select 1 from truncation_threshold)
    group by alignment_type, bene_id, year, category

),

above as (

    select
        p.alignment_type,
        p.bene_id,
        p.year,
        p.category,
        p.annual_dollars,
        m.months
    from person as p
    join month as m
      on  m.alignment_type = p.alignment_type
      and m.bene_id = p.bene_id
      and m.year = p.year
      and m.category = p.category
    where cast(p.most as decimal(38, 2)) * p.multiplier > cast(p.annual_dollars as decimal(38, 2)) * m.months

)

select
    d.aco_id,
    d.alignment_type,
    d.bene_id,
    d.year,
    d.category,
    d.claim_type,
    d.exclusion,
    d.exclusion_share,
    a.annual_dollars,
    a.months,
    cast(sum(d.paid_amount) as decimal(18, 2)) as paid_amount,
    cast(sum(d.ime_amount) as decimal(18, 2)) as ime_amount,
    cast(sum(d.dsh_amount) as decimal(18, 2)) as dsh_amount,
    cast(sum(d.uncompensated_care_amount) as decimal(18, 2)) as uncompensated_care_amount,
    cast(sum(d.pass_through_amount) as decimal(18, 2)) as pass_through_amount
from aligned_dollars as d
join above as a
  on  a.alignment_type = d.alignment_type
  and a.bene_id = d.bene_id
  and a.year = d.year
  and a.category = d.category
where d.is_counted
group by d.aco_id, d.alignment_type, d.bene_id, d.year, d.category, d.claim_type, d.exclusion, d.exclusion_share, a.annual_dollars, a.months
