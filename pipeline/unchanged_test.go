package pipeline_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// everything lists the files below a folder with their sizes and times.
func everything(t tester, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			name, _ := filepath.Rel(dir, path)
			files[name] = info.ModTime().Format(time.RFC3339Nano)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A second run on what has not changed publishes nothing and says so; what is
// no part of a result (threads, memory, where the files lie) changes nothing.
func TestSecondRunPublishesNothing(t *testing.T) {
	r := tiny(t)
	output := folder(t)
	first := run(t, r.RunFile, "output="+output, "threads=1")
	if first.Unchanged {
		t.Fatal("the first run found its result published")
	}
	before := everything(t, output)
	unchanged := func(name, runFile string, flags ...string) {
		t.Helper()
		again := run(t, runFile, append(flags, "output="+output)...)
		if !again.Unchanged || again.RunID != first.RunID || again.Path != first.Path {
			t.Errorf("%s: %+v, want the first run's result, unchanged", name, again)
		}
		if diff := cmp.Diff(before, everything(t, output)); diff != "" {
			t.Errorf("%s: files changed: %s", name, diff)
		}
	}
	unchanged("the same again", r.RunFile, "threads=1")
	unchanged("other threads and memory", r.RunFile, "threads=2", "memory_limit=1GB")
	unchanged("another cache", r.RunFile, "cache="+folder(t))
	moved := filepath.Join(folder(t), "moved")
	if err := os.CopyFS(moved, os.DirFS(r.Dir)); err != nil {
		t.Fatal(err)
	}
	unchanged("another folder", filepath.Join(moved, "run.yaml"))
	renamed := filepath.Join(moved, "renamed.csv")
	if err := os.Rename(filepath.Join(moved, "participant_tin.csv"), renamed); err != nil {
		t.Fatal(err)
	}
	unchanged("another name", filepath.Join(moved, "run.yaml"), "inputs.participant_tin="+renamed)
}

// What a result rests on names it: a parameter, the year, the list, a claim.
func TestChangedRunIsAnother(t *testing.T) {
	r := tiny(t)
	output := folder(t)
	seen := map[string]string{run(t, r.RunFile, "output="+output).RunID: "the first run"}
	another := func(name string, flags ...string) {
		t.Helper()
		out := run(t, r.RunFile, append(flags, "output="+output)...)
		if out.Unchanged || seen[out.RunID] != "" {
			t.Errorf("%s: %+v, the result of %s", name, out, seen[out.RunID])
		}
		seen[out.RunID] = name
	}
	another("a parameter", "parameters.quality_share=0.9")
	another("another value", "parameters.quality_share=0.8")
	another("another performance year", "performance_year=2028")
	another("no rows of people", "publish.row_level=false")
	shorter := filepath.Join(folder(t), "participant_tin.csv")
	rewriteCSV(t, filepath.Join(r.Dir, "participant_tin.csv"), shorter, func(_ []string, rows [][]string) [][]string { return rows[1:] })
	another("a shorter list", "inputs.participant_tin="+shorter)
	again := run(t, r.RunFile, "output="+output)
	if seen[again.RunID] != "the first run" || again.Unchanged {
		t.Errorf("back to the first: %+v; it is published again, as the current one", again)
	}
	commits, err := filepath.Glob(filepath.Join(output, "commits", "*.json"))
	if want := len(seen) + 1; err != nil || len(commits) != want {
		t.Errorf("%d publications, want %d (%v)", len(commits), want, err)
	}
}
