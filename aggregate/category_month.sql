-- step:   category_month
-- does:   Gives each alignment-eligible month its category.
-- reads:  eligible_month (key: bene_id, month)
--         high_needs     (key: bene_id)
--         category_rule  (key: is_esrd, is_high_needs)
-- writes: category_month
-- key:    bene_id, month
-- unit:   one row a beneficiary and month
-- source: rule B; readings R5, R20

select
    m.bene_id,
    m.year,
    m.month,
    m.county_fips,
    m.is_counted,
    m.is_projected,
    r.category
from eligible_month as m
left join high_needs as h
  on  h.bene_id = m.bene_id
  and h.first_month <= m.month
join category_rule as r
  on  r.is_esrd = m.is_esrd
  and r.is_high_needs = (h.bene_id is not null)
