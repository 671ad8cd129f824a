package input

import (
	"fmt"
	"math"

	"github.com/shopspring/decimal"
)

// The codes of R3 and the rule of doc.go for repeated amounts.
const (
	cancellationCode = "1"
	repeatedLines    = 3
	repeatedClaims   = 10
	repeatedOneOf    = 2 // more than one claim of two
)

// amountChecks warn of negative amounts.
func amountChecks(t TableFooters) []rowCheck {
	var checks []rowCheck
	for _, amount := range []string{"allowed_amount", "paid_amount"} {
		if !t.Has(amount) {
			continue
		}
		bad := quote(amount) + " < 0"
		if t.Has("adjustment_type_code") {
			bad = fmt.Sprintf("(%s and adjustment_type_code is distinct from '%s')", bad, cancellationCode)
		}
		checks = append(checks, rowCheck{
			check: CheckNegative, severity: Warning, column: amount, rule: "R3", bad: bad,
			settled: t.bounds[amount].within(0, math.MaxInt64),
			message: "with a negative " + amount + " and no cancellation code; they count as given",
			remedy:  "mark cancellations with adjustment_type_code 1",
		})
	}
	return checks
}

// lostOriginals warns of cancellations that name a row which the extract does
// not have: of a line, that of the named claim with its own number.
//
// Reading: R3; they count all the same.
func (d *dataCheck) lostOriginals(t TableFooters) {
	if !t.Has("adjustment_type_code") || !t.Has("original_claim_id") {
		return
	}
	original := "o.claim_id = r.original_claim_id"
	if _, ok := t.Table.Column("line_number"); ok {
		original += " and o.line_number = r.line_number"
	}
	d.fail(t, rowCheck{
		check: CheckLostOriginal, severity: Warning, column: "original_claim_id", rule: "R3", noun: "cancellation",
		bad:     fmt.Sprintf("r.adjustment_type_code = '%s' and not exists (select 1 from %s as o where %s)", cancellationCode, d.given(t), original),
		message: "whose original is not in the extract; they count with minus their amounts",
		remedy:  "extend the extract to the claims they take back",
	})
}

// linesQuery groups lines by claim, once for two checks. It has one row:
// claims that may have a line twice; claims of several lines; those of one
// repeated amount, their rows and dollars.
const linesQuery = `select
    cast(coalesce(sum(case when row_count <> bit_count(bits) then 1 end), 0) as bigint) as suspects,
    cast(coalesce(sum(case when row_count >= %[1]d then 1 end), 0) as bigint) as claims,
    cast(coalesce(sum(case when is_repeated then 1 end), 0) as bigint) as repeated,
    cast(coalesce(sum(case when is_repeated then row_count end), 0) as bigint) as row_count,
    cast(coalesce(sum(case when is_repeated then cast(low as decimal(18, 2)) * row_count end), 0) as decimal(18, 2)) as dollars
from (
    select
        %[2]s as grouped, count(*) as row_count, bit_or(%[3]s) as bits, min(paid_amount) as low,
        count(*) >= %[1]d and min(paid_amount) = max(paid_amount) and min(paid_amount) <> 0 as is_repeated
    from %[4]s
    group by %[2]s
) as claims`

// linesOfClaims warns of repeated amounts, and returns how many claims may have
// a line twice.
func (d *dataCheck) linesOfClaims(t TableFooters) int64 {
	if t.Table.Name != "professional_claim_line" {
		return d.counts(t.Table.Name, d.lineScreen(t), 1)[0]
	}
	row := d.row(t.Table.Name, fmt.Sprintf(linesQuery, repeatedLines, d.groupKey(`"claim_id"`), lineBit, d.given(t)))
	if len(row) == 0 {
		return 0
	}
	suspects, _ := row[0].(int64)
	claims, _ := row[1].(int64)
	repeated, _ := row[2].(int64)
	if repeated >= repeatedClaims && repeated*repeatedOneOf > claims {
		rows, _ := row[3].(int64)
		dollars, _ := row[4].(decimal.Decimal)
		d.add(repeatedAmounts(t, repeated, claims, rows, dollars))
	}
	return suspects
}

// repeatedAmounts warns where most claims of several lines carry one same
// payment on each: a claim's total, repeated.
//
// Rule: C1, a header payment counts once a claim, never once a line.
func repeatedAmounts(t TableFooters, repeated, claims, rows int64, dollars decimal.Decimal) Finding {
	return Finding{
		Check: CheckRepeatedAmount, Severity: Warning, Table: t.Table.Name, Column: "paid_amount", Rows: rows, Dollars: dollars, Rule: "C1",
		Message: fmt.Sprintf("%d of %d claims of %d or more lines carry one same payment on every line: perhaps the claim's total, repeated", repeated, claims, repeatedLines),
		Remedy:  "export the payment of each line",
	}
}
