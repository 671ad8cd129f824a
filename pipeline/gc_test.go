package pipeline_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leadline/pipeline"
)

func collect(t *testing.T, runFile string, keep int, flags ...string) pipeline.Collection {
	t.Helper()
	r, err := request(t, runFile, flags...)
	if err != nil {
		t.Fatal(err)
	}
	c, err := pipeline.Collect(context.Background(), r, keep, false)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// keptFiles are the names of the results and documents in a cache.
func keptFiles(t *testing.T, cache string) []string {
	t.Helper()
	return slices.DeleteFunc(slices.Sorted(maps.Keys(everything(t, cache))), func(name string) bool {
		return !strings.HasPrefix(name, "results") && !strings.HasPrefix(name, "documents")
	})
}

// foldersOf are the runs and transitions that an output folder holds.
func foldersOf(t *testing.T, output string) []string {
	t.Helper()
	var names []string
	for _, pattern := range []string{"run_id=*", filepath.Join("changes", "*"), ".staging-*"} {
		found, err := filepath.Glob(filepath.Join(output, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			names = append(names, filepath.Base(path))
		}
	}
	return names
}

const monthsAny = "parameters.eligible_months=any"

// What is left of the cache is what the kept run alone would have left, and the
// run is re-aligned from it as it would have been before.
func TestCollectLeavesWhatTheKeptRunsLeave(t *testing.T) {
	r := tiny(t)
	output, cache := folder(t), folder(t)
	here := []string{"output=" + output, "cache=" + cache}
	first := run(t, r.RunFile, here...)
	second := run(t, r.RunFile, append(here, monthsAny)...)
	if c := collect(t, r.RunFile, 2, here...); len(c.Runs)+len(c.Changes)+c.Cache.Entries != 0 || len(c.Kept) != 2 {
		t.Errorf("with both runs kept: %+v", c)
	}
	if err := os.WriteFile(filepath.Join(cache, "results", "exposure", ".aside-1"), []byte("of a killed run"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := collect(t, r.RunFile, 1, here...)
	if diff := cmp.Diff([]string{first.RunID}, c.Runs); diff != "" || len(c.Changes) != 1 || c.Bytes <= c.Cache.Bytes || c.Cache.Bytes == 0 {
		t.Errorf("removed %+v: %s", c, diff)
	}
	if diff := cmp.Diff([]string{"run_id=" + second.RunID}, foldersOf(t, output)); diff != "" {
		t.Error(diff)
	}
	alone := folder(t)
	run(t, r.RunFile, "cache="+alone, monthsAny)
	if diff := cmp.Diff(keptFiles(t, alone), keptFiles(t, cache)); diff != "" {
		t.Errorf("a run alone (-) and what was left (+) differ: %s", diff)
	}
	shorter := list("participant_tin", func(_ []string, rows [][]string) [][]string { return rows[2:] })(t, r, folder(t))
	realigned := run(t, r.RunFile, append(append(here, monthsAny), shorter...)...)
	stageOf(t, manifestStages(t, realigned.Path), "align with the earlier list")
	if diff := cmp.Diff(publishedBytes(t, run(t, r.RunFile, append(shorter, monthsAny)...)), publishedBytes(t, realigned)); diff != "" {
		t.Errorf("from nothing (-) and re-aligned (+) differ: %s", diff)
	}
}

// The run that readers see stays, however old its publication.
func TestCollectKeepsTheRunThatReadersSee(t *testing.T) {
	r := tiny(t)
	output := folder(t)
	first := run(t, r.RunFile, "output="+output)
	latest := fileOf(t, filepath.Join(output, "latest.json"))
	run(t, r.RunFile, "output="+output, monthsAny)
	third := run(t, r.RunFile, "output="+output, "parameters.quality_share=0.9")
	if err := os.WriteFile(filepath.Join(output, "latest.json"), latest, 0o600); err != nil {
		t.Fatal(err)
	}
	c := collect(t, r.RunFile, 1, "output="+output)
	if diff := cmp.Diff([]string{third.RunID, first.RunID}, c.Kept); diff != "" || len(c.Runs) != 1 {
		t.Errorf("%+v: %s", c, diff)
	}
	if again := run(t, r.RunFile, "output="+output); !again.Unchanged {
		t.Errorf("the current run was touched: %+v", again)
	}
}

// A cache that two output folders share keeps what the runs of both rest on,
// until one is gone.
func TestCollectSparesOtherOutputFolders(t *testing.T) {
	r := tiny(t)
	output, other, cache := folder(t), folder(t), folder(t)
	here := []string{"output=" + output, "cache=" + cache}
	run(t, r.RunFile, here...)
	run(t, r.RunFile, "output="+other, "cache="+cache, monthsAny)
	if c := collect(t, r.RunFile, 1, here...); c.Cache.Entries != 0 {
		t.Errorf("removed what another folder's run rests on: %+v", c)
	}
	if err := os.RemoveAll(other); err != nil {
		t.Fatal(err)
	}
	if c := collect(t, r.RunFile, 1, here...); c.Cache.Entries == 0 {
		t.Error("a run that is gone still holds its results")
	}
	alone := folder(t)
	run(t, r.RunFile, "cache="+alone)
	want := slices.DeleteFunc(keptFiles(t, alone), func(name string) bool { return strings.HasPrefix(name, "documents/latest") })
	if diff := cmp.Diff(want, keptFiles(t, cache)); diff != "" { // the run that used it last is no longer known
		t.Errorf("a run alone (-) and what was left (+) differ: %s", diff)
	}
}

// Beside a run nothing is removed: it may rest on what no memory names yet.
func TestCollectBesideARun(t *testing.T) {
	r := tiny(t)
	output, cache := folder(t), folder(t)
	here := []string{"output=" + output, "cache=" + cache}
	run(t, r.RunFile, here...)
	run(t, r.RunFile, append(here, monthsAny)...)
	for _, beside := range []struct{ name, output, aligned string }{
		{"the same folder", output, "parameters.stage_1_minimum_share=0.2"},
		{"another folder", folder(t), "parameters.stage_1_minimum_share=0.3"},
	} {
		t.Run(beside.name, func(t *testing.T) {
			release := blocked(t, r.RunFile, "aligned", "output="+beside.output, "cache="+cache, beside.aligned)
			before := everything(t, cache)
			q, err := request(t, r.RunFile, here...)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := pipeline.Collect(context.Background(), q, 1, false); pipeline.ExitCode(err) != pipeline.ExitTemporary {
				t.Errorf("beside a run: %v", err)
			}
			if diff := cmp.Diff(before, everything(t, cache)); diff != "" {
				t.Error(diff)
			}
			q.Wait = true
			ended := make(chan error, 1)
			go func() {
				_, err := pipeline.Collect(context.Background(), q, 1, false)
				ended <- err
			}()
			select {
			case err := <-ended:
				ended <- err
				t.Errorf("it did not wait: %v", err)
			case <-time.After(time.Second):
			}
			if err := release(); err != nil {
				t.Errorf("the run: %v", err)
			}
			if err := <-ended; err != nil {
				t.Errorf("after the run: %v", err)
			}
		})
	}
}
