package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"leadline/pipeline"
)

// promptly is how soon a run must end after Ctrl-C. The engine takes about half
// a second; the rest is room for a busy machine.
const promptly = 5 * time.Second

// Ctrl-C ends a run promptly wherever it is, with nothing published, no half
// of a folder and no spilled rows; the next run goes through.
func TestInterruptedRun(t *testing.T) {
	report, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	output := folder(t)
	for _, after := range []time.Duration{0, 100, 200, 400, 600} { // before anything, while reading, in the check
		t.Run(fmt.Sprintf("after %d ms", after), func(t *testing.T) { interrupted(t, report.RunFile, output, "", after*time.Millisecond) })
	}
	for _, at := range []string{"professional_service", "expenditure_year", "write high_needs"} {
		t.Run(at, func(t *testing.T) { interrupted(t, report.RunFile, output, at, 0) })
	}
	if out := run(t, report.RunFile, "output="+output); out.Unchanged {
		t.Error("an interrupted run had published")
	}
}

// interrupted cancels a run when it reaches a stage, or after a time.
func interrupted(t *testing.T, runFile, output, stage string, after time.Duration) {
	r, err := request(t, runFile, "output="+output, "cache="+folder(t)) // what another one kept would be reused
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var since atomic.Pointer[time.Time]
	stop := func() {
		now := time.Now()
		since.CompareAndSwap(nil, &now)
		cancel()
	}
	switch {
	case stage != "":
		r.Progress = func(what string, _, _ int64) {
			if what == stage {
				stop()
			}
		}
	case after == 0:
		stop()
	default:
		time.AfterFunc(after, stop)
	}
	_, err = pipeline.Run(ctx, r)
	if since.Load() == nil {
		t.Fatalf("the run was over before: %v", err)
	}
	if took := time.Since(*since.Load()); took > promptly {
		t.Errorf("ended %s after the interruption", took)
	}
	if !errors.Is(err, context.Canceled) || pipeline.ExitCode(err) != pipeline.ExitInterrupt {
		t.Errorf("exit code %d, want %d: %v", pipeline.ExitCode(err), pipeline.ExitInterrupt, err)
	}
	publishedNothing(t, output)
}
