package input

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"leadline/schemas"
)

// rowCheck is a check of rows, one by one. Bad is true of a wrong row, which it
// calls r where it asks for others. Settled tells that the footers rule wrong
// rows out already. Mapped tells that bad asks for a person, so that it needs
// the current identifier.
type rowCheck struct {
	check    string
	severity Severity
	column   string
	bad      string
	settled  bool
	mapped   bool
	rule     string
	noun     string // what a wrong row is called; empty: a row
	message  string
	remedy   string
}

// rowChecks checks the rows of one table's files, each row by itself: nothing
// that they find depends on another file.
//
// An engine asks a condition on one column of its dictionaries and statistics
// first, so that a query each is cheaper than one for all.
func (d *dataCheck) rowChecks(t TableFooters) {
	for _, c := range checksOf(t, d.Years.Performance) {
		if !c.settled {
			d.fail(t, c)
		}
	}
}

// fail counts a check's wrong rows and finds the first.
func (d *dataCheck) fail(t TableFooters, c rowCheck) {
	query, view := "select "+countOfRows, d.given(t)
	if t.hasDollars() {
		query += ", " + sumOfDollars
	}
	if c.mapped {
		view = quote(t.Table.Name)
	}
	rows, dollars := d.countAndDollars(t.Table.Name, query+" from "+view+" as r where "+c.bad)
	if rows == 0 {
		return
	}
	f := Finding{
		Check: c.check, Severity: c.severity, Table: t.Table.Name, Column: c.column, Rows: rows, Dollars: dollars,
		Rule: c.rule, Message: fmt.Sprintf("%s %s", plural(rows, cmp.Or(c.noun, "row")), c.message), Remedy: c.remedy,
	}
	if !c.mapped || !d.Mapped {
		d.locate(&f, t, c.bad)
	}
	d.add(f)
}

func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// checksOf derives the row checks of a table from its definition.
func checksOf(t TableFooters, performanceYear int) []rowCheck {
	var checks []rowCheck
	for _, c := range t.Table.Columns {
		if !t.Has(c.Name) {
			continue
		}
		if !c.MayBeNull() {
			checks = append(checks, nullCheck(t, c))
		}
		if c.Type == schemas.Varchar && len(c.Codes) == 0 && c.Form == schemas.FormNone && !c.MayBeNull() {
			checks = append(checks, blankCheck(c))
		}
		checks = append(checks, codeChecks(c)...)
		checks = append(checks, formChecks(t, c, performanceYear)...)
	}
	return append(checks, pairChecks(t)...)
}

func nullCheck(t TableFooters, c schemas.Column) rowCheck {
	return rowCheck{
		check: CheckNull, severity: Error, column: c.Name, rule: "contract 1",
		bad:     quote(c.Name) + " is null",
		settled: t.bounds[c.Name].noNulls,
		message: "without " + c.Name, remedy: "give a value in every row",
	}
}

// blankCheck finds texts of blanks. They sort before every printing character,
// so that an engine skips the row groups that hold none.
func blankCheck(c schemas.Column) rowCheck {
	return rowCheck{
		check: CheckNull, severity: Error, column: c.Name, rule: "contract 1",
		bad:     fmt.Sprintf("%[1]s < '!' and trim(%[1]s) = ''", quote(c.Name)),
		message: "with a blank " + c.Name, remedy: "give a value in every row",
	}
}

func codeChecks(c schemas.Column) []rowCheck {
	codes, check, severity := c.Codes, CheckCode, Error
	if len(c.Known) > 0 {
		codes, check, severity = c.Known, CheckUnknownValue, Warning
	}
	if len(codes) == 0 {
		return nil
	}
	return []rowCheck{{
		check: check, severity: severity, column: c.Name, rule: "contract 1",
		bad:     fmt.Sprintf("%s not in ('%s')", quote(c.Name), strings.Join(codes, "', '")),
		message: fmt.Sprintf("whose %s is none of %s", c.Name, strings.Join(codes, ", ")),
		remedy:  "correct the code, or leave these rows out at the source",
	}}
}

// pairChecks are the row checks that look at two columns.
func pairChecks(t TableFooters) []rowCheck {
	switch {
	case t.Table.Name == "enrollment_span":
		return []rowCheck{{
			check: CheckSpanReversed, severity: Warning, column: "end_date", rule: "contract 1", bad: "end_date < start_date",
			message: "that end before they start; they make no month", remedy: "correct the dates",
		}}
	case slices.Contains(personClaims, t.Table.Name):
		return append(amountChecks(t), rowCheck{
			check: CheckDatesReversed, severity: Warning, column: "from_date", rule: "R2", bad: "from_date > thru_date",
			message: "whose from_date lies after thru_date", remedy: "correct the dates; thru_date is the service date",
		})
	}
	return nil
}
