package pipeline

import (
	"context"
	"slices"
	"time"

	"leadline/alignment"
	"leadline/benchmark"
	"leadline/pipeline/compare"
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
		q := questions{computation: c, listed: c.listed(aco), columns: map[string][]string{}}
		if len(q.listed) == 0 {
			return nil
		}
		if err := q.askAtOnce(ctx); err != nil {
			return err
		}
		for i := range q.listed {
			if r.Progress != nil {
				r.Progress("TINs", int64(i), int64(len(q.listed)))
			}
			rows, err := q.answer(ctx, p.parameters, i)
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

// standing is where an ACO of the computation stands.
func (c *computation) standing(parameters schemas.Parameters, aco string) (benchmark.Standing, error) {
	in := c.benchmarkInput()
	at := slices.IndexFunc(in.ACOs, func(a benchmark.ACO) bool { return a.ID == aco })
	return c.results.benchmark.StandingOf(in.ACOs[at], c.results.people, parameters, c.extract.years)
}
