package publish

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A run that was published again counts by its last publication.
func TestPublishedIsInTheOrderOfCommits(t *testing.T) {
	output := t.TempDir()
	if runs, err := Published(output); err != nil || len(runs) > 0 {
		t.Errorf("of an empty folder: %v, %v", runs, err)
	}
	ids := []string{"aaaa1", "bbbb2", "cccc3", "dddd4", "eeee5", "ffff6", "gggg7", "hhhh8", "iiii9", "bbbb2"} // past 9
	for _, id := range ids {
		publishText(t, output, id)
	}
	runs, err := Published(output)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"bbbb2", "iiii9", "hhhh8", "gggg7", "ffff6", "eeee5", "dddd4", "cccc3", "aaaa1"}
	if diff := cmp.Diff(want, runs); diff != "" {
		t.Error(diff)
	}
	if err := os.WriteFile(filepath.Join(output, "commits", "2.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Published(output); err == nil || !strings.Contains(err.Error(), "2.json is damaged") {
		t.Errorf("with a damaged record: %v", err)
	}
}

func TestChangeFoldersOfRunsThatAreNotKept(t *testing.T) {
	output := t.TempDir()
	for _, name := range []string{"aaaa1__bbbb2", "bbbb2__cccc3", "cccc3__bbbb2", "cccc3__dddd4", "notes"} {
		if err := os.MkdirAll(filepath.Join(output, "changes", name), 0o750); err != nil {
			t.Fatal(err)
		}
	}
	folders, err := ChangeFolders(output, []string{"bbbb2", "cccc3"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{filepath.Join(output, "changes", "aaaa1__bbbb2"), filepath.Join(output, "changes", "cccc3__dddd4")}
	if diff := cmp.Diff(want, folders); diff != "" {
		t.Error(diff)
	}
}

// A run goes whole: what a kill leaves of it no longer has its name, and is swept.
func TestRemove(t *testing.T) {
	output := t.TempDir()
	for _, id := range []string{"aaaa1", "bbbb2", "cccc3"} {
		publishText(t, output, id)
	}
	first, second := RunFolder(output, "aaaa1"), RunFolder(output, "bbbb2")
	if err := Remove(output, first, nil); err == nil || RunFolder(output, "aaaa1") == "" {
		t.Errorf("without the lock: %v", err)
	}
	l, err := Acquire(t.Context(), output, false)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Release()
	if err := Remove(output, first, l); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"commits", "latest.json", "run_id=bbbb2", "run_id=cccc3"}, entries(t, output)); diff != "" {
		t.Error(diff)
	}
	if err := renameAside(output, second, func(*Staging) error { return os.ErrProcessDone }); err == nil {
		t.Error("the kill did not come")
	}
	if RunFolder(output, "bbbb2") != "" || len(entries(t, output)) != 4 {
		t.Errorf("after a kill: %v", entries(t, output))
	}
	if err := Sweep(output, l); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"commits", "latest.json", "run_id=cccc3"}, entries(t, output)); diff != "" {
		t.Error("what a kill left is not swept:", diff)
	}
	if got := seen(t, output); got != "cccc3" {
		t.Errorf("readers see %q", got)
	}
}
