package input

import (
	"fmt"
	"slices"
	"strings"

	"leadline/schemas"
)

// rowCheck is a check of single rows. Bad is true of a wrong row. Screen is a
// cheap expression over the table's counts and extremes, above zero wherever
// a row may be wrong. Settled tells that the footers rule that out already.
type rowCheck struct {
	check    string
	severity Severity
	column   string
	bad      string
	screen   string
	settled  bool
	rule     string
	message  string
	remedy   string
}

// rowChecks screens all rows of a table in one query, and counts and locates
// what failed.
func (d *dataCheck) rowChecks(t TableFooters) {
	checks := slices.DeleteFunc(checksOf(t, d.Years.Performance), func(c rowCheck) bool { return c.settled })
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

// screenQuery asks for every check's screen at once, and for the counts and
// extremes that the screens use.
func screenQuery(t TableFooters, checks []rowCheck) string {
	screens := make([]string, len(checks))
	for i, c := range checks {
		screens[i] = fmt.Sprintf("cast(coalesce(%s, 0) as bigint) as c%d", c.screen, i)
	}
	used := strings.Join(screens, ", ")
	extremes := []string{"count(*) as row_count"}
	for _, c := range t.Table.Columns {
		for _, f := range []string{"count", "min", "max"} {
			if name := quote(c.Name + "_" + f); strings.Contains(used, name) {
				extremes = append(extremes, fmt.Sprintf("%s(%s) as %s", f, quote(c.Name), name))
			}
		}
	}
	return fmt.Sprintf("select %s from (select %s from %s) as extremes", used, strings.Join(extremes, ", "), quote(t.Table.Name))
}

// checksOf derives the row checks of a table from its definition.
func checksOf(t TableFooters, performanceYear int) []rowCheck {
	var checks []rowCheck
	for _, c := range t.Table.Columns {
		if t.Columns[c.Name] == Absent {
			continue
		}
		if !c.MayBeNull() {
			checks = append(checks, nullCheck(t, c))
		}
		if c.Type == schemas.Varchar && len(c.Codes) == 0 && c.Form == schemas.FormNone && !c.MayBeNull() {
			checks = append(checks, blankCheck(t.Table, c))
		}
		checks = append(checks, codeChecks(t.Table, c)...)
		checks = append(checks, formChecks(t, c, performanceYear)...)
	}
	return append(checks, amountChecks(t)...)
}

func nullCheck(t TableFooters, c schemas.Column) rowCheck {
	return rowCheck{
		check: CheckNull, severity: Error, column: c.Name, rule: "contract 1",
		bad:     quote(c.Name) + " is null",
		screen:  "row_count - " + quote(c.Name+"_count"),
		settled: t.bounds[c.Name].noNulls,
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
// dictionaries. It counts by a sum, since an engine may move a condition
// below the grouping, to every row.
func distinctScreen(t schemas.Table, column, bad string) string {
	return fmt.Sprintf("(select sum(case when %s then 1 else 0 end) from (select %s from %s group by %s) as found)",
		bad, quote(column), quote(t.Name), quote(column))
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
