-- step:   high_needs_evidence
-- does:   Counts, for each beneficiary and quarterly check with any evidence,
--         what each criterion looks at inside its look-back window.
-- reads:  high_needs_diagnosis   (key: bene_id, service_date, is_inpatient)
--         high_needs_equipment   (key: bene_id, service_date)
--         high_needs_admission   (key: bene_id, admission_date)
--         high_needs_covered_day (key: bene_id, setting, day)
--         high_needs_check_score (key: bene_id, check_date)
--         check_day              (key: day, check_date, look_back)
-- writes: high_needs_evidence
-- key:    bene_id, check_date
-- unit:   counts of claims, dates and days; score normalised
-- source: rule B (a to e); reading R20

with evidence as (

    select
        e.bene_id,
        d.check_date,
        case when e.is_inpatient then e.claims else 0 end as inpatient_claims,
        case when e.is_inpatient then 0 else 1 end as other_dates,
        0 as admission_dates,
        0 as equipment_dates,
        0 as snf_days,
        0 as home_health_days
    from high_needs_diagnosis as e
    join check_day as d
      on d.day = e.service_date and d.look_back = 'year'

    union all

    select e.bene_id, d.check_date, 0, 0, 1, 0, 0, 0
    from high_needs_admission as e
    join check_day as d
      on d.day = e.admission_date and d.look_back = 'year'

    union all

    select e.bene_id, d.check_date, 0, 0, 0, 1, 0, 0
    from high_needs_equipment as e
    join check_day as d
      on d.day = e.service_date and d.look_back = 'five_years'

    union all

    select
        e.bene_id, d.check_date, 0, 0, 0, 0,
        case when e.setting = 'snf' then 1 else 0 end,
        case when e.setting = 'home_health' then 1 else 0 end
    from high_needs_covered_day as e
    join check_day as d
      on d.day = e.day and d.look_back = 'year'

),

counted as (

    select
        bene_id,
        check_date,
        cast(sum(inpatient_claims) as bigint) as inpatient_claims,
        cast(sum(other_dates) as bigint) as other_dates,
        cast(sum(admission_dates) as bigint) as admission_dates,
        cast(sum(equipment_dates) as bigint) as equipment_dates,
        cast(sum(snf_days) as bigint) as snf_days,
        cast(sum(home_health_days) as bigint) as home_health_days
    from evidence
    group by bene_id, check_date

)

select
    coalesce(e.bene_id, s.bene_id) as bene_id,
    coalesce(e.check_date, s.check_date) as check_date,
    coalesce(e.inpatient_claims, 0) as inpatient_claims,
    coalesce(e.other_dates, 0) as other_dates,
    coalesce(e.admission_dates, 0) as admission_dates,
    coalesce(e.equipment_dates, 0) as equipment_dates,
    coalesce(e.snf_days, 0) as snf_days,
    coalesce(e.home_health_days, 0) as home_health_days,
    s.score
from counted as e
full outer join high_needs_check_score as s
  on  s.bene_id = e.bene_id
  and s.check_date = e.check_date
