package pipeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"leadline/alignment"
	"leadline/benchmark"
	"leadline/pipeline/compare"
	"leadline/pipeline/engine"
	"leadline/schemas"
)

// Contributions drops every TIN of the list that is in force, each alone, and
// says what depends on it. It publishes nothing.
func Contributions(ctx context.Context, r Request, aco string) (compare.Contributions, error) {
	all := compare.Contributions{}
	err := ask(ctx, r, func(p *prepared, c *computation) error {
		if _, known := c.extract.aligns.Hybrid[aco]; aco != "" && !known {
			return Exitf(ExitUsage, "--aco: the run has no ACO %s", aco)
		}
		listed := c.listed(aco)
		if err := c.keepListed(ctx, listed); err != nil {
			return err
		}
		for i, l := range listed {
			if r.Progress != nil {
				r.Progress("TINs", int64(i), int64(len(listed)))
			}
			rows, err := p.contribution(ctx, c, l)
			if err != nil {
				return err
			}
			all = append(all, rows...)
		}
		return nil
	})
	return all, err
}

// listed are the TINs in force on 1 January, by ACO and number.
func (c *computation) listed(aco string) []ListedTIN {
	january := schemas.FirstOf(c.extract.years.Performance, time.January)
	var listed []ListedTIN
	tins := c.tins()
	for _, id := range sortedKeys(tins) {
		for _, tin := range tins[id] {
			isInForce := slices.ContainsFunc(c.extract.aligns.Participants, func(p alignment.Participant) bool {
				return p.ACO == id && p.TIN == tin && p.InForce(january)
			})
			if isInForce && (aco == "" || id == aco) {
				listed = append(listed, ListedTIN{TIN: tin, ACO: id})
			}
		}
	}
	return listed
}

// keepListed leaves the people of some TINs in what the steps read, in memory:
// each question then looks at them alone, not at everyone.
func (c *computation) keepListed(ctx context.Context, listed []ListedTIN) error {
	bills := schemas.Relation{Name: "changed_participant", Columns: []schemas.Column{{Name: "billing_number", Type: schemas.Varchar}}}
	for _, l := range listed {
		bills.Rows = append(bills.Rows, []any{alignment.BillingTIN(l.TIN)})
	}
	nobody := schemas.Relation{Name: "changed_designation", Columns: []schemas.Column{{Name: "bene_id", Type: schemas.Varchar}}}
	for _, r := range []schemas.Relation{bills, nobody} {
		if err := c.engine.Load(ctx, r); err != nil {
			return err
		}
	}
	if err := c.widen(ctx); err != nil {
		return err
	}
	if _, err := c.materialise(ctx, c.touched); err != nil {
		return err
	}
	for _, name := range c.readOfPeople(c.graph.groupSteps()) {
		const few = "_of_listed"
		if err := c.narrow(ctx, name, name+few, c.touched.Name); err != nil {
			return err
		}
		if err := inTurn(ctx,
			func(ctx context.Context) error { return c.engine.Drop(ctx, name) },
			func(ctx context.Context) error { return c.engine.Drop(ctx, name+ofAll) },
			func(ctx context.Context) error { return c.engine.Rename(ctx, name+few, name+ofAll) },
		); err != nil {
			return err
		}
	}
	return nil
}

// contribution runs the list without one TIN.
func (p *prepared) contribution(ctx context.Context, c *computation, l ListedTIN) (compare.Contributions, error) {
	rest := slices.DeleteFunc(slices.Clone(c.extract.aligns.Participants), func(other alignment.Participant) bool {
		return other.TIN == l.TIN && other.ACO == l.ACO
	})
	next, err := p.withList(ctx, c, rest)
	if err != nil {
		return nil, err
	}
	with, err := c.standing(p.parameters, l.ACO)
	if err != nil {
		return nil, err
	}
	without, err := next.standing(p.parameters, l.ACO)
	if err != nil {
		return nil, err
	}
	rows := make(compare.Contributions, 0, len(c.extract.years.Aligned()))
	for _, year := range c.extract.years.Aligned() {
		rows = append(rows, compare.Contribution{ACO: l.ACO, TIN: l.TIN, AlignedYear: year, With: with, Without: without})
	}
	return rows, next.each(ctx, fmt.Sprintf(`
select aligned_year, cast(sum(people) as bigint) as people, cast(sum(from_months) as bigint) as months,
    cast(sum(from_dollars) as decimal(18, 2)) as dollars
from alignment_change_total
where from_aco_id = %s
  and change in ('lost', 'moved')
group by aligned_year`, engine.Literal(l.ACO)), func(r engine.Row) error {
		at := slices.IndexFunc(rows, func(row compare.Contribution) bool { return int64(row.AlignedYear) == r.Int("aligned_year") })
		rows[at].Beneficiaries, rows[at].Months, rows[at].Dollars = r.Int("people"), r.Int("months"), r.Decimal("dollars")
		return nil
	})
}

// standing is where an ACO of the computation stands.
func (c *computation) standing(parameters schemas.Parameters, aco string) (benchmark.Standing, error) {
	in := c.benchmarkInput()
	at := slices.IndexFunc(in.ACOs, func(a benchmark.ACO) bool { return a.ID == aco })
	return c.results.benchmark.StandingOf(in.ACOs[at], c.results.people, parameters, c.extract.years)
}
