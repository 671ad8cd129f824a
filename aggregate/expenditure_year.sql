-- step:   expenditure_year
-- does:   Sums what each beneficiary cost, by year, category, claim type and
--         excluded code list, in eligible months and outside them. Stand-in
--         months carry no dollars. The performance year is kept by month, since
--         a hybrid ACO's people may join it in the middle. Needs no Participant
--         TIN list.
-- reads:  professional_claim_line (key: claim_id, line_number)
--         institutional_claim     (key: claim_id)
--         expenditure_type        (key: claim_type_code)
--         exclusion_code          (key: code, effective_date, end_date)
--         exclusion               (key: exclusion_number)
--         service_day             (key: day)
--         expenditure_month       (key: bene_id, year, county_fips, category, is_counted)
-- writes: expenditure_year
-- key:    bene_id, year, month_bit, category, is_counted, claim_type, exclusion, exclusion_share
-- unit:   dollars, signed; month_bit January 1, February 2, March 4, in a base year 0
-- source: rules C, C1, C2, C3; readings R2, R3, R4, R7, R21

with paid as (

    select
        l.bene_id,
        y.year,
        y.month_bit,
        y.kept_month_bit,
        l.claim_type_code,
        coalesce(x.exclusion_number, 0) as exclusion_number,
        case when l.adjustment_type_code = '1' then -abs(l.paid_amount) else l.paid_amount end as paid_amount,
        cast(0 as decimal(18, 2)) as ime_amount,
        cast(0 as decimal(18, 2)) as dsh_amount,
        cast(0 as decimal(18, 2)) as uncompensated_care_amount,
        cast(0 as decimal(18, 2)) as pass_through_amount
    from professional_claim_line as l
    left join exclusion_code as x
      on  x.code = l.hcpcs_code
      and l.thru_date between x.effective_date and x.end_date
    join service_day as y
      on y.day = l.thru_date
    where (y.last_processed_date is null or l.processed_date is null or l.processed_date <= y.last_processed_date)
      and (l.processing_indicator_code is null or l.processing_indicator_code in ('A', '', ' ', 'R', 'S'))
      and (l.processing_indicator_code is null or l.processing_indicator_code not in ('R', 'S') or l.allowed_amount <> 0)

    union all

    select
        c.bene_id,
        y.year,
        y.month_bit,
        y.kept_month_bit,
        c.claim_type_code,
        0 as exclusion_number,
        case when c.adjustment_type_code = '1' then -abs(c.paid_amount) else c.paid_amount end as paid_amount,
        case
            when t.claim_type <> 'inpatient' then 0
            when c.adjustment_type_code = '1' then -abs(coalesce(c.ime_amount, 0))
            else coalesce(c.ime_amount, 0)
        end as ime_amount,
        case
            when t.claim_type <> 'inpatient' then 0
            when c.adjustment_type_code = '1' then -abs(coalesce(c.dsh_amount, 0))
            else coalesce(c.dsh_amount, 0)
        end as dsh_amount,
        case
            when t.claim_type <> 'inpatient' then 0
            when c.adjustment_type_code = '1' then -abs(coalesce(c.uncompensated_care_amount, 0))
            else coalesce(c.uncompensated_care_amount, 0)
        end as uncompensated_care_amount,
        case
            when t.claim_type <> 'inpatient' then 0
            when c.adjustment_type_code = '1' then -abs(coalesce(c.pass_through_amount, 0))
            else coalesce(c.pass_through_amount, 0)
        end as pass_through_amount
    from institutional_claim as c
    join expenditure_type as t
      on t.claim_type_code = c.claim_type_code
    join service_day as y
      on y.day = c.thru_date
    where (y.last_processed_date is null or c.processed_date is null or c.processed_date <= y.last_processed_date)
      and coalesce(trim(c.nonpayment_code), '') = ''

)

select
    p.bene_id,
    p.year,
    p.kept_month_bit as month_bit,
    coalesce(m.category, 'none') as category,
    coalesce(m.is_counted, false) as is_counted,
    t.claim_type,
    x.exclusion,
    x.share as exclusion_share,
    cast(sum(p.paid_amount) as decimal(18, 2)) as paid_amount,
    cast(sum(p.ime_amount) as decimal(18, 2)) as ime_amount,
    cast(sum(p.dsh_amount) as decimal(18, 2)) as dsh_amount,
    cast(sum(p.uncompensated_care_amount) as decimal(18, 2)) as uncompensated_care_amount,
    cast(sum(p.pass_through_amount) as decimal(18, 2)) as pass_through_amount
from paid as p
join expenditure_type as t
  on t.claim_type_code = p.claim_type_code
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
    t.claim_type,
    x.exclusion,
    x.share
