package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/fixtures/oracle"
	"leadline/pipeline"
)

// The base years never move: a run for 2030 has the claims-aligned base years
// of one for 2027, with the same list and claims, and the same baselines (D4).
// Rows of a list that begin or end between the two years are another list.
func TestBaseYearsAreNeverRebased(t *testing.T) {
	r := tiny(t)
	list := filepath.Join(folder(t), "participant_tin.csv")
	rewriteCSV(t, filepath.Join(r.Dir, "participant_tin.csv"), list, withoutDates)
	early := run(t, r.RunFile, "inputs.participant_tin="+list)
	late := run(t, r.RunFile, "inputs.participant_tin="+list, "performance_year=2030")
	for year := 2024; year <= 2026; year++ {
		name := filepath.Join("alignment", fmt.Sprintf("alignment_%d.parquet", year))
		a, b := publishedFile(t, early, name), publishedFile(t, late, name)
		if len(a) == 0 || string(a) != string(b) {
			t.Errorf("%s: %d and %d bytes, not the same", name, len(a), len(b))
		}
	}
	for _, table := range []string{"exposure", "exposure_county", "expenditure", "baseline"} {
		want, got := claimsBeforeStart(t, early, table), claimsBeforeStart(t, late, table)
		if len(want) == 0 {
			t.Errorf("%s: nothing to compare", table)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", table, diff)
		}
	}
}

// withoutDates puts every TIN in force for good.
func withoutDates(header []string, rows [][]string) [][]string {
	for _, row := range rows {
		for i, column := range header {
			if column == "effective_date" || column == "end_date" {
				row[i] = ""
			}
		}
	}
	return rows
}

func publishedFile(t tester, out pipeline.Outcome, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(out.Path, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// claimsBeforeStart are a table's rows of the claims-aligned group in the
// years before the first performance year; baselines have no year.
func claimsBeforeStart(t tester, out pipeline.Outcome, table string) oracle.Table {
	t.Helper()
	rows := oracle.Table{}
	for key, cells := range published(t, out, table) {
		isBase := table == "baseline" || strings.Contains(key, "|2024|") || strings.Contains(key, "|2025|") || strings.Contains(key, "|2026|")
		if isBase && strings.Contains(key+"|", "|claims|") {
			rows[key] = cells
		}
	}
	return rows
}
