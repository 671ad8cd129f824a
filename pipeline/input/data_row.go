package input

import (
	"fmt"
	"strings"

	"leadline/schemas"
)

// rowCheck is a check of single rows. Bad is true of a wrong row. Screen is a
// cheap expression over the table's bounds, above zero wherever a row may be
// wrong.
type rowCheck struct {
	check    string
	severity Severity
	column   string
	bad      string
	screen   string
	rule     string
	message  string
	remedy   string
}

// rowChecks screens all rows of a table in one query, and counts and locates
// what failed.
func (d *dataCheck) rowChecks(t TableFooters) {
	checks := checksOf(t, d.Years.Performance)
	if len(checks) == 0 {
		return
	}
	counts := d.counts(t.Table.Name, screenQuery(t, checks), len(checks))
	for i, c := range checks {
		if counts[i] > 0 {
			d.fail(t, c)
		}
	}
}

// fail counts a check's wrong rows and finds the first.
func (d *dataCheck) fail(t TableFooters, c rowCheck) {
	query := "select " + countOfRows
	if t.hasDollars() {
		query += ", " + sumOfDollars
	}
	rows, dollars := d.countAndDollars(t.Table.Name, query+" from "+quote(t.Table.Name)+" where "+c.bad)
	if rows == 0 {
		return
	}
	f := Finding{
		Check: c.check, Severity: c.severity, Table: t.Table.Name, Column: c.column, Rows: rows, Dollars: dollars,
		Rule: c.rule, Message: fmt.Sprintf("%s %s", plural(rows, "row"), c.message), Remedy: c.remedy,
	}
	d.locate(&f, t, c.bad)
	d.add(f)
}

func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// screenQuery asks for every check's screen at once. The inner query holds
// counts and extremes only, which an engine can answer from footers.
func screenQuery(t TableFooters, checks []rowCheck) string {
	screens := make([]string, len(checks))
	for i, c := range checks {
		screens[i] = fmt.Sprintf("cast(coalesce(%s, 0) as bigint) as c%d", c.screen, i)
	}
	bounds := []string{"count(*) as row_count"}
	for _, c := range t.Table.Columns {
		if t.Columns[c.Name] == Absent {
			continue
		}
		bounds = append(bounds, fmt.Sprintf("count(%s) as %s", quote(c.Name), quote(c.Name+"_count")))
		switch c.Type.Kind {
		case schemas.KindDate, schemas.KindInteger, schemas.KindDecimal:
			bounds = append(bounds,
				fmt.Sprintf("min(%s) as %s", quote(c.Name), quote(c.Name+"_min")),
				fmt.Sprintf("max(%s) as %s", quote(c.Name), quote(c.Name+"_max")))
		}
	}
	return fmt.Sprintf("select %s from (select %s from %s) as bounds",
		strings.Join(screens, ", "), strings.Join(bounds, ", "), quote(t.Table.Name))
}

// checksOf derives the row checks of a table from its definition.
func checksOf(t TableFooters, performanceYear int) []rowCheck {
	var checks []rowCheck
	for _, c := range t.Table.Columns {
		if t.Columns[c.Name] == Absent {
			continue
		}
		if !c.MayBeNull() {
			checks = append(checks, nullCheck(c))
		}
		if c.Type == schemas.Varchar && len(c.Codes) == 0 && c.Form == schemas.FormNone && !c.MayBeNull() {
			checks = append(checks, blankCheck(t.Table, c))
		}
		checks = append(checks, codeChecks(t.Table, c)...)
		checks = append(checks, formChecks(t.Table, c, performanceYear)...)
	}
	return append(checks, amountChecks(t)...)
}

func nullCheck(c schemas.Column) rowCheck {
	return rowCheck{
		check: CheckNull, severity: Error, column: c.Name, rule: "contract 1",
		bad:     quote(c.Name) + " is null",
		screen:  "row_count - " + quote(c.Name+"_count"),
		message: "without " + c.Name, remedy: "give a value in every row",
	}
}

// blankCheck finds texts of blanks. They sort before every printing character,
// so that an engine skips the row groups that hold none.
func blankCheck(t schemas.Table, c schemas.Column) rowCheck {
	return rowCheck{
		check: CheckNull, severity: Error, column: c.Name, rule: "contract 1",
		bad:     "trim(" + quote(c.Name) + ") = ''",
		screen:  fmt.Sprintf("(select count(*) from %s where %s < '!')", quote(t.Name), quote(c.Name)),
		message: "with a blank " + c.Name, remedy: "give a value in every row",
	}
}

// distinctScreen looks at a column's distinct values: few, and kept in
// dictionaries.
func distinctScreen(t schemas.Table, column, bad string) string {
	return fmt.Sprintf("(select count(*) from (select %s from %s group by %s) as found where %s)",
		quote(column), quote(t.Name), quote(column), bad)
}

func codeChecks(t schemas.Table, c schemas.Column) []rowCheck {
	codes, check, severity := c.Codes, CheckCode, Error
	if len(c.Known) > 0 {
		codes, check, severity = c.Known, CheckUnknownValue, Warning
	}
	if len(codes) == 0 {
		return nil
	}
	bad := fmt.Sprintf("%s not in ('%s')", quote(c.Name), strings.Join(codes, "', '"))
	return []rowCheck{{
		check: check, severity: severity, column: c.Name, rule: "contract 1", bad: bad,
		screen:  distinctScreen(t, c.Name, bad),
		message: fmt.Sprintf("whose %s is none of %s", c.Name, strings.Join(codes, ", ")),
		remedy:  "correct the code, or leave these rows out at the source",
	}}
}
