-- step:   enrollment_test
-- as:     view
-- does:   Finds how each beneficiary fares in the month that a run's test looks
--         at: January of an aligned year, or the mid-year month.
-- reads:  enrolled_month (key: bene_id, year, scope, county_fips, is_esrd, reason_code)
--         test_month     (key: alignment_run, aligned_year)
-- writes: enrollment_test
-- key:    alignment_run, aligned_year, bene_id
-- unit:   one row a beneficiary and test; reason_code null: passed
-- source: rules A8, A10; reading R5

select
    t.alignment_run,
    t.aligned_year,
    e.bene_id,
    t.first_month,
    e.reason_code
from enrolled_month as e
join test_month as t
  on  t.aligned_year = e.year
  and t.scope = e.scope
where (e.months & t.month_bit) <> 0
