package cache

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func put(t *testing.T, s *Store, step, key, rows string) (Entry, error) {
	t.Helper()
	return s.Put(step, key, func(path string) (int64, error) {
		return 3, os.WriteFile(path, []byte(rows), fileMode)
	})
}

func keep(t *testing.T, s *Store, step, key, rows string) {
	t.Helper()
	if _, err := put(t, s, step, key, rows); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsPutIsFound(t *testing.T) {
	s := Open(filepath.Join(t.TempDir(), "cache"))
	if _, c := s.Find("exposure", "a"); c != Absent {
		t.Errorf("condition %d before anything was kept", c)
	}
	want, err := put(t, s, "exposure", "a", "rows")
	if err != nil {
		t.Fatal(err)
	}
	got, c := s.Find("exposure", "a")
	if c != Sound || got != want || got.Rows != 3 || got.Bytes != 4 {
		t.Errorf("condition %d, got %+v, want %+v", c, got, want)
	}
	for _, other := range [][2]string{{"exposure", "b"}, {"baseline", "a"}} {
		if _, c := s.Find(other[0], other[1]); c != Absent {
			t.Errorf("%v: condition %d", other, c)
		}
	}
}

// What the guard refuses, and what fails while it is written, is not kept; an
// earlier entry of the key stays.
func TestWhatIsNotWholeIsNotKept(t *testing.T) {
	s := Open(t.TempDir())
	refused := errors.New("refused")
	s.Guard = func() error { return refused }
	if _, err := put(t, s, "exposure", "a", "rows"); !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
	s.Guard = func() error { return nil }
	if _, err := s.Put("exposure", "a", func(string) (int64, error) { return 0, refused }); !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(filepath.Join(s.dir, "results", "exposure")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A document vouches for its own place alone.
func TestDocuments(t *testing.T) {
	s := Open(t.TempDir())
	var got string
	if s.Get("memory", "a", &got) {
		t.Error("found what nobody saved")
	}
	if err := s.Save("memory", "a", "text"); err != nil {
		t.Fatal(err)
	}
	if !s.Get("memory", "a", &got) || got != "text" {
		t.Errorf("got %q", got)
	}
	if err := os.Rename(s.document("memory", "a"), s.document("memory", "b")); err != nil {
		t.Fatal(err)
	}
	if s.Get("memory", "b", &got) {
		t.Error("a document passes for another")
	}
}

func TestKeep(t *testing.T) {
	s := Open(t.TempDir())
	for _, key := range []string{"a", "a-2024", "b", "b-2024"} {
		keep(t, s, "alignment", key, "rows")
	}
	for _, key := range []string{"a", "b"} {
		if err := s.Save("memory", key, key); err != nil {
			t.Fatal(err)
		}
	}
	aside := filepath.Join(s.dir, "results", "alignment", asidePrefix+"1")
	if err := os.MkdirAll(aside, folderMode); err != nil {
		t.Fatal(err)
	}
	named := Named{}
	named.Result("alignment", "a")
	named.Document("memory", "a")
	dry, err := s.Keep(named, true)
	if err != nil {
		t.Fatal(err)
	}
	if keys, err := s.Keys("memory"); err != nil || len(keys) != 2 {
		t.Errorf("a dry run dropped something: %v, %v", keys, err)
	}
	// As a kill between the two files of an entry leaves it.
	if err := os.Remove(beside(s.result("alignment", "b"))); err != nil {
		t.Fatal(err)
	}
	done, err := s.Keep(named, false)
	if err != nil || dry.Entries != 4 || done.Entries != 4 || dry.Bytes <= done.Bytes || done.Bytes == 0 {
		t.Errorf("dry %+v, done %+v, %v", dry, done, err)
	}
	for key, want := range map[string]Condition{"a": Sound, "a-2024": Sound, "b": Absent, "b-2024": Absent} {
		if _, got := s.Find("alignment", key); got != want {
			t.Errorf("%s: condition %d, want %d", key, got, want)
		}
	}
	if keys, err := s.Keys("memory"); err != nil || len(keys) != 1 {
		t.Errorf("documents left: %v, %v", keys, err)
	}
	if _, err := os.Stat(aside); err == nil {
		t.Error("what a killed writer left is still there")
	}
	if again, err := s.Keep(named, false); err != nil || again != (Dropped{}) {
		t.Errorf("again: %+v, %v", again, err)
	}
}

func TestKeepWithoutACache(t *testing.T) {
	s := Open(filepath.Join(t.TempDir(), "none"))
	if d, err := s.Keep(Named{}, false); err != nil || d != (Dropped{}) {
		t.Errorf("%+v, %v", d, err)
	}
}

// Many use a cache at once; one who holds it is alone.
func TestUseAndHold(t *testing.T) {
	dir := t.TempDir()
	use := func() func() error {
		release, err := Open(dir).Use(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return release
	}
	first, second := use(), use()
	var busy *BusyError
	if _, err := Open(dir).Hold(t.Context(), false); !errors.As(err, &busy) || busy.ExitCode() != 75 {
		t.Errorf("held beside two users: %v", err)
	}
	if err := errors.Join(first(), second()); err != nil {
		t.Fatal(err)
	}
	release, err := Open(dir).Hold(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(dir).Use(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("used beside a holder: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if err := use()(); err != nil {
		t.Fatal(err)
	}
}
