package pipeline_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"leadline/fixtures/oracle"
)

// oracleSeeds is how many random extracts a plain test run compares; the
// environment LEADLINE_ORACLE_SEEDS sets another number.
const oracleSeeds = 12

// Every published row, cell and step of a small adversarial extract is what an
// independent row-at-a-time computation of the methodology makes of it.
func TestRunAgreesWithTheOracle(t *testing.T) {
	seeds := oracleSeeds
	if text := os.Getenv("LEADLINE_ORACLE_SEEDS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		seeds = n
	}
	first := 1
	if text := os.Getenv("LEADLINE_ORACLE_FIRST"); text != "" {
		first, _ = strconv.Atoi(text)
	}
	for seed := first; seed < first+seeds; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { agreesWithOracle(t, uint64(seed)) })
	}
}

// withoutMoreThanTheText takes off what a run publishes beyond the text: totals
// by category and by type, and what it shows of a base year without months.
//
// Where a baseline is not calculable the whole line is silent, and so are both.
func withoutMoreThanTheText(want, got oracle.Table) {
	for key, cells := range want {
		line, isBaseline := strings.CutSuffix(key, "|baseline")
		if isBaseline && cells["is_calculable"] == "false" {
			for _, t := range []oracle.Table{want, got} {
				maps.DeleteFunc(t, func(k string, _ map[string]string) bool { return strings.HasPrefix(k, line+"|") })
			}
		}
	}
	for key, cells := range got {
		isSubtotal := strings.HasSuffix(key, "|all") != strings.Contains(key, "|all|")
		if _, known := want[key]; !known && isSubtotal {
			delete(got, key)
			continue
		}
		if cells["is_calculable"] == "false" && want[key] != nil {
			delete(want[key], "discount_rate")
		}
		for name, value := range cells {
			if year, isPBPM := strings.CutSuffix(name, "_pbpm"); isPBPM && value == "" {
				delete(want[key], year+"_weight")
				delete(want[key], year+"_trend")
			}
		}
	}
}

func agreesWithOracle(t *testing.T, seed uint64) {
	x, o := oracle.Random(seed)
	dir := t.TempDir()
	if err := oracle.Write(dir, x, o); err != nil {
		t.Fatal(err)
	}
	want, err := oracle.Compute(x, o)
	if err != nil {
		t.Fatal(err)
	}
	out := run(t, filepath.Join(dir, "run.yaml"))
	tables := want.Tables()
	for _, table := range slices.Sorted(maps.Keys(tables)) {
		got := published(t, out, table)
		withoutMoreThanTheText(tables[table], got)
		differences := oracle.Diff(tables[table], got)
		for i, d := range differences {
			if i == 10 {
				t.Errorf("%s: and %d more", table, len(differences)-i)
				break
			}
			t.Errorf("%s: %s", table, d)
		}
	}
}
