package benchmark

import (
	"slices"
	"strings"
	"testing"

	"leadline/schemas"
)

// plainACO is a Global, newly entering ACO with one county and one category.
// By hand, PY2027:
//
//	T2(2024 -> 2026)  0.1 × 12100/11000 + 0.9 × 13200/12000 = 1.1
//	T2(2025 -> 2026)  0.1 × 12100/11000 + 0.9 × 13200/12000 = 1.1
//	HB        0.1 × 900 × 1.1 + 0.3 × 950 × 1.1 + 0.6 × 1010 = 99 + 313.5 + 606 = 1018.5
//	distance  13200/12 × 1 − 1018.5 = 81.5, lower-spending
//	REA       0.5 × 81.5 = 40.75; cap 0.05 × 1000 × 1 = 50
//	wN        (1200 months / 12) / 1000 = 0.1
//	T2        0.1 × 12826/12100 + 0.9 × 13860/13200 = 0.1 × 1.06 + 0.9 × 1.05 = 1.051
//	ACPT*     clip(1.06, 1.049, 1.054) = 1.054
//	update    2/3 × 1.051 + 1/3 × 1.054 = 1.052
//	before    (1018.5 + 40.75) × 1.052 × 1.02 = 1136.61762
//	after     × 0.97 = 1102.5190914; withhold × 0.03 = 33.075572742
//	S = 1200 months × 1000; B = 1323022.90968; gross 123022.90968, 9.3%: all kept
//	sequestration 0.02 × gross = 2460.4581936
func plainACO(t testing.TB) Input {
	claims := func(year int) Group { return Group{"A1", year, "AD", "claims"} }
	county := func(year int, perCapita string) CountyExpenditure {
		return CountyExpenditure{"01001", year, "AD", annual(t, perCapita), *years(t, "5000"), ratio(t, "1"), years(t, "1000")}
	}
	uspcc := pbpm(t, "1000")
	in := Input{
		PerformanceYear: 2027, FirstPerformanceYear: 2027, PerformanceYearMonthsHeld: 12,
		HasAssignable: true,
		ACOs:          []ACO{{ID: "A1", RiskOption: Global, Experience: NewlyEntering, ParticipantTINs: 5, RecentMSSPTINs: 2}},
		CountyExpenditure: []CountyExpenditure{
			county(2024, "12000"), county(2025, "12000"), county(2026, "13200"), county(2027, "13860"),
		},
		NationalExpenditure: []NationalExpenditure{
			{2024, "AD", annual(t, "11000"), nil}, {2025, "AD", annual(t, "11000"), nil},
			{2026, "AD", annual(t, "12100"), &uspcc}, {2027, "AD", annual(t, "12826"), nil},
		},
		ACPT: []ACPT{{2027, "AD", ratio(t, "1.06")}},
	}
	for year, dollars := range map[int]string{2024: "1080000", 2025: "1140000", 2026: "1212000", 2027: "1200000"} {
		score := "1200"
		if year == 2027 {
			score = "1224"
		}
		in.Exposure = append(in.Exposure, Exposure{claims(year), 1200, 1200, ratio(t, score)})
		in.CountyExposure = append(in.CountyExposure, CountyExposure{claims(year), "01001", 1200})
		in.Expenditure = append(in.Expenditure, Expenditure{claims(year), "inpatient", usd(t, dollars)})
	}
	return in
}

// later moves the performance year on; the base years stay.
func later(t testing.TB, in *Input, year int, perCapita, national, acpt string) {
	in.PerformanceYear = year
	in.CountyExpenditure = append(in.CountyExpenditure, CountyExpenditure{"01001", year, "AD", annual(t, perCapita), *years(t, "5000"), ratio(t, "1"), years(t, "1000")})
	in.NationalExpenditure = append(in.NationalExpenditure, NationalExpenditure{year, "AD", annual(t, national), nil})
	in.ACPT = append(in.ACPT, ACPT{year, "AD", ratio(t, acpt)})
	group := Group{"A1", year, "AD", "claims"}
	in.Exposure = append(in.Exposure, Exposure{group, 1200, 1200, ratio(t, "1200")})
	in.CountyExposure = append(in.CountyExposure, CountyExposure{group, "01001", 1200})
}

// volunteers adds a voluntary group: months, score and dollars of each year.
func volunteers(t testing.TB, in *Input, rows map[int][3]string) {
	for year, row := range rows {
		group := Group{"A1", year, "AD", "voluntary"}
		months := schemas.PersonMonths(whole(t, row[0]))
		e := Exposure{group, months, months, ratio(t, row[1])}
		if row[1] == "0" {
			e.RiskScoreMonths = 0
		}
		in.Exposure = append(in.Exposure, e)
		in.Expenditure = append(in.Expenditure, Expenditure{group, "inpatient", usd(t, row[2])})
	}
}

func drop[R any](rows *[]R, gone func(R) bool) { *rows = slices.DeleteFunc(*rows, gone) }

type change func(t testing.TB, in *Input)

// worksheetCase changes the plain ACO or the parameters, and says what that does
// to some steps of a line. An empty value is not calculable, for the reason given.
type worksheetCase struct {
	name      string
	change    []change
	overrides map[string]any
	line      string // AD claims where empty
	want      map[string]string
	reason    map[string]string // of a step, or part of one
}

func runCases(t *testing.T, tests []worksheetCase) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := plainACO(t)
			for _, change := range tt.change {
				change(t, &in)
			}
			steps := stepsOf(t, in, tt.overrides)
			line := tt.line
			if line == "" {
				line = "AD claims"
			}
			for code, want := range tt.want {
				step := steps[line+" "+code]
				switch {
				case step.Step == "":
					t.Errorf("%s: no such step", code)
				case want == "" && (step.Value != nil || step.IsCalculable || step.Reason == ""):
					t.Errorf("%s = %v (%q), want null with a reason", code, step.Value, step.Reason)
				case want != "" && (step.Value == nil || step.Value.String() != want):
					t.Errorf("%s = %v (%s), want %s; %s", code, step.Value, step.Reason, want, step.Formula)
				}
			}
			for code, want := range tt.reason {
				if got := steps[line+" "+code].Reason; !strings.Contains(got, want) {
					t.Errorf("%s: reason %q, want one with %q", code, got, want)
				}
			}
		})
	}
}

// renewing ACOs saved $1,080 a person and year before.
func renewing(t testing.TB, in *Input) {
	aco := &in.ACOs[0]
	aco.Experience = Renewing
	for i := range aco.PriorSavings {
		savings := annual(t, "1080")
		aco.PriorSavings[i] = &savings
	}
	aco.PriorPersonYears = years(t, "100")
}

// higher spends 1210 in BY3, above the region: HB 412.5 + 0.6 × 1210 = 1138.5.
func higher(t testing.TB, in *Input) {
	for i, e := range in.Expenditure {
		if e.Year == 2026 {
			in.Expenditure[i].Completed = usd(t, "1452000")
		}
	}
}

func computed(t testing.TB, in Input, overrides map[string]any) Result {
	t.Helper()
	parameters := mustParameters(t)
	var err error
	for name, value := range overrides {
		if parameters, err = parameters.Override(name, value); err != nil {
			t.Fatal(err)
		}
	}
	result, err := Compute(in, parameters)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func stepsOf(t testing.TB, in Input, overrides map[string]any) map[string]Step {
	t.Helper()
	steps := map[string]Step{}
	for _, step := range computed(t, in, overrides).Steps {
		steps[string(step.Category)+" "+string(step.AlignmentType)+" "+step.Step] = step
	}
	return steps
}
