package aggregate_test

import (
	"slices"
	"testing"

	"leadline/aggregate"
	"leadline/pipeline/engine/steptest"
	"leadline/schemas"
)

// The steps of this package, on the cases of testdata.
func TestSteps(t *testing.T) {
	bench := steptest.Open(t, steptest.Suite{Steps: steps(t), Relations: relationsOf})
	t.Run("cases", func(t *testing.T) { bench.Cases(t, "testdata") })
	t.Run("reads", bench.Reads)
	t.Run("columns", bench.Columns)
	t.Run("portable", bench.Lint)
}

func steps(t *testing.T) []schemas.Step {
	t.Helper()
	var all []schemas.Step
	for _, list := range []func() ([]schemas.Step, error){
		aggregate.CategorySteps, aggregate.GroupSteps, aggregate.IdentitySteps, aggregate.ChangeSteps,
	} {
		some, err := list()
		if err != nil {
			t.Fatal(err)
		}
		all = slices.Concat(all, some)
	}
	return all
}

// relationsOf makes the relations of a run with the default code lists.
func relationsOf(run steptest.Run) ([]schemas.Relation, error) {
	s, err := settingsOf(run, nil, aggregate.Tables{})
	if err != nil {
		return nil, err
	}
	return aggregate.Relations(s), nil
}

func settingsOf(run steptest.Run, lists map[string]schemas.CodeList, tables aggregate.Tables) (aggregate.Settings, error) {
	defaults, err := aggregate.Parameters()
	if err != nil {
		return aggregate.Settings{}, err
	}
	p, err := run.Set(defaults)
	if err != nil {
		return aggregate.Settings{}, err
	}
	return aggregate.ReadSettings(p.Reader(run.Years.Performance), run.Years, run.Span, run.FirstClaim, lists, tables)
}
