package pipeline_test

import (
	"context"
	"path/filepath"
	"testing"

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
	t.Run("into another folder", func(t *testing.T) {
		if _, err := tryRun(t, r.RunFile, "output="+folder(t), "cache="+cache); err != nil {
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
}
