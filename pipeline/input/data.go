package input

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// Querier runs a query that returns few rows. Values are nil, string, int64,
// bool, time.Time or decimal.Decimal.
type Querier interface {
	QueryRows(ctx context.Context, query string) (columns []string, rows [][]any, err error)
}

// Extract is what CheckData checks: tables bound in an engine as views of
// their names, with the contract's columns, absent ones as typed nulls.
type Extract struct {
	Years schemas.Years
	// Tables are those that are bound. Checks across tables are made where
	// all of them are here.
	Tables map[string]TableFooters
	// Small are the tables that ReadSmall read.
	Small map[string]*Rows
	// Scan is the text of a scan of files that also yields file_name and
	// file_row_number (from 0), to find a row that failed.
	Scan func(files []string) string
	// GroupKey, where given, turns an expression into a short one that is
	// equal for equal values, such as the engine's hash. It only screens:
	// what it suspects is proved on the values.
	GroupKey func(expression string) string
	// PlaceWarnings asks for the first row of each warning too, at the price of
	// a scan each. Errors are always placed.
	PlaceWarnings bool
	// Mapped tells that bene_id in the views differs from the files' (R25).
	// Each table then also has a view AsGiven, and the identifiers are mapped
	// by the relation Crosswalk.
	Mapped bool
}

// AsGiven ends the name of a view of a table's rows as its files have them.
// Crosswalk is the relation of identifiers, given, with the latest of each.
const (
	AsGiven   = "_as_given"
	Crosswalk = "mbi_current"
)

// Checkable leaves out the tables with an error among the findings: their
// columns cannot be bound.
func Checkable(tables map[string]TableFooters, findings []Finding) map[string]TableFooters {
	sound := map[string]TableFooters{}
	for name, t := range tables {
		bad := slices.ContainsFunc(findings, func(f Finding) bool { return f.Table == name && f.Severity == Error })
		if !bad && !t.Table.CSV && len(t.Files) > 0 {
			sound[name] = t
		}
	}
	return sound
}

// CheckData checks the large tables: the rows of each file, then keys and
// claims across the files of a table, then tables against each other.
func CheckData(ctx context.Context, q Querier, e Extract) ([]Finding, error) {
	d := dataCheck{Extract: e, ctx: ctx, q: q}
	for _, table := range schemas.Inputs() {
		t, ok := e.Tables[table.Name]
		if !ok || t.Rows == 0 {
			continue
		}
		d.rowChecks(t)
		d.acrossFiles(t)
	}
	d.people()
	d.enrollment()
	d.scores()
	d.windows()
	return d.findings, d.err
}

// acrossFiles checks what the rows of one table say of each other.
func (d *dataCheck) acrossFiles(t TableFooters) {
	d.keys(t)
	if slices.Contains(personClaims, t.Table.Name) {
		d.lostOriginals(t)
	}
}

// dataCheck gathers findings; after an error of the engine it asks no more.
type dataCheck struct {
	Extract
	ctx      context.Context
	q        Querier
	findings []Finding
	err      error
}

func (d *dataCheck) has(tables ...string) bool {
	return !slices.ContainsFunc(tables, func(name string) bool { return d.Tables[name].Rows == 0 })
}

// given names the view of a table's rows as its files have them.
func (d *dataCheck) given(t TableFooters) string {
	if d.Mapped {
		return quote(t.Table.Name + AsGiven)
	}
	return quote(t.Table.Name)
}

// row runs a query of one row.
func (d *dataCheck) row(what, query string) []any {
	if d.err != nil {
		return nil
	}
	_, rows, err := d.q.QueryRows(d.ctx, query)
	if err != nil {
		d.err = fmt.Errorf("check %s: %w", what, err)
		return nil
	}
	if len(rows) == 0 {
		return nil
	}
	return rows[0]
}

// counts runs a query of one row of counts.
func (d *dataCheck) counts(what, query string, columns int) []int64 {
	counts := make([]int64, columns)
	for i, v := range d.row(what, query) {
		counts[i], _ = v.(int64)
	}
	return counts
}

// countAndDollars runs a query of a count and, perhaps, a sum of dollars.
func (d *dataCheck) countAndDollars(what, query string) (int64, decimal.Decimal) {
	row := d.row(what, query)
	if len(row) == 0 {
		return 0, decimal.Decimal{}
	}
	n, _ := row[0].(int64)
	if len(row) < 2 {
		return n, decimal.Decimal{}
	}
	dollars, _ := row[1].(decimal.Decimal)
	return n, dollars
}

func (d *dataCheck) add(f Finding) { d.findings = append(d.findings, f) }

// quote writes a name for SQL.
func quote(name string) string { return `"` + name + `"` }

func quoted(names []string, prefix string) string {
	q := make([]string, len(names))
	for i, n := range names {
		q[i] = prefix + quote(n)
	}
	return strings.Join(q, ", ")
}

func (d *dataCheck) groupKey(expression string) string {
	if d.GroupKey == nil {
		return expression
	}
	return d.GroupKey(expression)
}

const (
	sumOfDollars = "cast(coalesce(sum(paid_amount), 0) as decimal(18, 2))"
	countOfRows  = "cast(count(*) as bigint)"
)

func (t TableFooters) hasDollars() bool { return t.Columns["paid_amount"] != Absent }
