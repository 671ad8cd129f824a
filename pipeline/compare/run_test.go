package compare

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"leadline/pipeline/publish"
	"leadline/schemas"
)

// tables are the rows of a run made by hand, by file below the run's folder.
type tables map[string][][]any

// published writes a run's folder as publish leaves it: every table that a diff
// needs, empty where the test gives none.
func published(t *testing.T, output, id string, rows tables, change ...func(*manifest)) string {
	t.Helper()
	folder := filepath.Join(output, runPrefix+id)
	m := manifest{RunID: id, PerformanceYear: 2027, BaseYears: []int{2024, 2025, 2026}, Outputs: []publish.File{}}
	for _, table := range []string{"exposure", "exposure_county", "expenditure", "baseline", "benchmark_step", "benchmark"} {
		file := table + "/" + table + ".parquet"
		if _, given := rows[file]; !given {
			write(t, folder, &m, file, nil)
		}
	}
	for file, given := range rows {
		write(t, folder, &m, file, given)
	}
	for _, change := range change {
		change(&m)
	}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(folder, manifestName), text)
	put(t, filepath.Join(folder, successName), nil)
	return folder
}

func write(t *testing.T, folder string, m *manifest, file string, rows [][]any) {
	t.Helper()
	table, _, _ := strings.Cut(file, "/")
	definition, known := schemas.Output(table)
	if !known {
		t.Fatalf("no table %s", table)
	}
	path := filepath.Join(folder, file)
	parquet(t, path, definition, rows)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	m.Outputs = append(m.Outputs, publish.File{Path: file, SHA256: hex.EncodeToString(sum[:])})
}

func parquet(t *testing.T, path string, definition schemas.Table, rows [][]any) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := publish.WriteTable(path, definition, rows); err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// compared is the diff of two runs; a failure of it ends the test.
func compared(t *testing.T, r Request) Diff {
	t.Helper()
	d, err := Compare(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Each way in which two runs cannot be compared has its exit code, and a text
// that says what and where.
func TestRefusals(t *testing.T) {
	output := t.TempDir()
	a := published(t, output, "aa11", nil)
	b := published(t, output, "bb22", nil)
	later := published(t, output, "cc33", nil, func(m *manifest) { m.PerformanceYear = 2028 })
	outside := published(t, output, "ee66", nil, func(m *manifest) { m.Outputs[0].Path = "../aa11/manifest.json" })
	made := func(id string, harm func(folder string)) string {
		folder := published(t, output, id, nil)
		harm(folder)
		return folder
	}
	flipped := made("dd44", func(folder string) {
		path := filepath.Join(folder, "exposure", "exposure.parquet")
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text[len(text)/2] ^= 1
		put(t, path, text)
	})
	remove := func(name string) func(string) {
		return func(folder string) {
			if err := os.Remove(filepath.Join(folder, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := []struct {
		name     string
		from, to string
		output   string
		aco      string
		code     int
		text     string
	}{
		{"no such folder", filepath.Join(output, "run_id=zz99"), b, "", "", 64, "give the path of a run's folder"},
		{"no such id", "zz99", b, output, "", 64, "no run under"},
		{"no output folder", "zz99", b, filepath.Join(output, "none"), "", 64, "cannot be read"},
		{"an id that two runs have", "", b, output, "", 64, "no run under"},
		{"a beginning that two runs have", "dd", b, output, "", 64, "2 runs under"},
		{"another performance year", a, later, "", "", 64, "performance years 2027 and 2028"},
		{"no such ACO", a, b, "", "A9", 64, `ACO "A9" is in neither run`},
		{"a flipped bit", a, flipped, "", "", 65, "exposure/exposure.parquet is not the file that was published"},
		{"a lost file", a, made("dd55", remove("exposure/exposure.parquet")), "", "", 65, "exposure/exposure.parquet is missing"},
		{"never finished", a, made("ee55", remove("_SUCCESS")), "", "", 65, "_SUCCESS is missing"},
		{"a file outside", a, outside, "", "", 65, "outside the run"},
		{"a broken manifest", a, made("ee77", func(folder string) { put(t, filepath.Join(folder, manifestName), []byte("{")) }), "", "", 65, "manifest.json is damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Compare(t.Context(), Request{From: tt.from, To: tt.to, Output: tt.output, ACO: tt.aco})
			var coded *Error
			if !errors.As(err, &coded) || coded.ExitCode() != tt.code || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("%v, want exit code %d and %q", err, tt.code, tt.text)
			}
		})
	}
}

// A run is found by its path, its id, the beginning of it or its folder's name.
func TestRunIsFound(t *testing.T) {
	output := t.TempDir()
	a, b := published(t, output, "aa11", nil), published(t, output, "bb22", nil)
	for _, name := range []string{a, "aa11", "a", "run_id=aa11"} {
		d := compared(t, Request{From: name, To: b, Output: output})
		if d.From.RunID != "aa11" || d.From.Path != a || d.To.RunID != "bb22" {
			t.Errorf("%s: %+v, %+v", name, d.From, d.To)
		}
	}
}
