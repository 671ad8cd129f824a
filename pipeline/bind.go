package pipeline

import (
	"context"
	"fmt"
	"strings"
	"time"

	"leadline/pipeline/engine"
	"leadline/pipeline/input"
	"leadline/schemas"
)

// asMapped is what the table of those rows is called that the crosswalk
// touches.
const asMapped = "_as_mapped"

// binding makes a view of each large table of the contract, named as the table,
// with exactly its columns, when it is first asked for. A table that is not
// given is an empty relation.
type binding struct {
	engine  engine.Engine
	extract extract
	bound   map[string]bool
}

func newBinding(e engine.Engine, x extract) *binding {
	return &binding{engine: e, extract: x, bound: map[string]bool{}}
}

// all binds every large table as it is given.
func (b *binding) all(ctx context.Context) error {
	for _, t := range schemas.Inputs() {
		if err := b.given(ctx, t.Name); err != nil {
			return err
		}
	}
	return nil
}

// given binds a table as it is given: months of enrollment that are derived
// from spans are an empty relation. Small tables are not the engine's.
func (b *binding) given(ctx context.Context, name string) error {
	t, known := schemas.Input(name)
	if !known || t.CSV || b.bound[name] {
		return nil
	}
	if err := b.crosswalk(ctx); err != nil {
		return err
	}
	b.bound[name] = true
	return bindTable(ctx, b.engine, t, b.extract.footers, b.isMapped())
}

// file binds one file of a table as the table, in a session of its own.
func (b *binding) file(ctx context.Context, session engine.Engine, name string, file input.FileFooter) error {
	t, _ := schemas.Input(name)
	return bindTable(ctx, session, t, map[string]input.TableFooters{name: b.extract.footers[name].Only(file)}, b.isMapped())
}

func (b *binding) isMapped() bool { return len(b.extract.current) > 0 }

// crosswalk makes the crosswalk readable, if one is given.
func (b *binding) crosswalk(ctx context.Context) error {
	if !b.isMapped() || b.bound[input.Crosswalk] {
		return nil
	}
	b.bound[input.Crosswalk] = true
	return b.engine.Load(ctx, crosswalkRelation(b.extract.current))
}

// read binds what a step reads under a table's name: months of enrollment may
// be derived.
func (b *binding) read(ctx context.Context, name string) error {
	_, spans := b.extract.footers["enrollment_span"]
	const derived = "enrollment_month derived"
	if name != "enrollment_month" || !spans {
		return b.given(ctx, name)
	}
	if b.bound[derived] {
		return nil
	}
	b.bound[derived] = true
	if err := b.given(ctx, "enrollment_span"); err != nil {
		return err
	}
	return deriveMonths(ctx, b.engine, b.extract.years)
}

func bindTable(ctx context.Context, e engine.Engine, t schemas.Table, footers map[string]input.TableFooters, isMapped bool) error {
	f, given := footers[t.Name]
	if !given || len(f.Files) == 0 {
		return e.Load(ctx, schemas.Relation{Name: t.Name, Columns: t.Columns})
	}
	d := dataset(t, f)
	if !isMapped {
		return e.Bind(ctx, t.Name, d)
	}
	if err := e.Bind(ctx, t.Name+input.AsGiven, d); err != nil {
		return err
	}
	if _, hasPerson := t.Column("bene_id"); hasPerson && !isClaims(t) {
		if _, err := e.Materialise(ctx, t.Name+asMapped, mappedRows(t)); err != nil {
			return err
		}
	}
	return e.View(ctx, t.Name, mappedQuery(t))
}

// dataset is a table's files with exactly the contract's columns.
func dataset(t schemas.Table, f input.TableFooters) engine.Dataset {
	d := engine.Dataset{Files: f.Paths()}
	for _, c := range t.Columns {
		b := engine.BoundColumn{Name: c.Name, Type: c.Type, Absent: !f.Has(c.Name)}
		if c.Form == schemas.FormTIN { // R25
			b.Expression = input.TINExpression(c.Name)
		}
		d.Columns = append(d.Columns, b)
	}
	return d
}

