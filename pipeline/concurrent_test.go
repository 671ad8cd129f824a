package pipeline_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"leadline/pipeline"
)

// blocked starts a run that waits at a stage until it is released; release
// returns how it ended.
func blocked(t *testing.T, runFile, stage string, flags ...string) (release func() error) {
	t.Helper()
	r, err := request(t, runFile, flags...)
	if err != nil {
		t.Fatal(err)
	}
	reached, goOn, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	r.Progress = func(what string, _, _ int64) {
		if what == stage {
			close(reached)
			<-goOn
		}
	}
	go func() {
		_, err := pipeline.Run(context.Background(), r)
		ended <- err
	}()
	select {
	case <-reached:
	case err := <-ended:
		t.Fatalf("the run ended before %s: %v", stage, err)
	}
	return func() error {
		close(goOn)
		return <-ended
	}
}

// What runs beside a run leaves it alone: its work folder holds what the engine
// has spilled, and lies in a cache that outputs may share.
func TestRunsBesideEachOther(t *testing.T) {
	r := tiny(t)
	output, cache := "output="+folder(t), folder(t)
	release := blocked(t, r.RunFile, "aligned", output, "cache="+cache)
	stillWorks := func(t *testing.T) {
		t.Helper()
		if work, _ := filepath.Glob(filepath.Join(cache, "work-*")); len(work) != 1 {
			t.Errorf("work folders in the cache: %d, want the first run's alone", len(work))
		}
	}
	t.Run("into the same folder", func(t *testing.T) {
		_, err := tryRun(t, r.RunFile, output, "cache="+cache)
		if code := pipeline.ExitCode(err); code != pipeline.ExitTemporary {
			t.Errorf("exit code %d, want %d: %v", code, pipeline.ExitTemporary, err)
		}
		stillWorks(t)
	})
	want := publishedBytes(t, run(t, r.RunFile))
	t.Run("into another folder", func(t *testing.T) {
		if diff := cmp.Diff(want, publishedBytes(t, run(t, r.RunFile, "output="+folder(t), "cache="+cache))); diff != "" {
			t.Error(diff)
		}
		stillWorks(t)
	})
	t.Run("what if", func(t *testing.T) {
		other, err := request(t, r.RunFile, output, "cache="+cache)
		if err != nil {
			t.Fatal(err)
		}
		tin := rowsOfCSV(t, filepath.Join(r.Dir, "participant_tin.csv"))[1]
		q := pipeline.Question{Drop: []pipeline.ListedTIN{{ACO: tin[0], TIN: tin[1]}}}
		if _, err := pipeline.WhatIf(context.Background(), other, q); err != nil {
			t.Error(err)
		}
		stillWorks(t)
	})
	t.Run("validate", func(t *testing.T) {
		other, err := request(t, r.RunFile, output, "cache="+cache)
		if err != nil {
			t.Fatal(err)
		}
		if err := pipeline.Validate(context.Background(), other); err != nil {
			t.Error(err)
		}
		stillWorks(t)
	})
	if err := release(); err != nil {
		t.Errorf("the first run: %v", err)
	}
	again := run(t, r.RunFile, output, "cache="+cache)
	if diff := cmp.Diff(want, publishedBytes(t, again)); diff != "" || !again.Unchanged {
		t.Errorf("what the first run published: %+v, %s", again, diff)
	}
}

// Runs of two lists that start at once from nothing, with one cache and an
// output folder each, give what each gives alone, and so do those that follow.
func TestRunsAtOnceWithOneCache(t *testing.T) {
	r := tiny(t)
	shorter := list("participant_tin", func(_ []string, rows [][]string) [][]string { return rows[2:] })(t, r, folder(t))
	lists := [][]string{nil, shorter, {monthsAny}, append(shorter, monthsAny)}
	var want []map[string]string
	for _, flags := range lists {
		want = append(want, publishedBytes(t, run(t, r.RunFile, flags...)))
	}
	cache, outputs := folder(t), [2]string{folder(t), folder(t)}
	for turn := range lists {
		var g errgroup.Group
		var done [len(outputs)]pipeline.Outcome
		which := func(i int) int { return (turn + i) % len(lists) }
		for i, output := range outputs {
			q, err := request(t, r.RunFile, append([]string{"output=" + output, "cache=" + cache}, lists[which(i)]...)...)
			if err != nil {
				t.Fatal(err)
			}
			g.Go(func() (err error) {
				done[i], err = pipeline.Run(context.Background(), q)
				return err
			})
		}
		if err := g.Wait(); err != nil {
			t.Fatal(err)
		}
		for i := range outputs {
			if diff := cmp.Diff(want[which(i)], publishedBytes(t, done[i])); diff != "" {
				t.Errorf("turn %d, folder %d: %s", turn, i, diff)
			}
		}
	}
}
