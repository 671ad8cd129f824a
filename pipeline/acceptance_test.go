package pipeline_test

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"leadline/fixtures/oracle"
	"leadline/pipeline"
)

// sharedFolder finds a folder of what is shared with this project, in
// LEADLINE_SHARED or beside the repository, or skips.
func sharedFolder(t *testing.T, parts ...string) string {
	t.Helper()
	shared := os.Getenv("LEADLINE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "shared")
	}
	path := filepath.Join(append([]string{shared}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIP: not offered: no %s in LEADLINE_SHARED or beside the repository", filepath.Join(parts...))
	}
	return path
}

// rowsOfCSV reads a CSV file with its header.
func rowsOfCSV(t tester, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// expected reads a solved table, keyed by its first columns.
func expected(t *testing.T, path string, keys int) oracle.Table {
	t.Helper()
	rows := rowsOfCSV(t, path)
	table := oracle.Table{}
	for _, row := range rows[1:] {
		cells := map[string]string{}
		for i := keys; i < len(row); i++ {
			cells[rows[0][i]] = row[i]
		}
		table[strings.Join(row[:keys], "|")] = cells
	}
	if len(table) != len(rows)-1 {
		t.Fatalf("%s: %d rows, %d keys", filepath.Base(path), len(rows)-1, len(table))
	}
	return table
}

// The two solved extracts are met: every person's outcome in every year, every
// flag, month and cent, and every calculable step. Rows are the same both ways.
func TestAcceptance(t *testing.T) {
	folder := sharedFolder(t, "acceptance")
	for _, name := range []string{"projected", "partial-year"} {
		t.Run(name, func(t *testing.T) {
			out := run(t, filepath.Join(folder, name, "run.yaml"))
			solved := filepath.Join(folder, name, "expected")
			t.Run("alignment", func(t *testing.T) {
				got := published(t, out, "alignment")
				report(t, oracle.Diff(solvedAlignment(expected(t, filepath.Join(solved, "alignment.csv"), 2), got), got))
			})
			t.Run("high_needs", func(t *testing.T) {
				report(t, exactDiff(expected(t, filepath.Join(solved, "high_needs.csv"), 1), published(t, out, "high_needs")))
			})
			t.Run("exposure", func(t *testing.T) {
				report(t, exactDiff(expected(t, filepath.Join(solved, "exposure.csv"), 4), published(t, out, "exposure")))
			})
			t.Run("expenditure", func(t *testing.T) {
				report(t, exactDiff(expected(t, filepath.Join(solved, "expenditure.csv"), 5), published(t, out, "expenditure")))
			})
			t.Run("benchmark_step", func(t *testing.T) {
				report(t, oracle.Diff(expected(t, filepath.Join(solved, "benchmark_step.csv"), 5), solvedSteps(t, out)))
			})
		})
	}
}

// solvedAlignment is the wanted table in the published columns: the reason is
// known by its beginning, stage and charge where claims aligned.
func solvedAlignment(want, got oracle.Table) oracle.Table {
	for key, cells := range want {
		begins := cells["reason_code_begins"]
		delete(cells, "reason_code_begins")
		switch reason := got[key]["reason_code"]; {
		case begins == "":
			cells["reason_code"] = ""
		case strings.HasPrefix(reason, begins):
			cells["reason_code"] = reason
		default:
			cells["reason_code"] = begins + "..."
		}
		if cells["alignment_type"] != "claims" {
			delete(cells, "stage")
			delete(cells, "winner_weighted_charge")
		}
	}
	return want
}

// stepsNotSolved are the codes that the solved steps leave out.
var stepsNotSolved = strings.Fields(`acpt acpt_guarded_annual update_annual coding_factor rate_book_weight discount_rate
	settlement_benchmark performance_year_expenditure gross_savings shared_savings sequestration net_settlement`)

// solvedSteps are the published steps of which the solved ones are a list:
// the calculable values of the lines that have a baseline, totals left out.
func solvedSteps(t *testing.T, out pipeline.Outcome) oracle.Table {
	t.Helper()
	all := published(t, out, "benchmark_step")
	got := oracle.Table{}
	for key, cells := range all {
		at := strings.LastIndex(key, "|")
		line, code := key[:at], key[at+1:]
		hasBaseline := all[line+"|baseline"]["is_calculable"] == "true"
		isTotal := strings.Contains(line, "|all")
		if hasBaseline && !isTotal && cells["is_calculable"] == "true" && !slices.Contains(stepsNotSolved, code) {
			got[key] = cells
		}
	}
	return got
}

// exactDiff is oracle.Diff to the last digit: numbers that differ by less than
// a millionth are different too.
func exactDiff(want, got oracle.Table) []string {
	differences := oracle.Diff(want, got)
	for _, key := range slices.Sorted(maps.Keys(want)) {
		for _, column := range slices.Sorted(maps.Keys(want[key])) {
			w, errW := decimal.NewFromString(want[key][column])
			g, errG := decimal.NewFromString(got[key][column])
			if errW == nil && errG == nil && !w.Equal(g) {
				differences = append(differences, fmt.Sprintf("%s: %s: want exactly %s, got %s", key, column, w, g))
			}
		}
	}
	return differences
}

// report fails with the first differences and the number of the others.
func report(t tester, differences []string) {
	t.Helper()
	const shown = 10
	for i, d := range differences {
		if i == shown {
			t.Errorf("and %d more", len(differences)-shown)
			return
		}
		t.Errorf("%s", d)
	}
}