// mappedQuery gives every row its current identifier. Rows of people, not of
// claims, that become identical by it are one row.
//
// Reading: R25.
func mappedQuery(t schemas.Table) string {
	given := names(t, "t.bene_id")
	from := " from " + t.Name + input.AsGiven + " as t"
	if _, hasPerson := t.Column("bene_id"); !hasPerson {
		return "select " + given + from
	}
	crosswalk := " join " + input.Crosswalk + " as x on x.given = t.bene_id"
	if isClaims(t) {
		return "select " + names(t, "coalesce(x.latest, t.bene_id) as bene_id") + from + " left" + crosswalk
	}
	return "select " + given + from + " left" + crosswalk + " where x.given is null union all select " +
		given + " from " + t.Name + asMapped + " as t"
}

// mappedRows are the rows of people whom the crosswalk touches, few and read
// once: only they are compared.
func mappedRows(t schemas.Table) string {
	return "select distinct " + names(t, "x.latest as bene_id") + " from " + t.Name + input.AsGiven +
		" as t join " + input.Crosswalk + " as x on x.given = t.bene_id"
}

func isClaims(t schemas.Table) bool { return strings.Contains(t.Name, "claim") }

// names lists a table's columns, with another expression for the person's.
func names(t schemas.Table, person string) string {
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = "t." + c.Name
		if c.Name == "bene_id" {
			columns[i] = person
		}
	}
	return strings.Join(columns, ", ")
}

// crosswalkRelation lists every identifier of the crosswalk with the one that
// is current, which stands for itself.
func crosswalkRelation(current map[string]string) schemas.Relation {
	r := schemas.Relation{Name: input.Crosswalk, Columns: []schemas.Column{
		{Name: "given", Type: schemas.Varchar}, {Name: "latest", Type: schemas.Varchar},
	}}
	all := map[string]string{}
	for old, latest := range current {
		all[old], all[latest] = latest, latest
	}
	for given, latest := range all {
		r.Rows = append(r.Rows, []any{given, latest})
	}
	return r
}

// deriveMonths turns spans of enrollment into months: a month is covered if
// its first day lies in the span. An open end reaches to December of the
// performance year.
func deriveMonths(ctx context.Context, e engine.Engine, years schemas.Years) error {
	calendar := schemas.Relation{Name: "calendar_month", Columns: []schemas.Column{{Name: "month", Type: schemas.Date}}}
	for year := years.Base()[0] - 1; year <= years.Performance; year++ {
		for m := time.January; m <= time.December; m++ {
			calendar.Rows = append(calendar.Rows, []any{schemas.FirstOf(year, m)})
		}
	}
	if err := e.Load(ctx, calendar); err != nil {
		return err
	}
	month, _ := schemas.Input("enrollment_month")
	columns := make([]string, len(month.Columns))
	for i, c := range month.Columns {
		columns[i] = "s." + c.Name
		if c.Name == "month" {
			columns[i] = "m.month"
		}
	}
	if err := e.Drop(ctx, month.Name); err != nil {
		return err
	}
	_, err := e.Materialise(ctx, month.Name, fmt.Sprintf(
		"select %s from enrollment_span as s join calendar_month as m on m.month >= s.start_date and (s.end_date is null or m.month <= s.end_date)",
		strings.Join(columns, ", ")))
	return err
}

// enrollmentSpan asks what the enrollment holds (R5, R11).
func enrollmentSpan(ctx context.Context, e engine.Engine, performanceYear int) (schemas.Span, error) {
	var s schemas.Span
	result, err := e.Query(ctx, fmt.Sprintf(`
select
    max(month) as last_month,
    max(case when year(month) < %[1]d then month end) as last_before,
    max(case when year(month) = %[1]d then month end) as last_performing,
    cast(count(distinct case when year(month) = %[1]d then month end) as bigint) as held
from enrollment_month`, performanceYear))
	if err != nil {
		return s, fmt.Errorf("span of enrollment: %w", err)
	}
	defer result.Release()
	err = result.Each(func(r engine.Row) error {
		s = schemas.Span{
			LastMonth:                 r.Date("last_month"),
			LastMonthBeforePerforming: r.Date("last_before"),
			LastPerformanceMonth:      r.Date("last_performing"),
			PerformanceMonths:         int(r.Int("held")),
		}
		return nil
	})
	return s, err
}

// firstClaim is the service date of the extract's first claim.
func firstClaim(ctx context.Context, e engine.Engine, footers map[string]input.TableFooters) (time.Time, error) {
	var first time.Time
	for _, table := range []string{"professional_claim_line", "institutional_claim"} {
		date, err := input.FirstDate(ctx, querier{e}, footers[table])
		if err != nil {
			return first, err
		}
		if first.IsZero() || !date.IsZero() && date.Before(first) {
			first = date
		}
	}
	return first, nil
}
