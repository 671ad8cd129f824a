package input

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// The codes of R3 and the rule of doc.go for repeated amounts.
const (
	cancellationCode   = "1"
	repeatedLines      = 3
	repeatedClaims     = 10
	repeatedOneOf      = 2 // more than one claim of two
	amountColumnOfLine = "paid_amount"
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
	for _, table := range []string{"professional_claim_line", "institutional_claim_line"} {
		if d.has(table) && d.Tables[table].hasDollars() {
			d.repeatedAmounts(d.Tables[table])
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

// repeatedAmounts warns where most claims of several lines carry one same
// payment on each: a claim's total, repeated.
//
// Rule: C1, a header payment counts once a claim, never once a line.
func (d *dataCheck) repeatedAmounts(t TableFooters) {
	key := d.groupKey(`"claim_id"`)
	row := d.row(t.Table.Name, fmt.Sprintf(`select
    %[1]s as claims,
    cast(coalesce(sum(case when low = high and low <> 0 then 1 end), 0) as bigint) as repeated,
    cast(coalesce(sum(case when low = high and low <> 0 then row_count end), 0) as bigint) as row_count,
    cast(coalesce(sum(case when low = high and low <> 0 then dollars end), 0) as decimal(18, 2)) as dollars
from (
    select %[2]s as grouped, count(*) as row_count, min(paid_amount) as low, max(paid_amount) as high, sum(paid_amount) as dollars
    from %[3]s
    group by %[2]s
    having count(*) >= %[4]d
) as claims`, countOfRows, key, quote(t.Table.Name), repeatedLines))
	if len(row) < 4 {
		return
	}
	claims, _ := row[0].(int64)
	repeated, _ := row[1].(int64)
	rows, dollars := asCounts(row[2:4])
	if repeated < repeatedClaims || repeated*repeatedOneOf <= claims {
		return
	}
	d.add(Finding{
		Check: CheckRepeatedAmount, Severity: Warning, Table: t.Table.Name, Column: amountColumnOfLine, Rows: rows, Dollars: dollars, Rule: "C1",
		Message: fmt.Sprintf("%d of %d claims of %d or more lines carry one same payment on every line: perhaps the claim's total, repeated", repeated, claims, repeatedLines),
		Remedy:  "export the payment of each line",
	})
}
