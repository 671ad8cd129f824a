-- step:   exposure
-- does:   Counts each group's eligible months and people, and sums the risk
--         scores of the months of those who have one.
-- reads:  aligned_month (key: alignment_type, bene_id, year, county_fips, category)
--         risk_score    (key: bene_id, year, category)
-- writes: exposure
-- key:    aco_id, year, category, alignment_type, projected
-- sums:   eligible_months bigint
--         beneficiaries bigint
--         risk_score_months bigint
--         risk_score_sum decimal(24, 6)
-- unit:   eligible_months is a count of months, never a share of a year
-- source: RFA VIII; readings R5, R8, R9

with person as (

    select
        aco_id,
        year,
        category,
        alignment_type,
        bene_id,
        is_projected,
        cast(sum(eligible_months) as bigint) as eligible_months
    from aligned_month
    group by aco_id, year, category, alignment_type, bene_id, is_projected

)

select
    p.aco_id,
    p.year,
    p.category,
    p.alignment_type,
    cast(sum(p.eligible_months) as bigint) as eligible_months,
    cast(count(*) as bigint) as beneficiaries,
    cast(sum(case when s.score is null then 0 else p.eligible_months end) as bigint) as risk_score_months,
    cast(coalesce(sum(cast(s.score as decimal(24, 6)) * p.eligible_months), 0) as decimal(24, 6)) as risk_score_sum,
    p.is_projected as projected
from person as p
left join risk_score as s
  on  s.bene_id = p.bene_id
  and s.year = p.year
  and s.category = p.category
group by p.aco_id, p.year, p.category, p.alignment_type, p.is_projected
