package pipeline_test

import (
	"context"
	"path/filepath"
	"testing"

	"leadline/pipeline"
)

// What runs beside a run leaves it alone: its work folder holds what the engine
// has spilled, and lies in a cache that outputs may share.
func TestRunsBesideEachOther(t *testing.T) {
	r := tiny(t)
	output, cache := folder(t), folder(t)
	first, err := request(t, r.RunFile, "output="+output, "cache="+cache)
	if err != nil {
		t.Fatal(err)
	}
	reached, goOn, ended := make(chan struct{}), make(chan struct{}), make(chan error)
	first.Progress = func(what string, _, _ int64) {
		if what == "aligned" {
			close(reached)
			<-goOn
		}
	}
	go func() {
		_, err := pipeline.Run(context.Background(), first)
		ended <- err
	}()
	<-reached
	stillWorks := func(t *testing.T) {
		t.Helper()
		if work, _ := filepath.Glob(filepath.Join(cache, "work-*")); len(work) != 1 {
			t.Errorf("work folders in the cache: %d, want the first run's alone", len(work))
		}
	}
	t.Run("into the same folder", func(t *testing.T) {
		_, err := tryRun(t, r.RunFile, "output="+output, "cache="+cache)
		if code := pipeline.ExitCode(err); code != pipeline.ExitTemporary {
			t.Errorf("exit code %d, want %d: %v", code, pipeline.ExitTemporary, err)
		}
		stillWorks(t)
	})
	t.Run("into another folder", func(t *testing.T) {
		if _, err := tryRun(t, r.RunFile, "cache="+cache, "output="+folder(t)); err != nil {
			t.Error(err)
		}
		stillWorks(t)
	})
	t.Run("validate", func(t *testing.T) {
		other, err := request(t, r.RunFile, "output="+output, "cache="+cache)
		if err != nil {
			t.Fatal(err)
		}
		if err := pipeline.Validate(context.Background(), other); err != nil {
			t.Error(err)
		}
		stillWorks(t)
	})
	close(goOn)
	if err := <-ended; err != nil {
		t.Errorf("the first run: %v", err)
	}
}
