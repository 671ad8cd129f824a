package pipeline

import (
	"os"
	"path/filepath"
	"testing"

	"leadline/pipeline/cache"
)

// What was found in rows that are no longer there is not kept under their key.
func TestNothingIsKeptOfRowsThatChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows")
	if err := os.WriteFile(path, []byte("first"), 0o600); err != nil {
		t.Fatal(err)
	}
	m, err := markOf(path)
	if err != nil {
		t.Fatal(err)
	}
	p := &prepared{store: cache.Open(t.TempDir()), files: []InputFile{{Table: "aco", Path: path, mark: m}}}
	var found string
	if err := p.keepOfRows(factsKind, "key", "of the first"); err != nil || !p.store.Get(factsKind, "key", &found) {
		t.Fatalf("%v, %q", err, found)
	}
	if err := os.WriteFile(path, []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, m.ModTime, m.ModTime); err != nil {
		t.Fatal(err)
	}
	err = p.keepOfRows(factsKind, "key", "of the other")
	if p.store.Get(factsKind, "key", &found); ExitCode(err) != ExitTemporary || found != "of the first" {
		t.Errorf("%v, %q", err, found)
	}
}
