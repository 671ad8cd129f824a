package pipeline_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/fixtures"
	"leadline/fixtures/oracle"
)

// without writes a run file that leaves tables out.
func without(t tester, r fixtures.Report, tables ...string) (runFile string) {
	t.Helper()
	text, err := os.ReadFile(r.RunFile)
	if err != nil {
		t.Fatal(err)
	}
	lines := slices.DeleteFunc(strings.Split(string(text), "\n"), func(line string) bool {
		table, _, _ := strings.Cut(strings.TrimSpace(line), ":")
		return slices.Contains(tables, table)
	})
	runFile = filepath.Join(r.Dir, "without_"+strings.Join(tables, "_")+".yaml")
	if err := os.WriteFile(runFile, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return runFile
}

// missingReference is a reference table and steps that cannot be had without
// it, on any line.
var missingReference = map[string][]string{
	"county_expenditure":   {"baseline", "spending_distance", "regional_trend", "two_way_trend", "benchmark_before_discount"},
	"national_expenditure": {"baseline", "national_trend", "two_way_trend", "update", "benchmark_before_discount"},
	"acpt":                 {"acpt", "acpt_guarded", "update", "benchmark_before_discount", "benchmark_after_discount"},
	"risk_score":           {"baseline", "spending_distance", "benchmark_before_discount", "settlement_benchmark"},
}

// A reference table that is not given leaves what needs it null, marked and
// with a reason; no row of any table is dropped and the run goes through.
func TestMissingReferenceTables(t *testing.T) {
	r := tiny(t)
	whole := run(t, r.RunFile)
	for table, steps := range missingReference {
		t.Run(table, func(t *testing.T) {
			out := run(t, without(t, r, table))
			for _, name := range []string{"alignment", "high_needs", "exposure", "expenditure", "baseline", "benchmark", "benchmark_step"} {
				want, got := published(t, whole, name), published(t, out, name)
				if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))); diff != "" {
					t.Errorf("%s: rows differ: %s", name, diff)
				}
			}
			got := published(t, out, "benchmark_step")
			checkSteps(t, got)
			for key, cells := range got {
				if slices.Contains(steps, key[strings.LastIndex(key, "|")+1:]) && !strings.Contains(key, "|all") && cells["is_calculable"] != "false" {
					t.Errorf("%s: %s without table %s", key, cells["value"], table)
				}
			}
			checkBenchmarks(t, published(t, out, "benchmark"))
		})
	}
}

// All of them at once.
func TestNoReferenceTables(t *testing.T) {
	r := tiny(t)
	out := run(t, without(t, r, slices.Collect(maps.Keys(missingReference))...))
	checkSteps(t, published(t, out, "benchmark_step"))
	checkBenchmarks(t, published(t, out, "benchmark"))
	for key, cells := range published(t, out, "identity") {
		if cells["pass"] != "true" {
			t.Errorf("identity %s: %v", key, cells)
		}
	}
}

// checkSteps holds that a step has a value or a reason.
func checkSteps(t tester, steps oracle.Table) {
	t.Helper()
	if len(steps) == 0 {
		t.Fatalf("no steps")
	}
	for key, cells := range steps {
		isCalculable := cells["is_calculable"] == "true"
		if isCalculable != (cells["value"] != "") || !isCalculable && cells["reason"] == "" {
			t.Errorf("%s: value %q, calculable %s, reason %q", key, cells["value"], cells["is_calculable"], cells["reason"])
		}
	}
}

// checkBenchmarks holds that no line of a category has a benchmark, and each
// says why.
func checkBenchmarks(t tester, lines oracle.Table) {
	t.Helper()
	if len(lines) == 0 {
		t.Fatalf("no lines")
	}
	for key, cells := range lines {
		if cells["is_calculable"] != "false" || cells["settlement_benchmark_pbpm"] != "" || cells["reason"] == "" {
			t.Errorf("%s: %s, calculable %s, reason %q", key, cells["settlement_benchmark_pbpm"], cells["is_calculable"], cells["reason"])
		}
	}
}
