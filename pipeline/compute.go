package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"leadline/aggregate"
	"leadline/alignment"
	"leadline/benchmark"
	"leadline/pipeline/cache"
	"leadline/pipeline/engine"
	"leadline/pipeline/input"
	"leadline/schemas"
)

// extract is an extract that was checked and bound.
type extract struct {
	footers map[string]input.TableFooters
	lists   lists
	aligns  alignment.Lists   // the small inputs of alignment
	current map[string]string // identifiers by their earlier ones (R25)
	years   schemas.Years
	span    schemas.Span
	binding *binding
}

// results are what the engine computed and Go completed.
type results struct {
	exposure     []benchmark.Exposure
	exposureRows [][]any
	county       []benchmark.CountyExposure
	countyRows   [][]any
	expenditure  []aggregate.Expenditure
	identities   []aggregate.Identity
	people       []benchmark.AlignedPeople
	benchmark    benchmark.Result
}

// computation runs the SQL steps of one run over a bound extract.
type computation struct {
	*stages
	changeSteps
	engine     engine.Engine
	store      *cache.Store
	publish    Publish
	graph      graph
	lineage    *lineage
	reasons    reasons
	extract    extract
	parameters *schemas.ParameterReader
	alignment  alignment.Settings
	aggregate  aggregate.Settings

	relations    map[string]schemas.Relation
	loaded       map[string]bool // relations
	wide         map[string]bool // names of which everyone's rows stand apart
	forgotten    map[string]bool // results that were dropped
	keepsNothing bool            // a question: its list is nobody's
	threads      int             // of the engine
	keepsAll     bool            // a test looks at everything
	isDry        bool            // a plan: nothing is run or kept
	summaries    []kept
	parts        []*parts // what was looked for of files, to make summaries of
	groups       []kept
	last         *memory // of the run before, if the cache has it
	follows      string  // the run that readers see
	hasEarlier   bool    // what the last run gave is there to compare with
	isRealigned  bool    // the steps that need the list were run
	isMerged     bool    // of what the last run kept and of what the touched people give
	results      results
}

// newComputation resolves the settings and makes the small relations.
func (p *prepared) newComputation(ctx context.Context, e engine.Engine, x extract) (*computation, error) {
	f, err := p.facts(ctx, e, x)
	if err != nil {
		return nil, err
	}
	x.span = f.Span
	c := &computation{
		threads: cmp.Or(p.request.Config.Threads, runtime.GOMAXPROCS(0)),
		stages:  p.stages, engine: e, store: p.store, publish: p.request.Config.Publish, extract: x,
		parameters: p.parameters.Reader(x.years.Performance),
		loaded:     map[string]bool{}, wide: map[string]bool{}, forgotten: map[string]bool{},
	}
	if err := c.settings(f.FirstClaim); err != nil {
		return nil, &ExitError{Code: ExitConfig, Err: err}
	}
	c.relations = c.relationsOf(x.aligns)
	if c.graph, err = newGraph(); err != nil {
		return nil, err
	}
	if c.changeSteps, err = newChangeSteps(); err != nil {
		return nil, err
	}
	c.lineage = newLineage(c.graph, c.relations, p.made, e, p.files, len(x.current) > 0)
	if c.last, c.follows, err = p.lastRun(); err != nil {
		return nil, err
	}
	c.reasons = reasons{c.last, c.lineage}
	return c, nil
}

// relationsOf are the small relations that steps read, for some lists.
func (c *computation) relationsOf(lists alignment.Lists) map[string]schemas.Relation {
	all := map[string]schemas.Relation{}
	for _, r := range slices.Concat(alignment.Relations(c.alignment, lists), aggregate.Relations(c.aggregate)) {
		all[r.Name] = r
	}
	return all
}

func (c *computation) settings(firstClaim time.Time) error {
	x := c.extract
	codeLists := x.lists.codeLists()
	var err error
	if c.alignment, err = alignment.ReadSettings(c.parameters, x.years, x.span, codeLists); err != nil {
		return err
	}
	c.aggregate, err = aggregate.ReadSettings(c.parameters, x.years, x.span, firstClaim, codeLists, x.lists.dollarTables())
	return err
}

func (c *computation) run(ctx context.Context) error {
	return inTurn(ctx, c.summarise, c.group, c.changes, c.collect)
}

// collect brings what Go goes on with back from the engine.
func (c *computation) collect(ctx context.Context) error {
	return inTurn(ctx, c.collectExposure, c.collectCounties, c.collectExpenditure, c.collectPeople, c.collectIdentities)
}

