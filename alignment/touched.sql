-- step:   touched
-- does:   Lists the people whose alignment a changed list can change: those for
--         whom a TIN that was added, dropped or moved billed qualified
--         services, and those whose designation changed. Everyone else's
--         outcome, months and dollars stay what they were.
-- reads:  service_summary     (key: bene_id, window_start, billing_number, class)
--         changed_participant (key: billing_number)
--         changed_designation (key: bene_id)
-- writes: touched
-- key:    bene_id
-- unit:   one row a beneficiary
-- source: rules A3, A5, A9

select distinct s.bene_id
from service_summary as s
semi join changed_participant as p
  on p.billing_number = s.billing_number

union

select bene_id
from changed_designation
