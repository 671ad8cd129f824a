-- step:   expenditure_year
-- does:   Sums what each beneficiary cost, by year, category, claim type and
--         excluded code list, in eligible months and outside them. Stand-in
--         months carry no dollars. The performance year is kept by month, since
--         a hybrid ACO's people may join it in the middle. Needs no Participant
--         TIN list.
-- reads:  professional_paid  (key: bene_id, year, month_bit, claim_type, exclusion_number)
--         institutional_paid (key: bene_id, year, month_bit, claim_type)
--         exclusion          (key: exclusion_number)
--         expenditure_month  (key: bene_id, year, county_fips, category, is_counted)
-- writes: expenditure_year
-- key:    bene_id, year, month_bit, category, is_counted, claim_type, exclusion, exclusion_share
-- unit:   dollars, signed; month_bit January 1, February 2, March 4, in a base year 0
-- source: rules C, C1, C2, C3; readings R2, R3, R4, R7, R21

with paid as (

    select
        bene_id,
        year,
        month_bit,
        kept_month_bit,
        claim_type,
        exclusion_number,
        paid_amount,
        cast(0 as decimal(18, 2)) as ime_amount,
        cast(0 as decimal(18, 2)) as dsh_amount,
        cast(0 as decimal(18, 2)) as uncompensated_care_amount,
        cast(0 as decimal(18, 2)) as pass_through_amount
    from professional_paid

    union all

    select
        bene_id,
        year,
        month_bit,
        kept_month_bit,
        claim_type,
        0 as exclusion_number,
        paid_amount,
        ime_amount,
        dsh_amount,
        uncompensated_care_amount,
        pass_through_amount
    from institutional_paid

)

select
    p.bene_id,
    p.year,
    p.kept_month_bit as month_bit,
    coalesce(m.category, 'none') as category,
    coalesce(m.is_counted, false) as is_counted,
    p.claim_type,
    x.exclusion,
    x.share as exclusion_share,
    cast(sum(p.paid_amount) as decimal(18, 2)) as paid_amount,
    cast(sum(p.ime_amount) as decimal(18, 2)) as ime_amount,
    cast(sum(p.dsh_amount) as decimal(18, 2)) as dsh_amount,
    cast(sum(p.uncompensated_care_amount) as decimal(18, 2)) as uncompensated_care_amount,
    cast(sum(p.pass_through_amount) as decimal(18, 2)) as pass_through_amount
from paid as p
join exclusion as x
  on x.exclusion_number = p.exclusion_number
left join expenditure_month as m
  on  m.bene_id = p.bene_id
  and m.year = p.year
where m.bene_id is null
   or (m.months & p.month_bit) <> 0
group by
    p.bene_id,
    p.year,
    p.kept_month_bit,
    coalesce(m.category, 'none'),
    coalesce(m.is_counted, false),
    p.claim_type,
    x.exclusion,
    x.share
