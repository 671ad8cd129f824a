package alignment_test

import (
	"slices"
	"testing"

	"leadline/alignment"
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
	for _, list := range []func() ([]schemas.Step, error){alignment.Steps, alignment.ChangeSteps} {
		some, err := list()
		if err != nil {
			t.Fatal(err)
		}
		all = slices.Concat(all, some)
	}
	return all
}

// relationsOf makes the relations of a run without lists of its own.
func relationsOf(run steptest.Run) ([]schemas.Relation, error) {
	s, err := settingsOf(run)
	if err != nil {
		return nil, err
	}
	return alignment.Relations(s, alignment.Lists{}), nil
}

func settingsOf(run steptest.Run) (alignment.Settings, error) {
	defaults, err := alignment.Parameters()
	if err != nil {
		return alignment.Settings{}, err
	}
	p, err := run.Set(defaults)
	if err != nil {
		return alignment.Settings{}, err
	}
	return alignment.ReadSettings(p.Reader(run.Years.Performance), run.Years, run.Span, nil)
}

// Another package reads some of these relations, and takes their columns from
// what steptest says of them.
func TestRelationsThatCross(t *testing.T) {
	relations, err := relationsOf(steptest.DefaultRun())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range relations {
		if why := steptest.SameColumns(r); why != "" {
			t.Error(why)
		}
	}
}
