package input

import (
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// The codes of R3 and the rule of doc.go for repeated amounts.
const (
	cancellationCode = "1"
	repeatedLines    = 3
	repeatedClaims   = 10
	repeatedOneOf    = 2 // more than one claim of two
)

func asCounts(row []any) (int64, decimal.Decimal) {
	n, _ := row[0].(int64)
	dollars, _ := row[1].(decimal.Decimal)
	return n, dollars
}

// amountChecks are the row checks that look at two columns.
func amountChecks(t TableFooters) []rowCheck {
	if !slices.Contains(personClaims, t.Table.Name) {
		return nil
	}
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
			screen:  fmt.Sprintf("case when %s < 0 then 1 else 0 end", quote(amount+"_min")),
			settled: t.bounds[amount].within(0, math.MaxInt64),
			message: "with a negative " + amount + " and no cancellation code; they count as given",
			remedy:  "mark cancellations with adjustment_type_code 1",
		})
	}
	reversed := "from_date > thru_date"
	return append(checks, rowCheck{
		check: CheckDatesReversed, severity: Warning, column: "from_date", rule: "R2", bad: reversed,
		screen:  fmt.Sprintf("(select count(*) from %s where %s)", quote(t.Table.Name), reversed),
		message: "whose from_date lies after thru_date", remedy: "correct the dates; thru_date is the service date",
	})
}

// claims makes the checks of claims against each other.
func (d *dataCheck) claims() {
	for _, table := range personClaims {
		if d.has(table) {
			d.lostOriginals(d.Tables[table])
		}
	}
}

// lostOriginals warns of cancellations that name a row which the extract does
// not have.
//
// Reading: R3; they count all the same.
func (d *dataCheck) lostOriginals(t TableFooters) {
	if !t.Has("adjustment_type_code") || !t.Has("original_claim_id") {
		return
	}
	match := "o.claim_id = c.original_claim_id"
	if t.Table.Name == "professional_claim_line" {
		match += " and o.line_number = c.line_number"
	}
	lost := fmt.Sprintf("c.adjustment_type_code = '%s' and not exists (select 1 from %s as o where %s)", cancellationCode, quote(t.Table.Name), match)
	rows, dollars := d.countAndDollars(t.Table.Name, fmt.Sprintf("select %s, %s from %s as c where %s", countOfRows, sumOfDollars, quote(t.Table.Name), lost))
	if rows == 0 {
		return
	}
	f := Finding{
		Check: CheckLostOriginal, Severity: Warning, Table: t.Table.Name, Column: "original_claim_id", Rows: rows, Dollars: dollars, Rule: "R3",
		Message: plural(rows, "cancellation") + " whose original is not in the extract; they count with minus their amounts",
		Remedy:  "extend the extract to the claims they take back",
	}
	d.locate(&f, t, fmt.Sprintf("exists (select 1 from (select located.adjustment_type_code as adjustment_type_code, located.original_claim_id as original_claim_id, %s) as c where %s)",
		lineOf(t.Table), lost))
	d.add(f)
}

func lineOf(t schemas.Table) string {
	if _, ok := t.Column("line_number"); ok {
		return "located.line_number as line_number"
	}
	return "0 as line_number"
}

// linesOfClaims groups lines by claim, once for two checks: it returns how
// many claims may have a line twice, and warns of repeated amounts.
func (d *dataCheck) linesOfClaims(t TableFooters) int64 {
	amount := "cast(null as decimal(12, 2))"
	if t.hasDollars() {
		amount = "paid_amount"
	}
	row := d.row(t.Table.Name, fmt.Sprintf(`select
    cast(coalesce(sum(case when row_count <> bits then 1 end), 0) as bigint) as suspects,
    cast(coalesce(sum(case when row_count >= %[1]d then 1 end), 0) as bigint) as claims,
    cast(coalesce(sum(case when row_count >= %[1]d and low = high and low <> 0 then 1 end), 0) as bigint) as repeated,
    cast(coalesce(sum(case when row_count >= %[1]d and low = high and low <> 0 then row_count end), 0) as bigint) as row_count,
    cast(coalesce(sum(case when row_count >= %[1]d and low = high and low <> 0 then cast(low as decimal(18, 2)) * row_count end), 0) as decimal(18, 2)) as dollars
from (
    select %[2]s as grouped, count(*) as row_count, bit_count(bit_or(%[3]s)) as bits, min(%[4]s) as low, max(%[4]s) as high
    from %[5]s
    group by %[2]s
) as claims`, repeatedLines, d.groupKey(`"claim_id"`), lineBit, amount, quote(t.Table.Name)))
	if len(row) < 5 {
		return 0
	}
	suspects, _ := row[0].(int64)
	claims, _ := row[1].(int64)
	repeated, _ := row[2].(int64)
	rows, dollars := asCounts(row[3:5])
	if repeated >= repeatedClaims && repeated*repeatedOneOf > claims {
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