func inTurn(ctx context.Context, parts ...func(context.Context) error) error {
	for _, part := range parts {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// proveKey fails if two rows of a result share its key. Every table that is not
// written by the engine is proved by its writer, which takes rows in the order
// of their keys.
func (c *computation) proveKey(ctx context.Context, name string, columns []string) error {
	key := strings.Join(columns, ", ")
	return c.each(ctx, fmt.Sprintf(
		"select cast(count(*) as bigint) as repeated from (select %s from %s group by %s having count(*) > 1) as k", key, name, key),
		func(r engine.Row) error {
			if n := r.Int("repeated"); n > 0 {
				return Exitf(ExitBug, "step %s: %d keys (%s) stand in more than one row; this is a bug of the step", name, n, key)
			}
			return nil
		})
}

func group(r engine.Row) benchmark.Group {
	return benchmark.Group{
		ACO: r.Text("aco_id"), Year: int(r.Int("year")), Category: schemas.Category(r.Text("category")),
		AlignmentType: schemas.AlignmentType(r.Text("alignment_type")),
	}
}

func (c *computation) each(ctx context.Context, query string, do func(engine.Row) error) error {
	result, err := c.engine.Query(ctx, query)
	if err != nil {
		return err
	}
	defer result.Release()
	return result.Each(do)
}

func (c *computation) collectExposure(ctx context.Context) error {
	return c.each(ctx, `
select aco_id, year, category, alignment_type, eligible_months, beneficiaries, risk_score_months, risk_score_sum, projected
from exposure
order by aco_id, year, category, alignment_type`, func(r engine.Row) error {
		e := benchmark.Exposure{
			Group:           group(r),
			EligibleMonths:  schemas.PersonMonths(r.Int("eligible_months")),
			RiskScoreMonths: schemas.PersonMonths(r.Int("risk_score_months")),
			RiskScoreSum:    schemas.NewRatio(r.Decimal("risk_score_sum")),
		}
		c.results.exposure = append(c.results.exposure, e)
		c.results.exposureRows = append(c.results.exposureRows, []any{e.ACO, int64(e.Year), string(e.Category), string(e.AlignmentType),
			r.Int("eligible_months"), r.Int("beneficiaries"), r.Int("risk_score_months"), r.Decimal("risk_score_sum"), r.Bool("projected")})
		return nil
	})
}

func (c *computation) collectCounties(ctx context.Context) error {
	return c.each(ctx, `
select aco_id, year, category, alignment_type, county_fips, eligible_months, projected
from exposure_county
order by aco_id, year, category, alignment_type, county_fips`, func(r engine.Row) error {
		e := benchmark.CountyExposure{Group: group(r), CountyFIPS: r.Text("county_fips"),
			EligibleMonths: schemas.PersonMonths(r.Int("eligible_months"))}
		c.results.county = append(c.results.county, e)
		c.results.countyRows = append(c.results.countyRows, []any{e.ACO, int64(e.Year), string(e.Category), string(e.AlignmentType),
			e.CountyFIPS, r.Int("eligible_months"), r.Bool("projected")})
		return nil
	})
}

func dollars(r engine.Row) aggregate.Dollars {
	g := group(r)
	return aggregate.Dollars{
		Cell:      aggregate.Cell{ACO: g.ACO, Year: g.Year, Category: g.Category, AlignmentType: g.AlignmentType, ClaimType: r.Text("claim_type")},
		Exclusion: r.Text("exclusion"), Share: r.Decimal("exclusion_share"),
		Paid: r.Decimal("paid_amount"), IME: r.Decimal("ime_amount"), DSH: r.Decimal("dsh_amount"),
		UncompensatedCare: r.Decimal("uncompensated_care_amount"), PassThrough: r.Decimal("pass_through_amount"),
	}
}

func (c *computation) collectExpenditure(ctx context.Context) error {
	var candidates []aggregate.Candidate
	err := c.each(ctx, `
select cast(dense_rank() over (order by alignment_type asc nulls last, bene_id asc nulls last, year asc nulls last, category asc nulls last) as bigint) as person,
    aco_id, year, category, alignment_type, claim_type, exclusion, exclusion_share, months,
    paid_amount, ime_amount, dsh_amount, uncompensated_care_amount, pass_through_amount
from truncation_candidate
order by person, claim_type, exclusion, exclusion_share`, func(r engine.Row) error {
		candidates = append(candidates, aggregate.Candidate{Dollars: dollars(r), Person: int(r.Int("person")), Months: r.Int("months")})
		return nil
	})
	if err != nil {
		return err
	}
	var sums []aggregate.Dollars
	err = c.each(ctx, `
select aco_id, year, category, alignment_type, claim_type, exclusion, exclusion_share,
    paid_amount, ime_amount, dsh_amount, uncompensated_care_amount, pass_through_amount
from expenditure
order by aco_id, year, category, alignment_type, claim_type, exclusion, exclusion_share`, func(r engine.Row) error {
		sums = append(sums, dollars(r))
		return nil
	})
	c.results.expenditure = aggregate.Complete(sums, aggregate.Cuts(candidates, c.aggregate), c.aggregate)
	return err
}

// benchmarkInput is what the worksheet is computed from.
func (c *computation) benchmarkInput() benchmark.Input {
	r := c.results
	in := benchmark.Input{
		PerformanceYear:           c.extract.years.Performance,
		FirstPerformanceYear:      c.extract.years.FirstPerformance,
		PerformanceYearMonthsHeld: c.monthsHeld(),
		Projected:                 c.extract.span.IsProjected(),
		ACOs:                      c.extract.lists.benchmarkACOs(c.extract.aligns.Participants, c.extract.years.Performance),
		Exposure:                  r.exposure,
		CountyExposure:            r.county,
	}
	for _, e := range r.expenditure {
		in.Expenditure = append(in.Expenditure, benchmark.Expenditure{
			Group:     benchmark.Group{ACO: e.ACO, Year: e.Year, Category: e.Category, AlignmentType: e.AlignmentType},
			ClaimType: e.ClaimType, Completed: schemas.NewUSD(e.Completed),
		})
	}
	c.extract.lists.reference(&in)
	return in
}

// monthsHeld is how many months of the performance year the person-years of
// R11 are made of: all twelve, unless its enrollment ends before December.
func (c *computation) monthsHeld() int {
	const months = 12
	s := c.extract.span
	if s.IsProjected() || int(s.LastPerformanceMonth.Month()) == months {
		return months
	}
	return s.PerformanceMonths
}
