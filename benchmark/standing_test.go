package benchmark

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// More than 40% High Needs; below, at and above it. Of 1000 people 40% are 400, of
// 801 they are 320.4.
func TestMinimumStandings(t *testing.T) {
	tests := []struct {
		name               string
		experience         Experience
		highNeeds, aligned int64
		want               string
	}{
		{"below", Renewing, 399, 1000, "standard"},
		{"exactly 40%", Renewing, 400, 1000, "standard"},
		{"above", Renewing, 401, 1000, "standard high_needs"},
		{"below by less than a person", Renewing, 320, 801, "standard"},
		{"above by less than a person", Renewing, 321, 801, "standard high_needs"},
		{"newly entering, below", NewlyEntering, 399, 1000, "newly_entering"},
		{"newly entering, exactly 40%", NewlyEntering, 400, 1000, "newly_entering"},
		{"newly entering, above: either will do", NewlyEntering, 401, 1000, "newly_entering high_needs"},
		{"nobody aligned", Renewing, 0, 0, "standard"}, // 0 is not more than 0
		{"nobody aligned, newly entering", NewlyEntering, 0, 0, "newly_entering"},
	}
	for _, tt := range tests {
		threshold := parameterRatio(t, 2027, "high_needs_minimum_share")
		if got := strings.Join(MinimumStandings(tt.experience, tt.highNeeds, tt.aligned, threshold), " "); got != tt.want {
			t.Errorf("%s: MinimumStandings(%s, %d of %d) = %s, want %s", tt.name, tt.experience, tt.highNeeds, tt.aligned, got, tt.want)
		}
	}
}

// Both minimums must be met; below, at and above each.
func TestMeetsMinimum(t *testing.T) {
	tests := []struct {
		aligned, mostClaims  int64
		minimum, baseMinimum int
		want                 bool
	}{
		{4999, 3001, 5000, 3000, false},
		{5000, 3001, 5000, 3000, true},
		{5001, 3001, 5000, 3000, true},
		{5001, 2999, 5000, 3000, false},
		{5001, 3000, 5000, 3000, true},
		{5000, 3000, 5000, 3000, true},
		{4999, 2999, 5000, 3000, false},
		{1000, 0, 1000, 0, true}, // none asked of a base year
	}
	for _, tt := range tests {
		if got := MeetsMinimum(tt.aligned, tt.mostClaims, tt.minimum, tt.baseMinimum); got != tt.want {
			t.Errorf("MeetsMinimum(%d of %d, %d of %d) = %v, want %v", tt.aligned, tt.minimum, tt.mostClaims, tt.baseMinimum, got, tt.want)
		}
	}
}

// The minimums of CMS's model page: 5000 and 3000; with more than 40% High Needs
// 800 and 500; of a newly entering ACO 1000, and none of a base year.
func TestStandingMeetsTheMinimums(t *testing.T) {
	tests := []struct {
		name                   string
		experience             Experience
		aligned, highNeeds, by int64 // by: claims-aligned in the base year that has most
		want                   bool
	}{
		{"standard", Renewing, 5000, 0, 3000, true},
		{"one too few", Renewing, 4999, 0, 3000, false},
		{"one too few in the base years", Renewing, 5000, 0, 2999, false},
		{"High Needs", Renewing, 800, 321, 500, true}, // 40% are 320
		{"exactly 40% High Needs is standard", Renewing, 800, 320, 500, false},
		{"High Needs, one too few", Renewing, 799, 321, 500, false},
		{"High Needs, one too few in the base years", Renewing, 800, 321, 499, false},
		{"newly entering", NewlyEntering, 1000, 0, 0, true},
		{"newly entering, one too few", NewlyEntering, 999, 0, 3000, false},
		{"newly entering, High Needs", NewlyEntering, 800, 321, 500, true},
		{"newly entering, exactly 40% High Needs", NewlyEntering, 800, 320, 500, false},   // 1000 asked
		{"newly entering, High Needs, no base year", NewlyEntering, 1000, 401, 499, true}, // as a newly entering one
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			people := []AlignedPeople{
				{"A1", 2027, schemas.ClaimsAligned, tt.aligned, tt.highNeeds},
				{"A1", 2026, schemas.ClaimsAligned, tt.by, 0},
			}
			if got := standingOf(t, Result{}, tt.experience, people); got.MeetsAlignmentMinimum != tt.want {
				t.Errorf("MeetsAlignmentMinimum = %v, want %v", got.MeetsAlignmentMinimum, tt.want)
			}
		})
	}
}

// People of both alignment types in the performance year: 4 + 2 = 6, of whom 1 + 1
// are High Needs, 2/6 = 0.333333. Of the base years the most claims-aligned count:
// 30 of 2025, not the last year's 20, nor 2024's 10, nor all 60; the voluntary
// group's 99 do not, nor the other ACO's 50.
func TestStandingCountsPeople(t *testing.T) {
	got := standingOf(t, Result{}, Renewing, []AlignedPeople{
		{"A1", 2024, schemas.ClaimsAligned, 10, 9},
		{"A1", 2025, schemas.ClaimsAligned, 30, 9},
		{"A1", 2026, schemas.ClaimsAligned, 20, 9},
		{"A1", 2026, schemas.VoluntaryAligned, 99, 9},
		{"A1", 2027, schemas.ClaimsAligned, 4, 1},
		{"A1", 2027, schemas.VoluntaryAligned, 2, 1},
		{"A2", 2025, schemas.ClaimsAligned, 50, 9},
		{"A2", 2027, schemas.ClaimsAligned, 70, 9},
	})
	if got.Aligned != 6 || got.MostClaimsAligned != 30 || shown(got.HighNeedsShare) != "0.333333" {
		t.Errorf("aligned %d, most of a base year %d, High Needs %s, want 6, 30, 0.333333",
			got.Aligned, got.MostClaimsAligned, shown(got.HighNeedsShare))
	}
	empty := standingOf(t, Result{}, Renewing, []AlignedPeople{{"A1", 2026, schemas.ClaimsAligned, 20, 9}})
	if empty.Aligned != 0 || empty.HighNeedsShare != nil || empty.MeetsAlignmentMinimum {
		t.Errorf("nobody aligned: %d, High Needs %s, meets %v, want 0, null, false", empty.Aligned, shown(empty.HighNeedsShare), empty.MeetsAlignmentMinimum)
	}
}

