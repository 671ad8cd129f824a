package compare

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"leadline/pipeline/publish"
	"leadline/schemas"
)

// manifest is what a comparison reads of manifest.json.
type manifest struct {
	RunID           string                       `json:"run_id"`
	Version         string                       `json:"version"`
	PerformanceYear int                          `json:"performance_year"`
	BaseYears       []int                        `json:"base_years"`
	Inputs          []inputFile                  `json:"inputs"`
	TINList         tinList                      `json:"participant_tin"`
	Parameters      []schemas.ConsultedParameter `json:"parameters"`
	Outputs         []publish.File               `json:"outputs"`
}

type inputFile struct {
	Table  string `json:"table"`
	SHA256 string `json:"sha256"`
}

type tinList struct {
	SHA256        []string    `json:"sha256"`
	PreviousRunID string      `json:"previous_run_id"`
	Changes       []TINChange `json:"changes"`
}

// run is a published run whose files are those of its manifest.
type run struct {
	folder string
	manifest
}

const (
	manifestName = "manifest.json"
	successName  = "_SUCCESS"
	runPrefix    = "run_id="
)

// openRun finds a run and holds its files against its manifest.
func openRun(name, output string) (run, error) {
	folder, err := find(name, output)
	if err != nil {
		return run{}, err
	}
	r := run{folder: folder}
	text, err := os.ReadFile(filepath.Join(folder, manifestName))
	if err != nil {
		return run{}, damaged("run %s: %s cannot be read: %w", folder, manifestName, errors.Unwrap(err))
	}
	if err := json.Unmarshal(text, &r.manifest); err != nil || r.RunID == "" {
		return run{}, damaged("run %s: %s is damaged; run leadline again with another output folder", folder, manifestName)
	}
	if _, err := os.Stat(filepath.Join(folder, successName)); err != nil {
		return run{}, damaged("run %s: %s is missing, so it was not published whole", folder, successName)
	}
	for _, f := range r.Outputs {
		if err := verify(folder, f); err != nil {
			return run{}, err
		}
	}
	return r, nil
}

// find is the folder of a run: a path, or with an output folder an id or the
// beginning of one.
func find(name, output string) (string, error) {
	if _, err := os.Stat(filepath.Join(name, manifestName)); err == nil {
		return filepath.Clean(name), nil
	}
	if output == "" {
		return "", usage("run %q: no such folder with a %s; give the path of a run's folder, or its id with --output", name, manifestName)
	}
	entries, err := os.ReadDir(output)
	if err != nil {
		return "", usage("output folder %s cannot be read: %w", output, errors.Unwrap(err))
	}
	var found []string
	for _, e := range entries {
		id, isRun := strings.CutPrefix(e.Name(), runPrefix)
		if isRun && e.IsDir() && name != "" && strings.HasPrefix(id, strings.TrimPrefix(name, runPrefix)) {
			found = append(found, e.Name())
		}
	}
	switch len(found) {
	case 0:
		return "", usage("run %q: no run under %s has an id that begins so", name, output)
	case 1:
		return filepath.Join(output, found[0]), nil
	}
	return "", usage("run %q: %d runs under %s begin so; give more of the id", name, len(found), output)
}

// verify proves that a file is the one that was published.
func verify(folder string, f publish.File) error {
	if !filepath.IsLocal(f.Path) {
		return damaged("run %s: %s names a file outside the run", folder, manifestName)
	}
	sum, _, err := publish.Digest(filepath.Join(folder, f.Path))
	if errors.Is(err, fs.ErrNotExist) {
		return damaged("run %s: %s is missing, which %s lists", folder, f.Path, manifestName)
	}
	if err != nil {
		return damaged("run %s: %s cannot be read: %w", folder, f.Path, errors.Unwrap(err))
	}
	if sum != f.SHA256 {
		return damaged("run %s: %s is not the file that was published: its SHA-256 differs from that in %s", folder, f.Path, manifestName)
	}
	return nil
}

// files are the paths of a table's files.
func (r run) files(table string) []string {
	var paths []string
	for _, f := range r.Outputs {
		if strings.HasPrefix(f.Path, table+"/") && strings.HasSuffix(f.Path, ".parquet") {
			paths = append(paths, filepath.Join(r.folder, filepath.FromSlash(f.Path)))
		}
	}
	return paths
}
