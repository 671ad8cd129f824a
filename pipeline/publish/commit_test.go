package publish

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

// staged opens a folder aside with one file in it.
func staged(t *testing.T, output, text string) *Staging {
	t.Helper()
	s, err := Begin(output)
	if err != nil {
		t.Fatal(err)
	}
	path, err := s.Table("baseline", "baseline.parquet.txt")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

func publishText(t *testing.T, output, runID string) Publication {
	t.Helper()
	p, err := staged(t, output, runID).Commit(runID, noon)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// seen is what a reader who follows latest.json finds, or "" before the first.
func seen(t *testing.T, output string) string {
	t.Helper()
	p, found, err := Latest(output)
	if err != nil {
		t.Fatal(err)
	}
	if !found {
		return ""
	}
	if !complete(filepath.Join(output, p.Path)) {
		t.Fatalf("latest.json names %s, which is not whole", p.Path)
	}
	text, err := os.ReadFile(filepath.Join(output, p.Path, "baseline", "baseline.parquet.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func commits(t *testing.T, output string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(output, "commits", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	var runs []string
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var r record
		if err := json.Unmarshal(text, &r); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		runs = append(runs, strings.TrimSuffix(filepath.Base(name), ".json")+" "+r.RunID)
	}
	return runs
}

// entries lists an output folder without the lock.
func entries(t *testing.T, output string) []string {
	t.Helper()
	list, err := os.ReadDir(output)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		if e.Name() != lockName {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestCommitPublishes(t *testing.T) {
	output := filepath.Join(t.TempDir(), "out")
	p := publishText(t, output, "aaaa1")
	want := Publication{Pointer: Pointer{RunID: "aaaa1", Path: "run_id=aaaa1"}, Commit: 1}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Error(diff)
	}
	text, err := os.ReadFile(filepath.Join(output, "latest.json"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("{\n  \"path\": \"run_id=aaaa1\",\n  \"run_id\": \"aaaa1\"\n}\n", string(text)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"commits", "latest.json", "run_id=aaaa1"}, entries(t, output)); diff != "" {
		t.Error("what an output folder holds:", diff)
	}
}

func TestEqualResultPublishesNothing(t *testing.T) {
	output := t.TempDir()
	publishText(t, output, "aaaa1")
	before, err := os.Stat(filepath.Join(output, "latest.json"))
	if err != nil {
		t.Fatal(err)
	}
	p := publishText(t, output, "aaaa1")
	if !p.Unchanged || p.Commit != 0 {
		t.Errorf("got %+v, want it unchanged", p)
	}
	after, err := os.Stat(filepath.Join(output, "latest.json"))
	if err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(before, after) {
		t.Error("latest.json was written again")
	}
	if diff := cmp.Diff([]string{"1 aaaa1"}, commits(t, output)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"commits", "latest.json", "run_id=aaaa1"}, entries(t, output)); diff != "" {
		t.Error("a folder aside was left:", diff)
	}
}

func TestGoingBackToAnEarlierResultIsAPublication(t *testing.T) {
	output := t.TempDir()
	publishText(t, output, "aaaa1")
	publishText(t, output, "bbbb2")
	p := publishText(t, output, "aaaa1")
	if p.Unchanged || p.Commit != 3 {
		t.Errorf("got %+v, want commit 3", p)
	}
	if diff := cmp.Diff([]string{"1 aaaa1", "2 bbbb2", "3 aaaa1"}, commits(t, output)); diff != "" {
		t.Error(diff)
	}
	if got := seen(t, output); got != "aaaa1" {
		t.Errorf("readers see %q", got)
	}
}

// After a power cut behind any step, readers see the old result or the new one
// whole, and the same run again finishes with one commit for it.
func TestCommitSurvivesAPowerCutBehindEachStep(t *testing.T) {
	powerCut := errors.New("power cut")
	for step, want := range map[string]string{"synced": "aaaa1", "placed": "aaaa1", "recorded": "aaaa1", "pointed": "bbbb2"} {
		t.Run(step, func(t *testing.T) {
			output := t.TempDir()
			publishText(t, output, "aaaa1")
			s := staged(t, output, "bbbb2")
			s.interrupt = func(at string) error {
				if at == step {
					return powerCut
				}
				return nil
			}
			if _, err := s.Commit("bbbb2", noon); !errors.Is(err, powerCut) {
				t.Fatalf("got %v", err)
			}
			if got := seen(t, output); got != want {
				t.Errorf("readers see %q, want %q", got, want)
			}
			sweep(t, output)
			if p := publishText(t, output, "bbbb2"); p.Unchanged != (step == "pointed") {
				t.Errorf("the run again gives %+v", p)
			}
			if got := seen(t, output); got != "bbbb2" {
				t.Errorf("readers see %q after the run again", got)
			}
			if diff := cmp.Diff([]string{"1 aaaa1", "2 bbbb2"}, commits(t, output)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff([]string{"commits", "latest.json", "run_id=aaaa1", "run_id=bbbb2"}, entries(t, output)); diff != "" {
				t.Error("what is left:", diff)
			}
		})
	}
}

func sweep(t *testing.T, output string) {
	t.Helper()
	l, err := Acquire(t.Context(), output, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(Sweep(output, l), l.Release()); err != nil {
		t.Fatal(err)
	}
}

func TestCommitRefusesAFolderThatIsNotWhole(t *testing.T) {
	output := t.TempDir()
	if err := os.MkdirAll(filepath.Join(output, "run_id=aaaa1"), 0o700); err != nil {
		t.Fatal(err)
	}
	s := staged(t, output, "x")
	_, err := s.Commit("aaaa1", noon)
	var refused *Error
	if !errors.As(err, &refused) || refused.ExitCode() != 73 || !strings.Contains(err.Error(), "without _SUCCESS") {
		t.Errorf("got %v", err)
	}
}

func TestCommitRefusesRunIDsThatAreNoFolderNames(t *testing.T) {
	for _, id := range []string{"", "../up", "a/b", "a b c d", "x", ".hidden"} {
		if _, err := staged(t, t.TempDir(), "x").Commit(id, noon); err == nil {
			t.Errorf("run id %q was taken", id)
		}
	}
}

func TestACommitFileIsNeverOverwritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "1.json")
	if err := writeOnce(path, map[string]int{"first": 1}); err != nil {
		t.Fatal(err)
	}
	for _, write := range []func() error{
		func() error { return writeOnce(path, map[string]int{"second": 2}) },
		func() error { return createExclusive(path, []byte("second")) },
	} {
		if err := write(); err == nil {
			t.Error("the file was written again")
		}
	}
	if text, _ := os.ReadFile(path); !strings.Contains(string(text), "first") {
		t.Errorf("it now holds %s", text)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".staging-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestDamagedLatestIsSaidNotGuessed(t *testing.T) {
	output := t.TempDir()
	for _, text := range []string{"", "{", "{}", "null"} {
		if err := os.WriteFile(filepath.Join(output, "latest.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := Latest(output); err == nil || !strings.Contains(err.Error(), "is damaged") {
			t.Errorf("latest.json holding %q: %v", text, err)
		}
	}
}
