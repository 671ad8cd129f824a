package pipeline_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// copied is a cache of the test's own, with what another holds.
func copied(t *testing.T, cache string) string {
	t.Helper()
	to := filepath.Join(folder(t), "cache")
	if err := os.CopyFS(to, os.DirFS(cache)); err != nil {
		t.Fatal(err)
	}
	return to
}

// one is the only file of a pattern below a cache, or the first of some.
func one(t *testing.T, cache, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(cache, filepath.FromSlash(pattern)))
	if err != nil || len(found) == 0 {
		t.Fatalf("%s: %d files, %v", pattern, len(found), err)
	}
	return found[0]
}

// rewritten changes a file and gives it its time back, as rot on a disk does.
func rewritten(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, change(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
}

func cutOff(text []byte) []byte  { return text[:len(text)/2] }
func garbage(text []byte) []byte { return []byte("{\"sha256\": 1}\n") }

// flipped has one bit of its middle turned, which no size or time betrays.
func flipped(text []byte) []byte {
	again := slices.Clone(text)
	again[len(again)/2] ^= 1
	return again
}

// removed takes a file away.
func removed(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// damages are what can befall a kept result, and what is said of it.
var damages = []struct {
	name string
	do   func(t *testing.T, cache, rows, description string)
	why  string
}{
	{"rows cut off", func(t *testing.T, _, rows, _ string) { rewritten(t, rows, cutOff) }, "its rows have another size"},
	{"a bit flipped", func(t *testing.T, _, rows, _ string) { rewritten(t, rows, flipped) }, "its rows have another SHA-256"},
	{"rows gone", func(t *testing.T, _, rows, _ string) { removed(t, rows) }, "its rows are gone"},
	{"no description", func(t *testing.T, _, _, description string) { removed(t, description) }, "it has no description"},
	{"description garbled", func(t *testing.T, _, _, description string) { rewritten(t, description, garbage) }, "its description is damaged"},
	{"a bit of the description flipped", func(t *testing.T, _, _, description string) { rewritten(t, description, flipped) }, "its description is damaged"},
	{"another step's rows", func(t *testing.T, cache, rows, _ string) {
		other := one(t, cache, "results/enrollment_total/*.parquet")
		rewritten(t, rows, func([]byte) []byte { return fileOf(t, other) })
	}, "its rows have another"},
	{"another step's entry", func(t *testing.T, cache, rows, description string) {
		other := one(t, cache, "results/enrollment_total/*.parquet")
		rewritten(t, rows, func([]byte) []byte { return fileOf(t, other) })
		rewritten(t, description, func([]byte) []byte { return fileOf(t, strings.TrimSuffix(other, ".parquet")+".json") })
	}, "its description is damaged"},
}

func fileOf(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A damaged result is said, with its step and what is wrong, and made anew: the
// plan says so before, and what is published is what a run from nothing gives.
func TestDamagedResults(t *testing.T) {
	r := tiny(t)
	cache := folder(t)
	want := publishedBytes(t, run(t, r.RunFile, "cache="+cache))
	for i, step := range []string{"eligible_month", "exposure", "alignment"} {
		for _, d := range damages {
			if i > 0 && d.name != "a bit flipped" {
				continue // the cache does not know one step from another
			}
			t.Run(step+", "+d.name, func(t *testing.T) {
				mine := copied(t, cache)
				rows := one(t, mine, "results/"+step+"/*.parquet")
				d.do(t, mine, rows, strings.TrimSuffix(rows, ".parquet")+".json")
				flags := []string{"output=" + folder(t), "cache=" + mine}
				planned := stageOf(t, plannedStages(t, r.RunFile, flags).Stages, step)
				if planned.Reused || planned.Why != "its kept result is damaged and is made anew" {
					t.Errorf("planned %+v", planned)
				}
				out, log, err := heard(t, r.RunFile, flags...)
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(log, "level=WARN") || !strings.Contains(log, `step=`+step+` why="`+d.why) {
					t.Errorf("the log does not say step %s and %q", step, d.why)
				}
				if diff := cmp.Diff(want, publishedBytes(t, out)); diff != "" {
					t.Error(diff)
				}
				again := plannedStages(t, r.RunFile, []string{"output=" + folder(t), "cache=" + mine})
				if strings.Contains(again.Headline, "re-aligned") || !strings.HasSuffix(again.Headline, "8 of 8 summaries reused") {
					t.Errorf("it was not mended: %s", again.Headline)
				}
			})
		}
	}
}

func stageOf(t *testing.T, stages []stage, name string) stage {
	t.Helper()
	at := slices.IndexFunc(stages, func(s stage) bool { return s.Name == name })
	if at < 0 {
		t.Fatalf("no stage %s among %d", name, len(stages))
	}
	return stages[at]
}

// A damaged document counts as absent: what it said is found out again.
func TestDamagedDocuments(t *testing.T) {
	r := tiny(t)
	cache := folder(t)
	run(t, r.RunFile, "cache="+cache)
	const changed = "parameters.eligible_months=any"
	want := publishedBytes(t, run(t, r.RunFile, changed))
	for _, kind := range []string{"verdict", "facts", "memory", "latest", "digests"} {
		for name, change := range map[string]func([]byte) []byte{"cut off": cutOff, "a bit flipped": flipped, "garbled": garbage} {
			t.Run(kind+", "+name, func(t *testing.T) {
				mine := copied(t, cache)
				rewritten(t, one(t, mine, "documents/"+kind+"/*.json"), change)
				out, err := tryRun(t, r.RunFile, changed, "cache="+mine)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, publishedBytes(t, out)); diff != "" {
					t.Error(diff)
				}
				stages := manifestStages(t, out.Path)
				if check := stageOf(t, stages, "check"); check.Reused != (kind != "verdict") {
					t.Errorf("the check of the rows: %+v", check)
				}
				if s := stageOf(t, stages, "service_summary"); !s.Reused {
					t.Errorf("no summary rests on a document: %+v", s)
				}
			})
		}
	}
}
