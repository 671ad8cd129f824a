-- step:   alignment_change
-- does:   Lists everyone whose alignment of a year, or the category, months or
--         dollars that it carries, differs between an earlier run and this one.
--         Of the TINs that changed, the one that billed most for the person in
--         the year's alignment years is the cause; where none did, a changed
--         designation, else the inputs.
-- reads:  earlier_total       (key: aligned_year, bene_id)
--         aligned_total       (key: aligned_year, bene_id)
--         service_summary     (key: bene_id, window_start, billing_number, class)
--         alignment_window    (key: alignment_run, aligned_year, window_start)
--         changed_participant (key: billing_number)
--         changed_designation (key: bene_id)
-- writes: alignment_change
-- key:    aligned_year, bene_id
-- unit:   months; dollars, signed
-- source: rules A5, A11

with compared as (

    select
        coalesce(e.aligned_year, n.aligned_year) as aligned_year,
        coalesce(e.bene_id, n.bene_id) as bene_id,
        case
            when e.bene_id is null then 'gained'
            when n.bene_id is null then 'lost'
            when e.aco_id <> n.aco_id then 'moved'
            when e.alignment_type <> n.alignment_type then 'changed_type'
            when e.category is distinct from n.category then 'changed_category'
            when e.months <> n.months then 'changed_months'
            when e.dollars <> n.dollars then 'changed_dollars'
        end as change,
        e.aco_id as from_aco_id,
        n.aco_id as to_aco_id,
        e.alignment_type as from_alignment_type,
        n.alignment_type as to_alignment_type,
        e.category as from_category,
        n.category as to_category,
        coalesce(e.months, 0) as from_months,
        coalesce(n.months, 0) as to_months,
        coalesce(e.dollars, 0) as from_dollars,
        coalesce(n.dollars, 0) as to_dollars
    from earlier_total as e
    full outer join aligned_total as n
      on  n.aligned_year = e.aligned_year
      and n.bene_id = e.bene_id

),

billed as (

    select
        w.aligned_year,
        s.bene_id,
        s.billing_number,
        cast(sum(w.weight * s.charge_cents) as bigint) as weighted_charge
    from service_summary as s
    semi join changed_participant as p
      on p.billing_number = s.billing_number
    join alignment_window as w
      on  w.window_start = s.window_start
      and w.alignment_run = 'january'
    group by w.aligned_year, s.bene_id, s.billing_number

),

cause as (

    select
        aligned_year,
        bene_id,
        billing_number,
        row_number() over (
            partition by aligned_year, bene_id
            order by weighted_charge desc nulls last, billing_number asc nulls last
        ) as rank
    from billed

)

select
    c.aligned_year,
    c.bene_id,
    c.change,
    c.from_aco_id,
    c.to_aco_id,
    c.from_alignment_type,
    c.to_alignment_type,
    c.from_category,
    c.to_category,
    case
        when t.bene_id is not null then t.billing_number
        when d.bene_id is not null then 'voluntary'
        else 'input'
    end as cause,
    c.from_months,
    c.to_months,
    c.from_dollars,
    c.to_dollars
from compared as c
left join cause as t
  on  t.aligned_year = c.aligned_year
  and t.bene_id = c.bene_id
  and t.rank = 1
left join changed_designation as d
  on d.bene_id = c.bene_id
where c.change is not null
