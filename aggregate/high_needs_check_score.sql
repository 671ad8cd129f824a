-- step:   high_needs_check_score
-- does:   Takes, for each quarterly check, the highest score of the latest
--         scoring date not after it.
-- reads:  high_needs_score (key: bene_id, check_date, model)
--         high_needs_check (key: check_date)
-- writes: high_needs_check_score
-- key:    bene_id, check_date
-- unit:   score, normalised
-- source: rule B (b, c); reading R20

with dated as (

    select
        bene_id,
        check_date as score_date,
        max(score) as score
    from high_needs_score
    group by bene_id, check_date

),

ranked as (

    select
        d.bene_id,
        c.check_date,
        d.score,
        row_number() over (
            partition by d.bene_id, c.check_date
            order by d.score_date desc nulls last
        ) as rank
    from dated as d
    join high_needs_check as c
      on d.score_date <= c.check_date

)

select
    bene_id,
    check_date,
    score
from ranked
where rank = 1
