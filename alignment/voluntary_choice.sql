-- step:   voluntary_choice
-- does:   Chooses each beneficiary's voluntary ACO: the latest designation in
--         force on 1 January of the performance year; where none is, the mid-year
--         designation to a hybrid ACO that takes effect first, on the first of
--         the month after it starts.
-- reads:  voluntary_designation (key: bene_id, aco_id, start_date)
-- writes: voluntary_choice
-- key:    bene_id
-- unit:   one row a beneficiary
-- source: rules A9, A10; reading R8

select
    bene_id,
    aco_id,
    first_month
from (

    select
        bene_id,
        aco_id,
        first_month,
        row_number() over (
            partition by bene_id
            order by first_month asc nulls last, start_date desc nulls last, aco_id asc nulls last
        ) as rank
    from voluntary_designation

) as designation
where rank = 1
