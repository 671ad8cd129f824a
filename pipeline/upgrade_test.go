package pipeline

import (
	"testing"

	"leadline/pipeline/engine"
	"leadline/schemas"
)

// A run of another version of the program is not compared with: this version's
// steps would be run on summaries of other columns.
func TestAnotherVersionIsNotComparedWith(t *testing.T) {
	g, err := newGraph()
	if err != nil {
		t.Fatal(err)
	}
	made := func(program string) *lineage {
		return newLineage(g, map[string]schemas.Relation{}, program, engine.Dry{}, nil, false)
	}
	c := &computation{graph: g, lineage: made("this"), follows: "before"}
	for program, want := range map[string]bool{"this": true, "another": false} {
		c.last = &memory{RunID: "before", Ids: map[string]string{}}
		for _, s := range g.steps {
			c.last.Ids[s.Name] = made(program).text(s)
		}
		if got := c.comparesWithLast(); got != want {
			t.Errorf("a run of %s program: compared %v, want %v", program, got, want)
		}
	}
	c.follows = "someone else's"
	if c.comparesWithLast() {
		t.Error("compared with a run that readers do not see")
	}
}
