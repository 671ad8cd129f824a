package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"leadline/alignment"
	"leadline/benchmark"
	"leadline/pipeline/compare"
	"leadline/pipeline/engine"
	"leadline/schemas"
)

// questions drops many TINs, each alone, in one pass of the steps.
//
// For each TIN, everyone for whom it billed stands twice in what the steps read:
// once with the list as it is, once without the TIN. A tag before every
// identifier (of people, billing numbers and ACOs) keeps the questions apart, so
// that the steps run as they are; without the TIN, its billing number gets a
// blank at its end, and so meets no row of the list, while its place in the order
// of ties stays the same.
type questions struct {
	*computation
	listed  []ListedTIN
	columns map[string][]string
	lost    map[lostKey]lostPeople
}

type lostKey struct {
	question    string
	alignedYear int64
}

// lostPeople are those who are the ACO's with the TIN and not without it.
type lostPeople struct {
	people, months int64
	dollars        decimal.Decimal
}

// The marks of the two sides of a question, and the length of a tag: mark,
// number, bar.
const (
	withTIN    = "w"
	withoutTIN = "o"
	tagLength  = 8
)

func tag(mark string, question int) string { return fmt.Sprintf("%s%06d|", mark, question) }

// allQuestions is what the results of all questions are called.
const allQuestions = "all_"

// askAtOnce runs the steps for all questions.
func (q *questions) askAtOnce(ctx context.Context) error {
	if err := q.widen(ctx); err != nil {
		return err
	}
	if err := q.loadQuestions(ctx); err != nil {
		return err
	}
	if err := q.clear(ctx); err != nil {
		return err
	}
	for _, name := range q.readOfPeople(q.graph.groupSteps()) {
		if err := q.double(ctx, name); err != nil {
			return err
		}
	}
	if err := q.doubleLists(ctx); err != nil {
		return err
	}
	steps := slices.DeleteFunc(q.graph.groupSteps(), func(s schemas.Step) bool { return strings.HasPrefix(s.Name, "set_aside_") })
	for _, s := range append(steps, q.carried) {
		if _, err := q.materialise(ctx, s); err != nil {
			return err
		}
	}
	if err := q.countLost(ctx); err != nil {
		return err
	}
	for _, s := range q.merged() {
		if err := q.sortByQuestion(ctx, s.Name); err != nil {
			return err
		}
	}
	return nil
}

// sortByQuestion puts each question's rows of a result together, their tag in a
// column of its own: an answer then reads few of them.
func (q *questions) sortByQuestion(ctx context.Context, name string) error {
	columns, err := q.columnsOf(ctx, name)
	if err != nil {
		return err
	}
	bare := map[string]string{}
	for _, c := range []string{"aco_id", "bene_id"} {
		bare[c] = fmt.Sprintf("substr(r.%s, %d)", c, tagLength+1)
	}
	_, err = q.engine.Materialise(ctx, allQuestions+name, fmt.Sprintf("select substr(r.aco_id, 1, %d) as tag, %s from %s as r order by tag",
		tagLength, selected(columns, bare), name))
	return err
}

// merged are the results that a benchmark rests on.
func (q *questions) merged() []schemas.Step {
	return slices.DeleteFunc(q.graph.groupResults(), func(s schemas.Step) bool { return strings.HasPrefix(s.Name, "set_aside_") })
}

// loadQuestions makes the table `asked`: a row for each side of a question and
// person whom it touches.
func (q *questions) loadQuestions(ctx context.Context) error {
	text := func(name string) schemas.Column { return schemas.Column{Name: name, Type: schemas.Varchar} }
	r := schemas.Relation{Name: "question", Columns: []schemas.Column{text("tag"), text("mark"), text("billing_number"), text("aco_id")}}
	for i, l := range q.listed {
		for _, mark := range []string{withTIN, withoutTIN} {
			r.Rows = append(r.Rows, []any{tag(mark, i), mark, alignment.BillingTIN(l.TIN), l.ACO})
		}
	}
	if err := q.engine.Load(ctx, r); err != nil {
		return err
	}
	_, err := q.engine.Materialise(ctx, "asked", `
select distinct q.tag, q.mark, q.billing_number, s.bene_id
from service_summary as s
join question as q
  on q.billing_number = s.billing_number`)
	return err
}

// columnsOf are the columns of a table or view.
func (q *questions) columnsOf(ctx context.Context, name string) ([]string, error) {
	if known, ok := q.columns[name]; ok {
		return known, nil
	}
	result, err := q.engine.Query(ctx, "select * from "+name+" where 1 = 0")
	if err != nil {
		return nil, err
	}
	defer result.Release()
	q.columns[name] = result.Columns()
	return result.Columns(), nil
}

// selected lists columns of r, some written otherwise.
func selected(columns []string, otherwise map[string]string) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = "r." + c
		if expression, ok := otherwise[c]; ok {
			list[i] = expression + " as " + c
		}
	}
	return strings.Join(list, ", ")
}

// double gives the rows of everyone who is asked about, once for each side.
func (q *questions) double(ctx context.Context, name string) error {
	columns, err := q.columnsOf(ctx, name+ofAll)
	if err != nil {
		return err
	}
	query := "select " + selected(columns, map[string]string{
		"bene_id":        "t.tag || r.bene_id",
		"billing_number": "t.tag || r.billing_number || case when t.mark = '" + withoutTIN + "' and r.billing_number = t.billing_number then ' ' else '' end",
	}) + " from " + name + ofAll + " as r join asked as t on t.bene_id = r.bene_id"
	if err := q.engine.Drop(ctx, name); err != nil {
		return err
	}
	_, err = q.engine.Materialise(ctx, name, query)
	return err
}

