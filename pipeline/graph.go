package pipeline

import (
	"slices"

	"leadline/aggregate"
	"leadline/alignment"
	"leadline/schemas"
)

// graph is every SQL step of a run, in order, and what reads what.
type graph struct {
	steps  []schemas.Step
	byName map[string]schemas.Step
}

// listRelations are those that change between runs on one extract: who stands
// on the Participant TIN list, and who chose an ACO.
var listRelations = []string{"participant", "hybrid_aco", "voluntary_designation"}

// collected are the steps whose results Go reads or publishes.
var collected = []string{
	"exposure", "exposure_county", "expenditure", "truncation_candidate", "aligned_people",
	"claim_dollars", "enrollment_total", "set_aside_dollars", "set_aside_months", "high_needs",
}

func newGraph() (graph, error) {
	g := graph{byName: map[string]schemas.Step{}}
	for _, load := range []func() ([]schemas.Step, error){
		alignment.Steps, aggregate.CategorySteps, aggregate.GroupSteps, aggregate.IdentitySteps,
	} {
		steps, err := load()
		if err != nil {
			return g, err
		}
		g.steps = append(g.steps, steps...)
	}
	for _, s := range g.steps {
		g.byName[s.Name] = s
	}
	return g, nil
}

// needsList says whether a changed list can change a step's result.
func (g graph) needsList(name string) bool {
	return slices.Contains(listRelations, name) || slices.ContainsFunc(g.byName[name].Reads, g.needsList)
}

// isSummaryView says whether a name is that of a view over summaries: it is
// named anew by whoever reads it, and never kept.
func (g graph) isSummaryView(name string) bool {
	return g.byName[name].IsView && !g.needsList(name)
}

// summaries are the results that no list can change and that others are made
// of: those that the steps of groups read, and those that Go collects. They are
// kept between runs.
func (g graph) summaries() []schemas.Step {
	var found []schemas.Step
	for _, s := range g.steps {
		isRead := slices.ContainsFunc(g.groupSteps(), func(reader schemas.Step) bool { return slices.Contains(reader.Reads, s.Name) })
		if !g.needsList(s.Name) && !s.IsView && (isRead || slices.Contains(collected, s.Name)) {
			found = append(found, s)
		}
	}
	return found
}

// groupSteps are the steps that need the list, with the views over summaries
// that they read.
func (g graph) groupSteps() []schemas.Step {
	return slices.DeleteFunc(slices.Clone(g.steps), func(s schemas.Step) bool {
		isRead := slices.ContainsFunc(g.steps, func(reader schemas.Step) bool {
			return g.needsList(reader.Name) && slices.Contains(reader.Reads, s.Name)
		})
		return !g.needsList(s.Name) && !(g.isSummaryView(s.Name) && isRead)
	})
}

// groupResults are the steps that need the list and whose results are collected.
func (g graph) groupResults() []schemas.Step {
	return slices.DeleteFunc(g.groupSteps(), func(s schemas.Step) bool { return !slices.Contains(collected, s.Name) })
}

// views are the steps that are named and not run.
func (g graph) views() []schemas.Step {
	return slices.DeleteFunc(slices.Clone(g.steps), func(s schemas.Step) bool { return !s.IsView })
}

// upstream are the steps that some steps are made of, these among them, in
// order; what is known already is not looked behind, nor among them.
func (g graph) upstream(of []schemas.Step, known func(name string) bool) []schemas.Step {
	wanted := map[string]bool{}
	var want func(name string)
	want = func(name string) {
		s, isStep := g.byName[name]
		if !isStep || wanted[name] || known(name) {
			return
		}
		wanted[name] = true
		for _, r := range s.Reads {
			want(r)
		}
	}
	for _, s := range of {
		want(s.Name)
	}
	return slices.DeleteFunc(slices.Clone(g.steps), func(s schemas.Step) bool { return !wanted[s.Name] })
}

// relationsOf are the names of what some parts read beside their table.
func (g graph) relationsOf(parts []schemas.Step) []string {
	return slices.DeleteFunc(g.reads(parts), func(name string) bool {
		return slices.ContainsFunc(parts, func(s schemas.Step) bool { return s.Part == name })
	})
}

// reads are the names of relations and inputs, not of steps, that some steps
// read themselves.
func (g graph) reads(steps []schemas.Step) []string {
	var names []string
	for _, s := range steps {
		for _, r := range s.Reads {
			if _, isStep := g.byName[r]; !isStep && !slices.Contains(names, r) {
				names = append(names, r)
			}
		}
	}
	return names
}
