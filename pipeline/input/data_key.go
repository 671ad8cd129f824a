package input

import (
	"fmt"
	"slices"
)

// keys proves a table's key unique.
func (d *dataCheck) keys(t TableFooters) {
	var suspects int64
	switch {
	case slices.Equal(t.Table.Key, []string{"claim_id", "line_number"}):
		suspects = d.linesOfClaims(t)
	case slices.Equal(t.Table.Key, []string{"bene_id", "month"}):
		suspects = d.monthsOfPeople(t)
	default:
		suspects = d.counts(t.Table.Name, d.keyScreen(t), 1)[0]
	}
	if suspects > 0 {
		d.duplicates(t)
	}
}

// duplicates settles a suspicion on the keys' values.
func (d *dataCheck) duplicates(t TableFooters) {
	names := quoted(t.Table.Key, "")
	counts := d.counts(t.Table.Name, fmt.Sprintf(
		"select cast(count(*) as bigint) as keys, cast(coalesce(sum(row_count), 0) as bigint) as row_count from (%s) as repeated",
		d.repeatedKeys(t, countOfRows+" as row_count")), 2)
	if counts[0] == 0 {
		return
	}
	f := Finding{
		Check: CheckDuplicateKey, Severity: Error, Table: t.Table.Name, Rows: counts[1], Rule: "contract 1",
		Message: fmt.Sprintf("%s share %s; the key is %s", plural(counts[1], "row"), plural(counts[0], "key"), joined(t.Table.Key)),
		Remedy:  keyRemedy(t.Table.Name),
	}
	if !d.Mapped || !slices.Contains(t.Table.Key, "bene_id") {
		d.locate(&f, t, fmt.Sprintf("(%s) in (%s)", names, d.repeatedKeys(t, "")))
	}
	d.add(f)
}

// keyed names the view in which a table's key is its contract's: the rows as
// given, unless a person is part of the key.
func (d *dataCheck) keyed(t TableFooters) string {
	if slices.Contains(t.Table.Key, "bene_id") {
		return quote(t.Table.Name)
	}
	return d.given(t)
}

// repeatedKeys selects the keys that more than one row has. Null keys are
// another finding's.
func (d *dataCheck) repeatedKeys(t TableFooters, more string) string {
	if more != "" {
		more = ", " + more
	}
	names := quoted(t.Table.Key, "")
	return fmt.Sprintf("select %s%s from %s group by %s having count(*) > 1", names, more, d.keyed(t), names)
}

func keyRemedy(table string) string {
	switch table {
	case "institutional_claim":
		return "keep one row a claim: payments repeated on every line or segment would count more than once"
	case "professional_claim_line":
		return "number the lines of each claim apart, and give each file once"
	case "enrollment_month":
		return "keep one row a beneficiary and month, and give each file once"
	}
	return "keep one row a key, and give each file once"
}

// keyScreen counts suspects: groups of which two rows may share the key.
func (d *dataCheck) keyScreen(t TableFooters) string {
	if len(t.Table.Key) == 1 {
		key := d.groupKey(quote(t.Table.Key[0]))
		return fmt.Sprintf("select cast(count(*) as bigint) as suspects from (select %s as grouped from %s group by %s having count(*) > 1) as repeated",
			key, d.keyed(t), key)
	}
	return fmt.Sprintf("select cast(count(*) as bigint) as suspects from (%s) as repeated", d.repeatedKeys(t, ""))
}

// The lines of a claim and the months of a beneficiary are few and small
// numbers, so they are kept as bits: a group has as many bits as rows, unless
// two rows are equal, or too far apart for the bits, which the values settle.

// lineScreen is the screen of lines by claim.
func (d *dataCheck) lineScreen(t TableFooters) string {
	key := d.groupKey(`"claim_id"`)
	return fmt.Sprintf("select cast(count(*) as bigint) as suspects from (select %s as grouped, count(*) as row_count, bit_count(bit_or(%s)) as bits from %s group by %s) as claims where row_count <> bits",
		key, lineBit, d.given(t), key)
}

// lineBit is the bit of a line's number, one of 62.
const lineBit = "cast(1 as bigint) << cast(abs(line_number) % 62 as integer)"

// monthBits are two times sixty bits, ten years of months.
const (
	monthBit  = `cast(1 as bigint) << cast((extract(year from "month") % 5) * 12 + extract(month from "month") - 1 as integer)`
	earlyHalf = `extract(year from "month") % 10 < 5`
	monthBits = "bit_count(bit_or(case when " + earlyHalf + " then " + monthBit + " else cast(0 as bigint) end))" +
		" + bit_count(bit_or(case when " + earlyHalf + " then cast(0 as bigint) else " + monthBit + " end))"
)
