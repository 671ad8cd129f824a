package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leadline/pipeline"
	"leadline/pipeline/publish"
)

const runFile = `performance_year: 2027
inputs:
  professional_claim_line: a.parquet
  institutional_claim: b.parquet
  enrollment_month: c.parquet
  beneficiary: d.parquet
  participant_tin: e.csv
  aco: f.csv
output: out
`

// ended runs a command line against a stand-in for the pipeline's run.
func ended(t *testing.T, run func(context.Context, pipeline.Request) (pipeline.Outcome, error), args ...string) (code int, stdout, stderr string) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "run.yaml")
	if err := os.WriteFile(file, []byte(runFile), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(filepath.Join(dir, "stdout"))
	if err != nil {
		t.Fatal(err)
	}
	errs, err := os.Create(filepath.Join(dir, "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	a := newApp(out, errs)
	a.entry.run = run
	func() {
		defer func() {
			if p := recover(); p != nil {
				code = a.bug(p)
			}
		}()
		code = a.report(a.execute(t.Context(), append([]string{"run", "-c", file}, args...)))
	}()
	read := func(f *os.File) string {
		text, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	return code, read(out), read(errs)
}

func TestRunEndsWithTheCodeOfWhatHappened(t *testing.T) {
	fails := func(err error) func(context.Context, pipeline.Request) (pipeline.Outcome, error) {
		return func(context.Context, pipeline.Request) (pipeline.Outcome, error) { return pipeline.Outcome{}, err }
	}
	for _, tt := range []struct {
		name string
		err  error
		want int
	}{
		{"inputs", fmt.Errorf("check: %w", &pipeline.InputError{}), 65},
		{"engine", pipeline.Exitf(pipeline.ExitUnavailable, "engine"), 69},
		{"no code", os.ErrInvalid, 70},
		{"publish", fmt.Errorf("run: %w", &publish.Error{Err: os.ErrPermission}), 73},
		{"lock", &publish.HeldError{Output: "out", Holder: "process 1"}, 75},
		{"configuration", pipeline.Exitf(pipeline.ExitConfig, "parameters"), 78},
		{"cancelled", fmt.Errorf("align: %w", context.Canceled), 130},
		{"cancelled in a coded error", pipeline.Exitf(pipeline.ExitUnavailable, "engine: %w", context.Canceled), 130},
	} {
		code, stdout, stderr := ended(t, fails(tt.err))
		if code != tt.want {
			t.Errorf("%s: exit code %d, want %d", tt.name, code, tt.want)
		}
		if stdout != "" || !strings.Contains(stderr, fmt.Sprintf(`"exit_code":%d`, tt.want)) {
			t.Errorf("%s: stdout %q, stderr %q", tt.name, stdout, stderr)
		}
	}
}

func TestRunSaysWhatItPublished(t *testing.T) {
	published := func(unchanged bool) func(context.Context, pipeline.Request) (pipeline.Outcome, error) {
		return func(context.Context, pipeline.Request) (pipeline.Outcome, error) {
			return pipeline.Outcome{RunID: "abcd", Path: "out/run_id=abcd", Unchanged: unchanged, Warnings: 2}, nil
		}
	}
	for _, tt := range []struct {
		unchanged bool
		args      []string
		code      int
		stdout    string
	}{
		{false, nil, 0, "published out/run_id=abcd\n2 warnings on the inputs; manifest.json lists them under findings\n"},
		{false, []string{"--unchanged-exit-code", "99"}, 0, "published out/run_id=abcd\n2 warnings on the inputs; manifest.json lists them under findings\n"},
		{true, nil, 0, "unchanged, nothing published; current is out/run_id=abcd\n2 warnings on the inputs; manifest.json lists them under findings\n"},
		{true, []string{"--unchanged-exit-code", "99"}, 99, "unchanged, nothing published; current is out/run_id=abcd\n2 warnings on the inputs; manifest.json lists them under findings\n"},
		{true, []string{"--json"}, 0, `{"path":"out/run_id=abcd","run_id":"abcd","unchanged":true,"warnings":2}` + "\n"},
	} {
		code, stdout, stderr := ended(t, published(tt.unchanged), tt.args...)
		if code != tt.code || stdout != tt.stdout || stderr != "" {
			t.Errorf("unchanged %v %v: code %d, stdout %q, stderr %q", tt.unchanged, tt.args, code, stdout, stderr)
		}
	}
}

// A panic may hold a row: its value must not be printed.
func TestABugEndsWith70AndPrintsNoValue(t *testing.T) {
	code, _, stderr := ended(t, func(context.Context, pipeline.Request) (pipeline.Outcome, error) {
		panic("bene_id 1EG4-TE5-MK73 met twice")
	})
	if code != 70 || strings.Contains(stderr, "1EG4") || !strings.Contains(stderr, "please report it") {
		t.Errorf("code %d, stderr %q", code, stderr)
	}
}

func TestRunHandsOnWhatTheUserSet(t *testing.T) {
	var got pipeline.Request
	code, _, stderr := ended(t, func(_ context.Context, r pipeline.Request) (pipeline.Outcome, error) {
		got = r
		return pipeline.Outcome{Path: "x"}, nil
	}, "--wait", "--threads", "2", "--memory-limit", "1GiB", "--input", "aco=other.csv", "--set", "quality_share=0.90", "--publish-row-level", "false")
	if code != 0 {
		t.Fatal(stderr)
	}
	c := got.Config
	if !got.Wait || c.Threads != 2 || c.MemoryLimit != 1<<30 || c.Inputs["aco"] != "other.csv" ||
		c.Parameters["quality_share"] != "0.90" || c.Publish.RowLevel {
		t.Errorf("got %+v", got)
	}
}
