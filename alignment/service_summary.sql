-- step:   service_summary
-- does:   Joins the two kinds of qualified services into who billed what for
--         whom, in which alignment year. Needs no Participant TIN list.
-- reads:  professional_service  (key: bene_id, window_start, billing_number, class)
--         institutional_service (key: bene_id, window_start, billing_number, class)
-- writes: service_summary
-- key:    bene_id, window_start, billing_number, class
-- unit:   charge_cents in cents allowed, signed
-- source: rules A2, A3, A7

with service as (

    select bene_id, window_start, billing_number, class, charge, services, latest_date
    from professional_service
    union all
    select bene_id, window_start, billing_number, class, charge, services, latest_date
    from institutional_service

)

select
    bene_id,
    window_start,
    billing_number,
    class,
    cast(cast(sum(charge) as decimal(18, 2)) * 100 as bigint) as charge_cents,
    cast(sum(services) as bigint) as services,
    max(latest_date) as latest_date
from service
group by bene_id, window_start, billing_number, class
