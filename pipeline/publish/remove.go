package publish

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Published are the runs that were published in an output folder, by their last
// publications, the latest first. Some of their folders may be gone.
func Published(output string) ([]string, error) {
	dir := filepath.Join(output, commitsName)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, cannot("%w", err)
	}
	var numbers []int
	for _, e := range entries {
		if n, err := strconv.Atoi(strings.TrimSuffix(e.Name(), ".json")); err == nil {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	slices.Reverse(numbers)
	var runs []string
	for _, n := range numbers {
		path := filepath.Join(dir, strconv.Itoa(n)+".json")
		var r record
		text, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(text, &r)
		}
		if err != nil {
			return nil, cannot("%s is damaged: %w", path, err)
		}
		if !slices.Contains(runs, r.RunID) {
			runs = append(runs, r.RunID)
		}
	}
	return runs, nil
}

// RunFolder is the folder of a run that an output folder holds, or "".
func RunFolder(output, runID string) string {
	folder, err := runFolder(runID)
	if path := filepath.Join(output, folder); err == nil && complete(path) {
		return path
	}
	return ""
}

// ChangeFolders are the folders of transitions between runs of which one at
// least is not kept.
func ChangeFolders(output string, kept []string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(output, changesName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, cannot("%w", err)
	}
	var folders []string
	for _, e := range entries {
		from, to, isTransition := strings.Cut(e.Name(), transitionMark)
		if isTransition && !(slices.Contains(kept, from) && slices.Contains(kept, to)) {
			folders = append(folders, filepath.Join(output, changesName, e.Name()))
		}
	}
	return folders, nil
}

// Remove takes a folder from an output folder's readers. It goes whole, by a
// rename, as it came: what a kill leaves of it is swept. The caller holds the
// lock.
func Remove(output, folder string, l *Lock) error {
	if l == nil {
		return errors.New("publish: removing without the lock")
	}
	return renameAside(output, folder, (*Staging).Discard)
}

func renameAside(output, folder string, discard func(*Staging) error) error {
	aside, err := Begin(output)
	if err != nil {
		return err
	}
	if err := os.Rename(folder, filepath.Join(aside.dir, "removed")); err != nil {
		return errors.Join(cannot("%w", err), aside.Discard())
	}
	if err := errors.Join(syncPath(filepath.Dir(folder)), discard(aside)); err != nil {
		return cannot("%w", err)
	}
	return nil
}
