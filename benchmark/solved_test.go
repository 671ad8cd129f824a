package benchmark

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// Two extracts solved by an independent computation: what they aggregate to
// goes in, every step that it could calculate must come out, to 1e-6.
func TestSolvedExtracts(t *testing.T) {
	tests := []struct {
		folder     string
		monthsHeld int
		projected  bool
		tins       map[string][2]int // in force, and of a recent MSSP ACO
	}{
		{"partial_year", 3, false, map[string][2]int{"A0001": {8, 0}, "A0002": {5, 5}, "A0003": {3, 0}, "V9": {4, 1}}},
		{"projected", schemas.MonthsPerYear, true, map[string][2]int{"A0001": {8, 2}, "A0002": {5, 5}, "A0003": {3, 0}, "V9": {4, 0}}},
	}
	for _, tt := range tests {
		t.Run(tt.folder, func(t *testing.T) {
			in := readFolder(t, tt.folder)
			in.PerformanceYear, in.FirstPerformanceYear = 2027, 2027
			in.PerformanceYearMonthsHeld, in.Projected = tt.monthsHeld, tt.projected
			for i, aco := range in.ACOs {
				in.ACOs[i].ParticipantTINs, in.ACOs[i].RecentMSSPTINs = tt.tins[aco.ID][0], tt.tins[aco.ID][1]
			}
			result, err := Compute(in, mustParameters(t))
			if err != nil {
				t.Fatal(err)
			}
			got := map[[4]string]Step{}
			whole := map[[3]string]bool{} // lines with a benchmark
			for _, step := range result.Steps {
				line := [3]string{step.ACO, string(step.Category), string(step.AlignmentType)}
				got[[4]string{line[0], line[1], line[2], step.Step}] = step
				if step.Step == stepSettlement && step.IsCalculable {
					whole[line] = true
				}
			}
			want := readRows(t, filepath.Join("testdata", tt.folder, "benchmark_step.csv"))
			for _, row := range want {
				line := [3]string{row["aco_id"], row["category"], row["alignment_type"]}
				delete(whole, line)
				step := got[[4]string{line[0], line[1], line[2], row["step"]}]
				if step.Value == nil {
					t.Errorf("%v %s: not calculable (%s), want %s", line, row["step"], step.Reason, row["value"])
					continue
				}
				if step.Value.Sub(dec(t, row["value"])).Abs().GreaterThan(dec(t, "0.000001")) {
					t.Errorf("%v %s = %s, want %s; %s", line, row["step"], step.Value, row["value"], step.Formula)
				}
			}
			for line := range whole {
				t.Errorf("%v is calculable, but not among the solved lines", line)
			}
			t.Logf("%d steps of %d lines agree", len(want), len(want)/17)
		})
	}
}

// shipped reads the parameters once: they do not change.
var shipped = sync.OnceValues(Parameters)

func mustParameters(t testing.TB) schemas.Parameters {
	t.Helper()
	parameters, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return parameters
}

func dec(t testing.TB, text string) decimal.Decimal {
	t.Helper()
	number, err := decimal.NewFromString(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return number
}

func whole(t testing.TB, text string) int64 {
	t.Helper()
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return number
}

func readRows(t testing.TB, path string) []map[string]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// readFolder reads the tables that a worksheet needs.
func readFolder(t testing.TB, folder string) Input {
	t.Helper()
	rows := func(table string) []map[string]string {
		return readRows(t, filepath.Join("testdata", folder, table+".csv"))
	}
	group := func(row map[string]string) Group {
		return Group{row["aco_id"], int(whole(t, row["year"])), schemas.Category(row["category"]), schemas.AlignmentType(row["alignment_type"])}
	}
	in := Input{HasAssignable: true}
	for _, row := range rows("aco") {
		aco := ACO{ID: row["aco_id"], RiskOption: RiskOption(row["risk_option"]), Experience: Experience(row["experience"])}
		for i, year := range []string{"2024", "2025", "2026"} {
			if text := row["prior_savings_"+year]; text != "" {
				savings := schemas.NewPerCapita(dec(t, text))
				aco.PriorSavings[i] = &savings
			}
		}
		if text := row["prior_person_years"]; text != "" {
			years := schemas.NewPersonYears(dec(t, text))
			aco.PriorPersonYears = &years
		}
		in.ACOs = append(in.ACOs, aco)
	}
	for _, row := range rows("exposure") {
		in.Exposure = append(in.Exposure, Exposure{group(row), schemas.PersonMonths(whole(t, row["eligible_months"])),
			schemas.PersonMonths(whole(t, row["risk_score_months"])), schemas.NewRatio(dec(t, row["risk_score_sum"]))})
	}
	for _, row := range rows("exposure_county") {
		in.CountyExposure = append(in.CountyExposure, CountyExposure{group(row), row["county_fips"], schemas.PersonMonths(whole(t, row["eligible_months"]))})
	}
	for _, row := range rows("expenditure") {
		in.Expenditure = append(in.Expenditure, Expenditure{group(row), row["claim_type"], schemas.NewUSD(dec(t, row["completed_amount"]))})
	}
	readReferenceTables(t, &in, rows)
	return in
}

func readReferenceTables(t testing.TB, in *Input, rows func(string) []map[string]string) {
	t.Helper()
	for _, row := range rows("county_expenditure") {
		reference := CountyExpenditure{
			CountyFIPS: row["county_fips"], Year: int(whole(t, row["year"])), Category: schemas.Category(row["category"]),
			PerCapita:   schemas.NewPerCapita(dec(t, row["per_capita_expenditure"])),
			PersonYears: schemas.NewPersonYears(dec(t, row["person_years"])),
			RiskScore:   schemas.NewRatio(dec(t, row["risk_score"])),
		}
		if text := row["assignable_person_years"]; text != "" {
			years := schemas.NewPersonYears(dec(t, text))
			reference.AssignablePersonYears = &years
		}
		in.CountyExpenditure = append(in.CountyExpenditure, reference)
	}
	for _, row := range rows("national_expenditure") {
		national := NationalExpenditure{
			Year: int(whole(t, row["year"])), Category: schemas.Category(row["category"]),
			PerCapita: schemas.NewPerCapita(dec(t, row["per_capita_expenditure"])),
		}
		if text := row["uspcc_pbpm"]; text != "" {
			uspcc := schemas.NewPBPM(dec(t, text))
			national.USPCC = &uspcc
		}
		in.NationalExpenditure = append(in.NationalExpenditure, national)
	}
	for _, row := range rows("acpt") {
		in.ACPT = append(in.ACPT, ACPT{int(whole(t, row["performance_year"])), schemas.Category(row["category"]), schemas.NewRatio(dec(t, row["factor"]))})
	}
}