// The mean of the lines' baselines by the months of the performance year, to six
// places, half even.
func TestStandingMeanBaseline(t *testing.T) {
	type line struct {
		aco           string
		category      schemas.Category
		alignmentType schemas.AlignmentType
		baseline      string // empty: null
		months        schemas.PersonMonths
	}
	tests := []struct {
		name  string
		lines []line
		want  string
	}{
		{"one line", []line{{"A1", "AD", "claims", "900", 12}}, "900"},
		{"by months", []line{{"A1", "AD", "claims", "900", 9}, {"A1", "HN", "claims", "1300", 3}}, "1000"},                                         // (900 × 9 + 1300 × 3) / 12
		{"both types of a category", []line{{"A1", "AD", "claims", "900", 6}, {"A1", "AD", "voluntary", "960", 3}}, "920"},                         // (900 × 6 + 960 × 3) / 9
		{"a null baseline, left out with its months", []line{{"A1", "AD", "claims", "900", 9}, {"A1", "ESRD", "claims", "", 3}}, "900"},            // 8100 / 9, not 8100 / 12
		{"a line without months of the year", []line{{"A1", "AD", "claims", "900", 9}, {"A1", "HN", "claims", "1300", 0}}, "900"},                  // 1300 × 0
		{"another ACO's", []line{{"A1", "AD", "claims", "900", 9}, {"A1", "HN", "claims", "1300", 3}, {"A2", "AD", "claims", "1300", 90}}, "1000"}, // 12000 / 12
		{"six places", []line{{"A1", "AD", "claims", "100", 1}, {"A1", "HN", "claims", "101", 2}}, "100.666667"},                                   // 302 / 3
		{"half to the even digit below", []line{{"A1", "AD", "claims", "0.000002", 1}, {"A1", "HN", "claims", "0.000003", 1}}, "0.000002"},         // 0.0000025
		{"half to the even digit above", []line{{"A1", "AD", "claims", "0.000001", 1}, {"A1", "HN", "claims", "0.000002", 1}}, "0.000002"},         // 0.0000015
		{"every baseline null", []line{{"A1", "AD", "claims", "", 9}, {"A1", "HN", "claims", "", 3}}, "null"},                                      // nothing to weigh
		{"no months", []line{{"A1", "AD", "claims", "900", 0}, {"A1", "HN", "claims", "1300", 0}}, "null"},                                         // 0 / 0
		{"no line", nil, "null"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r Result
			for _, l := range tt.lines {
				row := Baseline{ACO: l.aco, Category: l.category, AlignmentType: l.alignmentType}
				if l.baseline != "" {
					number := dec(t, l.baseline)
					row.PBPM = &number
				}
				r.Baselines = append(r.Baselines, row)
				r.Benchmarks = append(r.Benchmarks, Benchmark{ACO: l.aco, Category: l.category, AlignmentType: l.alignmentType, EligibleMonths: l.months})
			}
			if got := shown(standingOf(t, r, Renewing, nil).BaselinePBPM); got != tt.want {
				t.Errorf("baseline %s, want %s", got, tt.want)
			}
		})
	}
}

// The benchmark of an ACO is that of all its lines together. plainACO has one line:
// its baseline 1018.5 and its settlement benchmark of 1102.5190914 PBPM after a
// withhold that is earned whole, times 1200 months 1323022.90968.
func TestStandingOfAWorksheet(t *testing.T) {
	in := plainACO(t)
	got := standingOf(t, computed(t, in, nil), NewlyEntering, nil)
	for _, value := range []struct{ what, got, want string }{
		{"baseline", shown(got.BaselinePBPM), "1018.5"},
		{"settlement PBPM", shown(got.SettlementPBPM), "1102.52"},
		{"settlement dollars", shown(got.SettlementDollars), "1323022.91"},
		{"spending group", string(got.SpendingGroup), string(Lower)},
	} {
		if value.got != value.want {
			t.Errorf("%s = %s, want %s", value.what, value.got, value.want)
		}
	}
	other, err := computed(t, in, nil).StandingOf(ACO{ID: "A2", Experience: Renewing}, nil, mustParameters(t), schemas.Years{Performance: 2027, FirstPerformance: 2027})
	if err != nil {
		t.Fatal(err)
	}
	if other.BaselinePBPM != nil || other.SettlementPBPM != nil || other.SettlementDollars != nil || other.SpendingGroup != "" {
		t.Errorf("an ACO without lines stands at %+v, want nulls", other)
	}
}

// standingOf is where A1 stands in the first performance year.
func standingOf(t testing.TB, r Result, experience Experience, people []AlignedPeople) Standing {
	t.Helper()
	s, err := r.StandingOf(ACO{ID: "A1", Experience: experience}, people, mustParameters(t), schemas.Years{Performance: 2027, FirstPerformance: 2027})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func shown(d *decimal.Decimal) string {
	if d == nil {
		return "null"
	}
	return d.String()
}
