package alignment_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"leadline/alignment"
	"leadline/pipeline/engine/steptest"
	"leadline/schemas"
)

// A10: the mid-year month is the first of a month of the performance year, after
// January.
func TestMidYearMonth(t *testing.T) {
	tests := []struct {
		month  string
		passes bool
	}{
		{"none", true}, {"2027-02-01", true}, {"2027-12-01", true},
		{"2027-01-01", false}, {"2027-07-02", false}, {"2026-07-01", false}, {"2028-07-01", false},
	}
	for _, tt := range tests {
		s, err := settingsOf(runWith(map[string]string{"mid_year_month": tt.month}))
		if (err == nil) != tt.passes {
			t.Errorf("mid_year_month %s: error %v, want it to pass: %v", tt.month, err, tt.passes)
		}
		if tt.passes && (s.MidYearMonth == nil) != (tt.month == "none") {
			t.Errorf("mid_year_month %s is read as %v", tt.month, s.MidYearMonth)
		}
	}
}

// A4: the share stays a fraction, and equality a switch.
func TestStageTest(t *testing.T) {
	tests := []struct {
		parameters map[string]string
		want       []any
	}{
		{nil, []any{int64(1), int64(10), true}},
		{map[string]string{"stage_at_equality": "specialist"}, []any{int64(1), int64(10), false}},
		{map[string]string{"stage_1_minimum_share": "1/3"}, []any{int64(1), int64(3), true}},
		{map[string]string{"stage_1_minimum_share": "0.25"}, []any{int64(1), int64(4), true}},
	}
	for _, tt := range tests {
		r := relation(t, settings(t, runWith(tt.parameters)), alignment.Lists{}, "stage_test")
		if diff := cmp.Diff([][]any{tt.want}, r.Rows); diff != "" {
			t.Errorf("stage_test with %v (-want +got):\n%s", tt.parameters, diff)
		}
	}
}

// partialYear is a run whose enrollment ends in March 2027.
func partialYear() steptest.Run {
	run := steptest.DefaultRun()
	run.Span = schemas.Span{
		LastMonth: schemas.FirstOf(2027, time.March), PerformanceMonths: 3, LastPerformanceMonth: schemas.FirstOf(2027, time.March),
		LastMonthBeforePerforming: schemas.FirstOf(2026, time.December),
	}
	return run
}

// R1: the four aligned years, all twelve months of each: 1 + 2 + ... + 2048 = 4095.
func TestAlignedYears(t *testing.T) {
	later := steptest.DefaultRun()
	later.Years.Performance = 2030
	year := func(y int, isPerformance bool) []any {
		return []any{int64(y), schemas.FirstOf(y, time.January), int64(4095), isPerformance}
	}
	for performanceYear, run := range map[int]steptest.Run{2027: steptest.DefaultRun(), 2030: later} {
		want := [][]any{year(2024, false), year(2025, false), year(2026, false), year(performanceYear, true)}
		if diff := cmp.Diff(want, relation(t, settings(t, run), alignment.Lists{}, "aligned_year").Rows); diff != "" {
			t.Errorf("aligned_year of PY%d (-want +got):\n%s", performanceYear, diff)
		}
	}
}

// A8, A10, R5: January's test looks at January's row (1), the mid-year run's at
// July's (64); in a projected performance year each at the row that stands in
// for its run.
func TestTestMonths(t *testing.T) {
	july := map[string]string{"mid_year_month": "2027-07-01"}
	partial := partialYear()
	partial.Parameters = july
	row := func(run string, year int, first, scope string, bit int64) []any {
		return []any{run, int64(year), day(t, first), scope, bit}
	}
	base := [][]any{
		row("january", 2024, "2024-01-01", "month", 1), row("january", 2025, "2025-01-01", "month", 1), row("january", 2026, "2026-01-01", "month", 1),
	}
	for _, tt := range []struct {
		name string
		run  steptest.Run
		want [][]any
	}{
		{"partial year", partialYear(), [][]any{row("january", 2027, "2027-01-01", "month", 1)}},
		{"partial year, mid-year", partial, [][]any{row("january", 2027, "2027-01-01", "month", 1), row("mid_year", 2027, "2027-07-01", "month", 64)}},
		{"projected", steptest.DefaultRun(), [][]any{row("january", 2027, "2027-01-01", "january", 1)}},
		{"projected, mid-year", runWith(july), [][]any{row("january", 2027, "2027-01-01", "january", 1), row("mid_year", 2027, "2027-07-01", "mid_year", 64)}},
	} {
		if diff := cmp.Diff(slices.Concat(base, tt.want), relation(t, settings(t, tt.run), alignment.Lists{}, "test_month").Rows); diff != "" {
			t.Errorf("%s: test_month (-want +got):\n%s", tt.name, diff)
		}
	}
}

// R5: each month of each aligned year once, with its own bit, so that a year's
// sum to 4095; in a projected performance year the extract's last month before it
// stands for all twelve, once for January's run and once for the mid-year run.
func TestEnrollmentScope(t *testing.T) {
	later := steptest.DefaultRun()
	later.Years.Performance = 2030
	later.Span.LastMonthBeforePerforming = schemas.FirstOf(2029, time.August)
	tests := []struct {
		name    string
		run     steptest.Run
		standIn [][]any
	}{
		{"projected", steptest.DefaultRun(), [][]any{{day(t, "2026-12-01"), int64(2027), day(t, "2027-01-01"), "january", int64(4095)}}},
		{"projected, mid-year", runWith(map[string]string{"mid_year_month": "2027-07-01"}), [][]any{
			{day(t, "2026-12-01"), int64(2027), day(t, "2027-01-01"), "january", int64(4095)},
			{day(t, "2026-12-01"), int64(2027), day(t, "2027-07-01"), "mid_year", int64(4095)},
		}},
		{"partial year", partialYear(), nil},
		{"PY2030, enrolled to August 2029", later, [][]any{{day(t, "2029-08-01"), int64(2030), day(t, "2030-01-01"), "january", int64(4095)}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows := relation(t, settings(t, tt.run), alignment.Lists{}, "enrollment_scope").Rows
			own, standIn := rows[:48], rows[48:]
			sums := map[any]int64{}
			for _, row := range own {
				sums[row[1]] += row[4].(int64)
				if row[2] != row[0] || row[3] != "month" {
					t.Errorf("%v: alive on %v in scope %v, want its own first day and month", row[0], row[2], row[3])
				}
			}
			for year, sum := range sums {
				if sum != 4095 || len(sums) != 4 {
					t.Errorf("the months of %v sum to %d in %d years, want 4095 in 4", year, sum, len(sums))
				}
			}
			if diff := cmp.Diff(tt.standIn, standIn, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("stand-in rows (-want +got):\n%s", diff)
			}
		})
	}
}

// R6: the 50 states, DC, and 60 66 69 72 78: 56 codes. Of 01 to 56 five are no
// state: 03 07 14 43 52.
func TestUSStates(t *testing.T) {
	states := map[any]bool{}
	for _, row := range relation(t, settings(t, steptest.DefaultRun()), alignment.Lists{}, "us_state").Rows {
		states[row[0]] = true
	}
	if len(states) != 56 {
		t.Errorf("%d states, want 56", len(states))
	}
	for _, none := range []string{"00", "03", "07", "14", "43", "52", "57", "99"} {
		if states[none] {
			t.Errorf("%s is no state", none)
		}
	}
	for _, territory := range []string{"11", "60", "66", "69", "72", "78"} {
		if !states[territory] {
			t.Errorf("%s is missing", territory)
		}
	}
}
