package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ownFiles are the names that an import writes; Force replaces no others.
func ownFiles() []string {
	names := []string{participantFile, acoFile, runFile, reconciliationFile, reportFile}
	for _, table := range []string{"professional_claim_line", "institutional_claim", "enrollment_month", "beneficiary"} {
		names = append(names, parquetName(table))
	}
	return names
}

// checkOutput refuses a folder that holds anything, unless an earlier import's
// files in it may be replaced.
func checkOutput(out string, force bool) error {
	entries, err := os.ReadDir(out)
	if os.IsNotExist(err) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("output folder %s: %s; name a folder that can be made", out, reason(err))
	}
	earlier := slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == reportFile })
	switch {
	case force && earlier:
		return nil
	case force:
		return fmt.Errorf("%w: %s holds no earlier import (no %s); name another folder", ErrOutputInUse, out, reportFile)
	}
	return fmt.Errorf("%w: %s; name another, or force the replacement of an earlier import's files", ErrOutputInUse, out)
}

// makeAside makes a private folder beside out, on the same file system.
func makeAside(out string) (string, error) {
	parent, name := filepath.Split(filepath.Clean(out))
	if parent == "" {
		parent = "."
	}
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return "", fmt.Errorf("output folder %s: %s", out, reason(err))
	}
	aside, err := os.MkdirTemp(parent, "."+name+".importing-*")
	if err != nil {
		return "", fmt.Errorf("output folder %s: %s", out, reason(err))
	}
	return aside, nil
}

// takePlace gives the finished folder the output's name. What else an earlier
// output held, such as published runs, moves along; nothing of it is deleted
// but the files of the earlier import, and those only once all stands.
func takePlace(finished, out string) error {
	out = filepath.Clean(out)
	parent := filepath.Dir(out)
	old := filepath.Join(parent, strings.Replace(filepath.Base(filepath.Dir(finished)), ".importing-", ".replaced-", 1))
	err := os.Rename(out, old)
	replaces := err == nil
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("output folder %s: %s", out, reason(err))
	}
	if err := os.Rename(finished, out); err != nil {
		if replaces && os.Rename(old, out) != nil {
			return fmt.Errorf("output folder %s: %s; the earlier import is at %s", out, reason(err), old)
		}
		return fmt.Errorf("output folder %s: %s", out, reason(err))
	}
	if replaces {
		if err := moveAlong(old, out); err != nil {
			return fmt.Errorf("output folder %s: %s; what could not be moved is at %s", out, reason(err), old)
		}
	}
	return syncFolder(parent)
}

// moveAlong moves into out what an import does not write, and drops the rest.
func moveAlong(old, out string) error {
	entries, err := os.ReadDir(old)
	if err != nil {
		return err
	}
	own := ownFiles()
	for _, e := range entries {
		from := filepath.Join(old, e.Name())
		if slices.Contains(own, e.Name()) {
			err = os.Remove(from)
		} else {
			err = os.Rename(from, filepath.Join(out, e.Name()))
		}
		if err != nil {
			return err
		}
	}
	return os.Remove(old)
}

// syncFolder makes the renames in a folder durable.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
