package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A Publication is what Commit did.
type Publication struct {
	Pointer
	Commit    int64 // its number; 0 where nothing was published
	Unchanged bool  // readers already saw this result
}

// A record is a file of commits: one publication.
type record struct {
	Number      int64   `json:"number"`
	RunID       string  `json:"run_id"`
	Path        string  `json:"path"`
	Previous    *string `json:"previous_run_id"`
	PublishedAt string  `json:"published_at"`
}

// Commit publishes the folder aside as the result with this id. The caller
// holds the output folder's lock.
func (s *Staging) Commit(runID string, now time.Time) (Publication, error) {
	folder, err := runFolder(runID)
	if err != nil {
		return Publication{}, err
	}
	p := Publication{Pointer: Pointer{RunID: runID, Path: folder}}
	if p.Unchanged, err = IsLatest(s.output, runID); err != nil {
		return Publication{}, err
	}
	if p.Unchanged {
		return p, s.Discard()
	}
	if err := s.place(folder); err != nil {
		return Publication{}, err
	}
	if p.Commit, err = s.record(p.Pointer, now); err != nil {
		return Publication{}, err
	}
	if err := s.interrupt("recorded"); err != nil {
		return Publication{}, err
	}
	if err := writeWhole(filepath.Join(s.output, latestName), p.Pointer); err != nil {
		return Publication{}, cannot("%s: %w", latestName, err)
	}
	return p, s.interrupt("pointed")
}

// place makes the folder aside the run's folder, or drops it where an earlier
// run already gave the same result.
func (s *Staging) place(folder string) error {
	final := filepath.Join(s.output, folder)
	if _, err := os.Lstat(final); err == nil {
		if !complete(final) {
			return cannot("%s exists without %s: it was not written by this program, or was changed; move it away", final, successName)
		}
		return s.Discard()
	}
	success := filepath.Join(s.dir, successName)
	if err := os.WriteFile(success, nil, fileMode); err != nil {
		return cannot("%w", err)
	}
	if err := syncTree(s.dir); err != nil {
		return cannot("%w", err)
	}
	if err := s.interrupt("synced"); err != nil {
		return err
	}
	if err := os.Rename(s.dir, final); err != nil {
		return cannot("%w", err)
	}
	s.dir = ""
	if err := syncPath(s.output); err != nil {
		return cannot("%w", err)
	}
	return s.interrupt("placed")
}

// PlaceChange makes the folder aside what became of everyone from one run to the
// next. The same transition again replaces it.
func (s *Staging) PlaceChange(from, to string) error {
	for _, id := range []string{from, to} {
		if _, err := runFolder(id); err != nil {
			return err
		}
	}
	changes := filepath.Join(s.output, changesName)
	final := filepath.Join(changes, from+transitionMark+to)
	err := errors.Join(os.MkdirAll(changes, folderMode), syncTree(s.dir), os.RemoveAll(final))
	if err == nil {
		err = os.Rename(s.dir, final)
	}
	if err != nil {
		return cannot("%w", err)
	}
	s.dir = ""
	return syncPath(changes)
}

// record adds a file to commits. Where the last one already names this run,
// that publication was cut off before latest.json, and is finished instead.
func (s *Staging) record(p Pointer, now time.Time) (int64, error) {
	dir := filepath.Join(s.output, commitsName)
	if err := os.MkdirAll(dir, folderMode); err != nil {
		return 0, cannot("%w", err)
	}
	last, number, err := lastRecord(dir)
	if err != nil {
		return 0, err
	}
	r := record{Number: number + 1, RunID: p.RunID, Path: p.Path, PublishedAt: now.UTC().Format(time.RFC3339)}
	if last != nil {
		if last.RunID == p.RunID {
			return number, nil
		}
		r.Previous = &last.RunID
	}
	path := filepath.Join(dir, strconv.FormatInt(r.Number, 10)+".json")
	if err := writeOnce(path, r); err != nil {
		return 0, cannot("%s: %w", path, err)
	}
	return r.Number, nil
}

func lastRecord(dir string) (*record, int64, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, 0, cannot("%w", err)
	}
	var number int64
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".json")
		if n, err := strconv.ParseInt(name, 10, 64); ok && err == nil && n > number {
			number = n
		}
	}
	if number == 0 {
		return nil, 0, nil
	}
	path := filepath.Join(dir, strconv.FormatInt(number, 10)+".json")
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, 0, cannot("%w", err)
	}
	var r record
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, 0, cannot("%s is damaged: %w", path, err)
	}
	return &r, number, nil
}

// writeOnce creates a file that must not exist, whole: a hard link gives a
// written file its name and fails where the name is taken. File systems
// without links get an exclusive create.
func writeOnce(path string, value any) error {
	text, err := CanonicalJSON(value)
	if err != nil {
		return err
	}
	temporary, err := writeBeside(path, text)
	if err != nil {
		return err
	}
	defer os.Remove(temporary)
	err = os.Link(temporary, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = createExclusive(path, text)
	}
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("another run has published meanwhile: %w", err)
	}
	if err != nil {
		return err
	}
	return syncPath(filepath.Dir(path))
}

func createExclusive(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

// writeWhole replaces a file: its readers see the old text or the new.
func writeWhole(path string, value any) error {
	text, err := CanonicalJSON(value)
	if err != nil {
		return err
	}
	temporary, err := writeBeside(path, text)
	if err != nil {
		return err
	}
	if err := os.Rename(temporary, path); err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	return syncPath(filepath.Dir(path))
}

// writeBeside writes a synced temporary file in the folder of path.
func writeBeside(path string, text []byte) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".staging-"+filepath.Base(path)+"-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Chmod(fileMode), f.Sync(), f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}
