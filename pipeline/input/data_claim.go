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

// lost is true of a cancellation c that names a row which the extract does not
// have: of a line, that of the named claim with its own number.
func lost(t schemas.Table) string {
	match := "o.claim_id = c.original_claim_id"
	if _, ok := t.Column("line_number"); ok {
		match += " and o.line_number = c.line_number"
	}
	return fmt.Sprintf("c.adjustment_type_code = '%s' and not exists (select 1 from %s as o where %s)", cancellationCode, quote(t.Name), match)
}

func (d *dataCheck) countLost(t TableFooters) (int64, decimal.Decimal) {
	return d.countAndDollars(t.Table.Name, fmt.Sprintf("select %s, %s from %s as c where %s", countOfRows, sumOfDollars, quote(t.Table.Name), lost(t.Table)))
}

// lostOriginals warns of cancellations without their original.
//
// Reading: R3; they count all the same.
func (d *dataCheck) lostOriginals(t TableFooters, rows int64, dollars decimal.Decimal) {
	if rows == 0 || !t.Has("adjustment_type_code") || !t.Has("original_claim_id") {
		return
	}
	f := Finding{
		Check: CheckLostOriginal, Severity: Warning, Table: t.Table.Name, Column: "original_claim_id", Rows: rows, Dollars: dollars, Rule: "R3",
		Message: plural(rows, "cancellation") + " whose original is not in the extract; they count with minus their amounts",
		Remedy:  "extend the extract to the claims they take back",
	}
	d.locate(&f, t, fmt.Sprintf("exists (select 1 from (select located.adjustment_type_code as adjustment_type_code, located.original_claim_id as original_claim_id, %s) as c where %s)",
		lineOf(t.Table), lost(t.Table)))
	d.add(f)
}

func lineOf(t schemas.Table) string {
	if _, ok := t.Column("line_number"); ok {
		return "located.line_number as line_number"
	}
	return "0 as line_number"
}

// linesQuery groups lines by claim, once for three checks. It has one row:
// claims that may have a line twice; claims of several lines, those of one
// repeated amount, their rows and dollars; cancellations without an original,
// their dollars, and those whose line number is beyond the bits.
const linesQuery = `with claims as (
    select %[2]s as grouped, count(*) as row_count, bit_or(%[3]s) as bits, min(%[4]s) as low, max(%[4]s) as high
    from %[5]s
    group by %[2]s
),
cancellations as (
    select %[6]s as grouped, original_claim_id, line_number, paid_amount
    from %[5]s
    where adjustment_type_code = '%[7]s'
),
cancelled as (
    select
        c.paid_amount,
        c.original_claim_id is null or o.grouped is null or (o.bits & (%[8]s)) = 0 as is_lost,
        abs(c.line_number) >= %[9]d as is_unsure
    from cancellations as c
    left join claims as o on o.grouped = c.grouped
)
select
    cast(coalesce(sum(case when row_count <> bit_count(bits) then 1 end), 0) as bigint) as suspects,
    cast(coalesce(sum(case when row_count >= %[1]d then 1 end), 0) as bigint) as claims,
    cast(coalesce(sum(case when row_count >= %[1]d and low = high and low <> 0 then 1 end), 0) as bigint) as repeated,
    cast(coalesce(sum(case when row_count >= %[1]d and low = high and low <> 0 then row_count end), 0) as bigint) as row_count,
    cast(coalesce(sum(case when row_count >= %[1]d and low = high and low <> 0 then cast(low as decimal(18, 2)) * row_count end), 0) as decimal(18, 2)) as dollars,
    (select cast(coalesce(sum(case when is_lost then 1 end), 0) as bigint) from cancelled) as lost,
    (select cast(coalesce(sum(case when is_lost then paid_amount end), 0) as decimal(18, 2)) from cancelled) as lost_dollars,
    (select cast(coalesce(sum(case when is_unsure then 1 end), 0) as bigint) from cancelled) as unsure
from claims`

// linesOfClaims makes the checks that group lines by claim, and returns how
// many claims may have a line twice.
func (d *dataCheck) linesOfClaims(t TableFooters) int64 {
	if t.Table.Name != "professional_claim_line" {
		return d.counts(t.Table.Name, d.lineScreen(t), 1)[0]
	}
	key := d.groupKey(`"claim_id"`)
	row := d.row(t.Table.Name, fmt.Sprintf(linesQuery, repeatedLines, key, lineBit("line_number"), "paid_amount", quote(t.Table.Name),
		d.groupKey(`"original_claim_id"`), cancellationCode, lineBit("c.line_number"), lineBits))
	if len(row) < 8 {
		return 0
	}
	suspects, _ := row[0].(int64)
	claims, _ := row[1].(int64)
	repeated, _ := row[2].(int64)
	rows, dollars := asCounts(row[3:5])
	if repeated >= repeatedClaims && repeated*repeatedOneOf > claims {
		d.add(repeatedAmounts(t, repeated, claims, rows, dollars))
	}
	lost, lostDollars := asCounts(row[5:7])
	if unsure, _ := row[7].(int64); unsure > 0 {
		lost, lostDollars = d.countLost(t)
	}
	d.lostOriginals(t, lost, lostDollars)
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
