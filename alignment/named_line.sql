-- step:   named_line
-- part:   professional_claim_line
-- does:   Lists the professional lines that a counted cancellation names: by
--         the original's claim id and the cancellation's own line number.
-- reads:  professional_claim_line (key: claim_id, line_number)
-- writes: named_line
-- key:    claim_id, line_number
-- unit:   one row a line
-- source: readings R3, R4

select distinct
    original_claim_id as claim_id,
    line_number
from professional_claim_line
where adjustment_type_code = '1'
  and original_claim_id is not null
  and (processing_indicator_code is null or processing_indicator_code in ('A', '', ' ', 'R', 'S'))
  and (processing_indicator_code is null or processing_indicator_code not in ('R', 'S') or allowed_amount <> 0)
