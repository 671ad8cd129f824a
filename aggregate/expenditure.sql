-- step:   expenditure
-- does:   Sums each group's dollars in its eligible months. Go takes the
--         excluded shares out and multiplies by the completion factors.
-- reads:  aligned_dollars (key: alignment_type, bene_id, year, month_bit, category, is_counted, claim_type, exclusion, exclusion_share)
-- writes: expenditure
-- key:    aco_id, year, category, alignment_type, claim_type, exclusion, exclusion_share
-- sums:   summed bigint
--         paid_amount decimal(18, 2)
--         ime_amount decimal(18, 2)
--         dsh_amount decimal(18, 2)
--         uncompensated_care_amount decimal(18, 2)
--         pass_through_amount decimal(18, 2)
-- unit:   dollars, signed
-- source: rule C; readings R7, R21

select
    aco_id,
    year,
    category,
    alignment_type,
    claim_type,
    exclusion,
    exclusion_share,
    cast(count(*) as bigint) as summed,
    cast(sum(paid_amount) as decimal(18, 2)) as paid_amount,
    cast(sum(ime_amount) as decimal(18, 2)) as ime_amount,
    cast(sum(dsh_amount) as decimal(18, 2)) as dsh_amount,
    cast(sum(uncompensated_care_amount) as decimal(18, 2)) as uncompensated_care_amount,
    cast(sum(pass_through_amount) as decimal(18, 2)) as pass_through_amount
from aligned_dollars
where is_counted
group by aco_id, year, category, alignment_type, claim_type, exclusion, exclusion_share