// doubleLists gives every side the whole list, and the designations of those who
// are asked about.
func (q *questions) doubleLists(ctx context.Context) error {
	tagged := map[string]string{"bene_id": "t.tag || r.bene_id", "aco_id": "t.tag || r.aco_id", "billing_number": "t.tag || r.billing_number"}
	for _, name := range listRelations {
		r := q.relations[name]
		var columns []string
		for _, c := range r.Columns {
			columns = append(columns, c.Name)
		}
		const listed = "_listed"
		query := "select " + selected(columns, tagged) + " from " + name + listed + " as r "
		if slices.Contains(columns, "bene_id") {
			query += "join asked as t on t.bene_id = r.bene_id"
		} else {
			query += "cross join (select tag from question) as t"
		}
		r.Name = name + listed
		if err := q.engine.Load(ctx, r); err != nil {
			return err
		}
		if err := q.engine.Drop(ctx, name); err != nil {
			return err
		}
		if _, err := q.engine.Materialise(ctx, name, query); err != nil {
			return err
		}
	}
	return nil
}

// countLost counts whom each ACO would lose.
func (q *questions) countLost(ctx context.Context) error {
	q.lost = map[lostKey]lostPeople{}
	return q.each(ctx, fmt.Sprintf(`
with side as (
    select
        substr(bene_id, 1, 1) as mark,
        substr(bene_id, 2, %[1]d) as question,
        substr(bene_id, %[2]d) as bene_id,
        aligned_year,
        substr(aco_id, %[2]d) as aco_id,
        months,
        dollars
    from aligned_total
)
select
    w.question,
    w.aligned_year,
    cast(count(*) as bigint) as people,
    cast(sum(w.months) as bigint) as months,
    cast(sum(w.dollars) as decimal(18, 2)) as dollars
from side as w
join question as q
  on  q.tag = w.mark || w.question
  and q.aco_id = w.aco_id
left join side as o
  on  o.mark = '%[3]s'
  and o.question = w.question
  and o.bene_id = w.bene_id
  and o.aligned_year = w.aligned_year
where w.mark = '%[4]s'
  and o.aco_id is distinct from w.aco_id
group by w.question, w.aligned_year`, tagLength-1, tagLength+1, withoutTIN, withTIN), func(r engine.Row) error {
		q.lost[lostKey{r.Text("question"), r.Int("aligned_year")}] = lostPeople{r.Int("people"), r.Int("months"), r.Decimal("dollars")}
		return nil
	})
}

// answer is what one TIN brings: rows of tin_contribution.
func (q *questions) answer(ctx context.Context, parameters schemas.Parameters, question int) ([]compare.Contribution, error) {
	l := q.listed[question]
	for _, k := range q.groups {
		if slices.ContainsFunc(q.merged(), func(s schemas.Step) bool { return s.Name == k.step.Name }) {
			if err := q.mergeOne(ctx, k, question); err != nil {
				return nil, err
			}
		}
	}
	next := *q.computation
	next.results = results{}
	next.extract.aligns.Participants = slices.DeleteFunc(slices.Clone(q.extract.aligns.Participants), func(p alignment.Participant) bool {
		return p.TIN == l.TIN && p.ACO == l.ACO
	})
	if err := inTurn(ctx, next.collectExposure, next.collectCounties, next.collectExpenditure, next.collectPeople); err != nil {
		return nil, err
	}
	var err error
	if next.results.benchmark, err = benchmark.Compute(onlyOf(next.benchmarkInput(), l.ACO), parameters); err != nil {
		return nil, err
	}
	with, err := q.standing(parameters, l.ACO)
	if err != nil {
		return nil, err
	}
	without, err := next.standing(parameters, l.ACO)
	if err != nil {
		return nil, err
	}
	var rows []compare.Contribution
	for _, year := range q.extract.years.Aligned() {
		k := compare.Contribution{ACO: l.ACO, TIN: l.TIN, AlignedYear: year, With: with, Without: without}
		if lost, some := q.lost[lostKey{tag(withTIN, question)[1:], int64(year)}]; some {
			k.Beneficiaries, k.Months, k.Dollars = lost.people, lost.months, lost.dollars
		}
		rows = append(rows, k)
	}
	return rows, nil
}

// mergeOne puts one question's difference on what is kept for everyone.
func (q *questions) mergeOne(ctx context.Context, k kept, question int) error {
	name := k.step.Name
	for _, side := range []struct{ prefix, mark string }{{before, withTIN}, {after, withoutTIN}} {
		query := fmt.Sprintf("select %s from %s as r where r.tag = '%s'",
			selected(q.columns[name], nil), allQuestions+name, tag(side.mark, question))
		if err := q.engine.View(ctx, side.prefix+name, query); err != nil {
			return err
		}
	}
	touched := fmt.Sprintf("select bene_id from asked where tag = '%s'", tag(withTIN, question))
	return inTurn(ctx,
		func(ctx context.Context) error { return q.engine.View(ctx, q.touched.Name, touched) },
		func(ctx context.Context) error { return q.engine.Drop(ctx, name) },
		func(ctx context.Context) error { return q.merge(ctx, k) },
	)
}

// onlyOf leaves one ACO in what benchmarks are computed from.
func onlyOf(in benchmark.Input, aco string) benchmark.Input {
	in.ACOs = slices.DeleteFunc(in.ACOs, func(a benchmark.ACO) bool { return a.ID != aco })
	in.Exposure = slices.DeleteFunc(in.Exposure, func(e benchmark.Exposure) bool { return e.ACO != aco })
	in.CountyExposure = slices.DeleteFunc(in.CountyExposure, func(e benchmark.CountyExposure) bool { return e.ACO != aco })
	in.Expenditure = slices.DeleteFunc(in.Expenditure, func(e benchmark.Expenditure) bool { return e.ACO != aco })
	return in
}
