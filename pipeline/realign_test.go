package pipeline_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leadline/fixtures/oracle"
	"leadline/pipeline"
)

// changeList adds, drops or moves a TIN.
func changeList(r *rand.Rand, x *oracle.Extract) string {
	aco := x.ACO[r.IntN(len(x.ACO))].ACOID
	if len(x.ParticipantTIN) == 0 {
		return "nothing to change"
	}
	at := r.IntN(len(x.ParticipantTIN))
	list := slices.Clone(x.ParticipantTIN)
	defer func() { x.ParticipantTIN = list }()
	switch r.IntN(3) {
	case 0:
		free := unlisted(*x)
		if len(free) == 0 {
			return "no TIN left to add"
		}
		list = append(list, oracle.ParticipantTIN{ACOID: aco, TIN: free[r.IntN(len(free))]})
		return "add"
	case 1:
		list = slices.Delete(list, at, at+1)
		return "drop"
	}
	moved := bare(list[at].TIN)
	for i := range list {
		if bare(list[i].TIN) == moved {
			list[i].ACOID = aco
		}
	}
	return "move"
}

// After any chain of changes of the list, every table is byte for byte that of a
// run from nothing with the final list.
func TestPropertyRealignedAsFromNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, o := drawExtract(t)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed of the changes"), 0))
		output := "output=" + folder(t)
		run(t, random(t, x, o), output)
		var chain []string
		for range 3 {
			chain = append(chain, changeList(r, &x))
			runFile := random(t, x, o)
			chained := run(t, runFile, output)
			if diff := cmp.Diff(publishedBytes(t, run(t, runFile)), publishedBytes(t, chained)); diff != "" {
				t.Fatalf("after %v: from nothing (-) and re-aligned (+) differ: %s", chain, diff)
			}
		}
	})
}

// A list, another, and the first again: readers see the first bytes again.
func TestBackToTheFirstList(t *testing.T) {
	r := tiny(t)
	output := folder(t)
	list := filepath.Join(r.Dir, "participant_tin.csv")
	shorter := filepath.Join(folder(t), "participant_tin.csv")
	rewriteCSV(t, list, shorter, func(_ []string, rows [][]string) [][]string { return rows[2:] })
	first := run(t, r.RunFile, "output="+output)
	want := publishedBytes(t, first)
	second := run(t, r.RunFile, "output="+output, "inputs.participant_tin="+shorter)
	again := run(t, r.RunFile, "output="+output)
	if second.RunID == first.RunID || again.Path != first.Path || again.Unchanged {
		t.Fatalf("first %+v, second %+v, again %+v", first, second, again)
	}
	if diff := cmp.Diff(want, publishedBytes(t, again)); diff != "" {
		t.Error(diff)
	}
	for _, pair := range [][2]string{{first.RunID, second.RunID}, {second.RunID, first.RunID}} {
		if name := filepath.Join(output, "changes", pair[0]+"__"+pair[1], "alignment_change.parquet"); !exists(name) {
			t.Errorf("%s is not there", name)
		}
	}
}

// manifestStages are the stages that a manifest records, but those that plan does not
// go through: the writing of rows of people.
func manifestStages(t tester, path string) []stage {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct{ Stages []stage }
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(m.Stages, func(s stage) bool { return strings.HasPrefix(s.Name, "write ") })
}

// What plan says is what run then does: stage by stage, with the same key and
// the same reason.
func TestPlanAgreesWithRun(t *testing.T) {
	r := tiny(t)
	output := folder(t)
	shorter := filepath.Join(folder(t), "participant_tin.csv")
	rewriteCSV(t, filepath.Join(r.Dir, "participant_tin.csv"), shorter, func(_ []string, rows [][]string) [][]string { return rows[2:] })
	follows := ""
	for _, step := range []struct {
		name     string
		headline string
		flags    []string
	}{
		{"the first run", "CY2024-2026 and PY2027 re-aligned; 0 of 8 summaries reused", nil},
		{"a shorter list", "A0001: 0 TINs added, 2 removed; CY2024-2026 and PY2027 re-aligned; 8 of 8 summaries reused",
			[]string{"inputs.participant_tin=" + shorter}},
		{"the first list again", "A0001: 2 TINs added, 0 removed; CY2024-2026 and PY2027 as they were aligned before; 8 of 8 summaries reused", nil},
		{"a parameter of the benchmark", "CY2024-2026 and PY2027 as they were aligned before; 8 of 8 summaries reused",
			[]string{"parameters.quality_share=0.9"}},
		{"a parameter of the months", "CY2024-2026 and PY2027 re-aligned; 4 of 8 summaries reused; of the others 2 of 2 parts, one a file",
			[]string{"parameters.eligible_months=any"}},
		{"nothing", "nothing to do: the current result rests on the same inputs, parameters and rules",
			[]string{"parameters.eligible_months=any"}},
	} {
		flags := append(step.flags, "output="+output)
		planned := plannedStages(t, r.RunFile, flags)
		if planned.Headline != step.headline {
			t.Errorf("%s: headline %q, want %q", step.name, planned.Headline, step.headline)
		}
		before := everything(t, output)
		out := run(t, r.RunFile, flags...)
		if planned.Unchanged != out.Unchanged || planned.RunID != out.RunID {
			t.Errorf("%s: planned %+v, did %+v", step.name, planned, out)
		}
		if out.Unchanged {
			if diff := cmp.Diff(before, everything(t, output)); diff != "" {
				t.Errorf("%s: %s", step.name, diff)
			}
			continue
		}
		manifest := out.Path // or, of a run that is published again, that of the transition to it
		if follows != "" {
			manifest = filepath.Join(output, "changes", follows+"__"+out.RunID)
		}
		follows = out.RunID
		if diff := cmp.Diff(planned.Stages, manifestStages(t, manifest)); diff != "" {
			t.Errorf("%s: planned (-) and done (+) differ: %s", step.name, diff)
		}
	}
}

type plannedRun struct {
	RunID     string `json:"run_id"`
	Unchanged bool   `json:"unchanged"`
	Headline  string `json:"headline"`
	Stages    []stage
}

// stage is what a plan and a manifest both say of one.
type stage struct {
	Name, Key, Why string
	Reused         bool
}

func plannedStages(t tester, runFile string, flags []string) plannedRun {
	t.Helper()
	r, err := request(t, runFile, flags...)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	r.JSON, r.Out = true, &out
	if err := pipeline.Plan(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	var p plannedRun
	if err := json.Unmarshal(out.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	return p
}
