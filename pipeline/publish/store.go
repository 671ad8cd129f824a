// Package publish puts finished results where others read them.
//
// A reader never sees half a run. The order of operations:
//
//	Acquire   one writer of an output folder at a time
//	Begin     a folder aside, <output>/.staging-<random>
//	          ... the tables and manifest.json are written into it
//	Commit    _SUCCESS is written; every file and folder is synced to disk
//	          rename to <output>/run_id=<id>
//	          <output>/commits/<n>.json, created once, never changed
//	          <output>/latest.json, replaced whole
//
// Whoever follows latest.json meets a complete folder at any moment, a power
// cut between any two lines included: until the last rename it names the run
// before. The run id is made of what the result rests on, so a run that gives
// the result that latest.json already names publishes nothing, and one that
// was cut off after its rename is finished by the next.
//
// Published folders are never changed. They are readable by owner and group
// only, since some tables have a row a beneficiary.
package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

const (
	folderMode = 0o750
	fileMode   = 0o640

	latestName  = "latest.json"
	commitsName = "commits"
	changesName = "changes"
	successName = "_SUCCESS"
	stagingGlob = ".staging-*"

	transitionMark = "__" // between the ids of a transition's runs
)

// An Error says that results could not be published. Its exit code is 73.
type Error struct{ Err error }

func (e *Error) Error() string { return "cannot publish: " + e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }
func (*Error) ExitCode() int   { return 73 }

func cannot(format string, args ...any) error { return &Error{fmt.Errorf(format, args...)} }

// A Pointer is what latest.json holds: the current run and its folder, relative
// to the output folder.
type Pointer struct {
	RunID string `json:"run_id"`
	Path  string `json:"path"`
}

// Latest is the run that an output folder's readers see, if there is one.
func Latest(output string) (Pointer, bool, error) {
	text, err := os.ReadFile(filepath.Join(output, latestName))
	if errors.Is(err, fs.ErrNotExist) {
		return Pointer{}, false, nil
	}
	if err != nil {
		return Pointer{}, false, cannot("%s cannot be read: %w", latestName, err)
	}
	var p Pointer
	if err := json.Unmarshal(text, &p); err != nil || p.RunID == "" {
		return Pointer{}, false, cannot("%s is damaged; put back what %s names last", filepath.Join(output, latestName), commitsName)
	}
	return p, true, nil
}

// IsLatest is whether the result with this id is the one that readers see, in a
// folder that is whole: such a result need not be published, or even computed.
func IsLatest(output, runID string) (bool, error) {
	p, found, err := Latest(output)
	if err != nil || !found || p.RunID != runID {
		return false, err
	}
	return complete(filepath.Join(output, p.Path)), nil
}

func complete(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, successName))
	return err == nil
}

// A Staging is a folder aside that becomes a run's folder, or nothing.
type Staging struct {
	output string
	dir    string

	// interrupt stands for a power cut in tests: it is asked after each step
	// of Commit whose order matters.
	interrupt func(step string) error
}

// Begin opens a folder aside in the output folder, which it creates.
func Begin(output string) (*Staging, error) {
	if err := os.MkdirAll(output, folderMode); err != nil {
		return nil, cannot("output folder: %w", err)
	}
	dir, err := os.MkdirTemp(output, stagingGlob)
	if err != nil {
		return nil, cannot("folder aside: %w", err)
	}
	if err := os.Chmod(dir, folderMode); err != nil {
		return nil, cannot("folder aside: %w", err)
	}
	return &Staging{output: output, dir: dir, interrupt: func(string) error { return nil }}, nil
}

// Dir is the folder aside.
func (s *Staging) Dir() string { return s.dir }

// Table is the path of a table's file in the folder aside; its folder is made.
func (s *Staging) Table(table, file string) (string, error) {
	dir := filepath.Join(s.dir, table)
	if err := os.MkdirAll(dir, folderMode); err != nil {
		return "", cannot("%w", err)
	}
	return filepath.Join(dir, file), nil
}

// Discard removes the folder aside. After Commit there is none, and it does
// nothing, so that it can be deferred.
func (s *Staging) Discard() error {
	if s.dir == "" {
		return nil
	}
	return os.RemoveAll(s.dir)
}

// Sweep removes the folders aside that killed runs left. The caller holds the
// lock: another writer's folder must not vanish under it.
func Sweep(output string, l *Lock) error {
	if l == nil {
		return errors.New("publish: sweeping without the lock")
	}
	left, err := filepath.Glob(filepath.Join(globQuoted(output), stagingGlob))
	if err != nil {
		return err
	}
	for _, dir := range left {
		if err := os.RemoveAll(dir); err != nil {
			return cannot("remains of an earlier run: %w", err)
		}
	}
	return nil
}

var globMeta = regexp.MustCompile(`[\\*?\[]`)

func globQuoted(path string) string { return globMeta.ReplaceAllString(path, `\$0`) }

var runIDForm = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z_-]{3,127}$`)

func runFolder(runID string) (string, error) {
	if !runIDForm.MatchString(runID) {
		return "", fmt.Errorf("publish: run id %q is not 4 to 128 letters, digits, - and _", runID)
	}
	return "run_id=" + strings.TrimSpace(runID), nil
}
