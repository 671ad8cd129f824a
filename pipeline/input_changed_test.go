package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/pipeline"
)

// replacements are ways in which a file becomes another while a run reads it.
var replacements = []struct {
	name string
	do   func(t *testing.T, path string, other []byte)
}{
	{"another file in its place", func(t *testing.T, path string, other []byte) {
		aside := path + ".new"
		if err := os.WriteFile(aside, other, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(aside, path); err != nil {
			t.Fatal(err)
		}
	}},
	{"its size and time kept", func(t *testing.T, path string, _ []byte) { rewritten(t, path, footerFlipped) }},
	{"gone", func(t *testing.T, path string, _ []byte) { removed(t, path) }},
	{"cut off", func(t *testing.T, path string, _ []byte) {
		if err := os.Truncate(path, 1000); err != nil {
			t.Fatal(err)
		}
	}},
}

// footerFlipped turns a bit at the end of a file.
func footerFlipped(text []byte) []byte {
	const fromEnd = 40
	text[len(text)-fromEnd] ^= 1
	return text
}

// An input that changes under a run, before or after it was read, ends it with
// 75. Nothing is published, and nothing of the new content passes for the old:
// with the first file in its place again, the first result comes out.
func TestInputChangedDuringTheRun(t *testing.T) {
	r := tiny(t)
	want := publishedBytes(t, run(t, r.RunFile))
	path := filepath.Join(r.Dir, "extract", "enrollment_month.parquet")
	first := fileOf(t, path)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	rewrite(t, "select * from "+files(path)+" where hash(bene_id) % 7 <> 0", filepath.Join(r.Dir, "fewer.parquet"))
	other := fileOf(t, filepath.Join(r.Dir, "fewer.parquet"))
	for i, stage := range []string{"enrolled_month", "check", "aligned", "benchmark"} {
		for k, replacement := range replacements {
			if i > 0 && k > 0 {
				continue // how it changed is tried at one stage
			}
			t.Run(stage+", "+replacement.name, func(t *testing.T) {
				output, cache := folder(t), folder(t)
				err := whileAt(t, r.RunFile, stage, func() { replacement.do(t, path, other) }, "output="+output, "cache="+cache)
				if code := pipeline.ExitCode(err); code != pipeline.ExitTemporary || !strings.Contains(err.Error(), "enrollment_month.parquet changed during the run") {
					t.Errorf("exit code %d: %v", code, err)
				}
				publishedNothing(t, output)
				if err := os.WriteFile(path, first, 0o600); err != nil {
					t.Fatal(err)
				}
				if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, publishedBytes(t, run(t, r.RunFile, "output="+output, "cache="+cache))); diff != "" {
					t.Errorf("after the first file is back: %s", diff)
				}
			})
		}
	}
}

// whileAt does something when a run comes to a stage, and says how the run ended.
func whileAt(t *testing.T, runFile, stage string, do func(), flags ...string) error {
	t.Helper()
	r, err := request(t, runFile, flags...)
	if err != nil {
		t.Fatal(err)
	}
	reached := false
	r.Progress = func(what string, _, _ int64) {
		if what == stage {
			reached = true
			do()
		}
	}
	_, err = pipeline.Run(context.Background(), r)
	if !reached {
		t.Errorf("the run never came to %s: %v", stage, err)
	}
	return err
}

// A file with the path, size and time of one that is known: its end tells it
// from that one; where even that is the same, --rehash does, in plan and run.
func TestRehash(t *testing.T) {
	r := tiny(t)
	path := filepath.Join(r.Dir, "participant_tin.csv")
	const more = 4000 // rows: beyond the end that is looked at
	rewriteCSV(t, path, path, func(header []string, rows [][]string) [][]string {
		for i := range more {
			row := make([]string, len(header))
			row[0], row[1] = rows[0][0], fmt.Sprintf("%09d", 800_000_000+i)
			rows = append(rows, row)
		}
		return rows
	})
	output := "output=" + folder(t)
	first := run(t, r.RunFile, output)
	text := string(fileOf(t, path))
	change := func(tin string) {
		t.Helper()
		if strings.Count(text, tin) != 1 {
			t.Fatal("the TIN does not stand on the list once")
		}
		rewritten(t, path, func([]byte) []byte { return []byte(strings.Replace(text, tin, "7"+tin[1:], 1)) })
	}
	change("800000001")
	if again := run(t, r.RunFile, output); !again.Unchanged {
		t.Errorf("a change far from the end was noticed: --rehash shows nothing here: %+v", again)
	}
	rehash := func() pipeline.Request {
		q, err := request(t, r.RunFile, output)
		if err != nil {
			t.Fatal(err)
		}
		q.Config.Rehash = true
		return q
	}
	var planned bytes.Buffer
	asked := rehash()
	asked.Out = &planned
	if err := pipeline.Plan(context.Background(), asked); err != nil || strings.Contains(planned.String(), "nothing to do") {
		t.Errorf("plan: %v, %s", err, planned.String())
	}
	second, err := pipeline.Run(context.Background(), rehash())
	if err != nil || second.Unchanged || second.RunID == first.RunID {
		t.Fatalf("%+v, %v", second, err)
	}
	if again := run(t, r.RunFile, output); !again.Unchanged || again.RunID != second.RunID {
		t.Errorf("the new digest was not remembered: %+v", again)
	}
	change("800003999")
	if third := run(t, r.RunFile, output); third.Unchanged || third.RunID == second.RunID {
		t.Errorf("a change at the end was not noticed: %+v", third)
	}
}
