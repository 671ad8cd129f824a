-- step:   high_needs
-- does:   Flags who meets a criterion at a quarterly check, from the first such
--         check on, for good. A check is made for a beneficiary with an
--         enrollment row in its month who is alive on its first day. Only
--         evidence that may meet a criterion is held against the enrollment.
-- reads:  high_needs_evidence (key: bene_id, check_date)
--         high_needs_check    (key: check_date)
--         high_needs_test     (key: is_esrd)
--         enrollment_month    (key: bene_id, month)
--         beneficiary         (key: bene_id)
--         esrd_status         (key: medicare_status_code)
-- writes: high_needs
-- key:    bene_id
-- unit:   counts of claims, dates and days; score normalised
-- source: rule B; reading R20

with lowest as (

    select
        min(middle_score) as middle_score,
        min(high_score) as high_score,
        min(inpatient_claims) as inpatient_claims,
        min(other_dates) as other_dates,
        min(equipment_dates) as equipment_dates,
        min(snf_days) as snf_days,
        min(home_health_days) as home_health_days
    from high_needs_test

),

candidate as (

    select
        e.bene_id,
        e.check_date,
        e.inpatient_claims,
        e.other_dates,
        e.admission_dates,
        e.equipment_dates,
        e.snf_days,
        e.home_health_days,
        e.score
    from high_needs_evidence as e
    cross join lowest as l
    where e.score >= l.middle_score
       or e.score >= l.high_score
       or e.inpatient_claims >= l.inpatient_claims
       or e.other_dates >= l.other_dates
       or e.equipment_dates >= l.equipment_dates
       or e.snf_days >= l.snf_days
       or e.home_health_days >= l.home_health_days

),

checked as (

    select
        e.bene_id,
        e.check_date,
        e.inpatient_claims,
        e.other_dates,
        e.admission_dates,
        e.equipment_dates,
        e.snf_days,
        e.home_health_days,
        e.score,
        c.is_window_truncated,
        case when e.inpatient_claims >= t.inpatient_claims or e.other_dates >= t.other_dates then 'a' else '' end
            || case when e.score >= t.high_score then 'b' else '' end
            || case when e.score >= t.middle_score and e.score < t.high_score and e.admission_dates >= t.admission_dates then 'c' else '' end
            || case when e.equipment_dates >= t.equipment_dates then 'd' else '' end
            || case when e.snf_days >= t.snf_days or e.home_health_days >= t.home_health_days then 'e' else '' end
            as criteria
    from candidate as e
    join high_needs_check as c
      on c.check_date = e.check_date
    join enrollment_month as m
      on  m.bene_id = e.bene_id
      and m.month = c.enrollment_month
    left join esrd_status as s
      on s.medicare_status_code = m.medicare_status_code
    join high_needs_test as t
      on t.is_esrd = (s.medicare_status_code is not null)
    anti join beneficiary as b
      on  b.bene_id = e.bene_id
      and b.death_date < c.check_date

),

met as (

    select
        bene_id,
        check_date,
        criteria,
        inpatient_claims,
        other_dates,
        admission_dates,
        equipment_dates,
        snf_days,
        home_health_days,
        score,
        is_window_truncated,
        row_number() over (partition by bene_id order by check_date asc nulls last) as nth
    from checked
    where criteria <> ''

)

select
    bene_id,
    check_date as first_month,
    criteria,
    inpatient_claims as inpatient_diagnosis_claims,
    other_dates as other_diagnosis_dates,
    score,
    admission_dates as unplanned_admission_dates,
    equipment_dates,
    snf_days,
    home_health_days,
    is_window_truncated as window_truncated
from met
where nth = 1
