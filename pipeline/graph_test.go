package pipeline

import "testing"

// A changed list is run for the people whom it touches alone. A result that is
// collected must then say how it is put together with what the last run kept:
// its sums add up, or its rows of people are replaced. One that does neither
// would keep no more than the touched people. That key and sums are all of a
// step's columns is held where its columns are known, by steptest.
func TestCollectedResultsCanBeMerged(t *testing.T) {
	g, err := newGraph()
	if err != nil {
		t.Fatal(err)
	}
	merged := g.groupResults()
	if len(merged) == 0 {
		t.Fatal("no collected step needs the list: the test has lost its steps")
	}
	for _, s := range merged {
		if s.IsView || len(s.Sums) == 0 && !s.IsOfPeople() {
			t.Errorf("step %s is collected and needs the list, and has neither sums nor a key with bene_id: add `-- sums:` to its header", s.Name)
		}
	}
}

// Every step whose result is collected is one, and known by its name.
func TestCollectedStepsExist(t *testing.T) {
	g, err := newGraph()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range collected {
		if _, isStep := g.byName[name]; !isStep {
			t.Errorf("collected names %s, which is no step", name)
		}
	}
}
