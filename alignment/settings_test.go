package alignment_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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

// R1, R5: the four aligned years, with the month that January's test looks at:
// in a projected performance year the extract's last.
func TestAlignedYears(t *testing.T) {
	later := steptest.DefaultRun()
	later.Years.Performance = 2030
	later.Span.LastMonthBeforePerforming = schemas.FirstOf(2029, time.August)
	year := func(y int, test string, isPerformance, isProjected bool) []any {
		return []any{int64(y), schemas.FirstOf(y, time.January), day(t, test), isPerformance, isProjected}
	}
	tests := []struct {
		name string
		run  steptest.Run
		want []any
	}{
		{"projected", steptest.DefaultRun(), year(2027, "2026-12-01", true, true)},
		{"partial year", partialYear(), year(2027, "2027-01-01", true, false)},
		{"PY2030, the base years stay", later, year(2030, "2029-08-01", true, true)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := [][]any{
				year(2024, "2024-01-01", false, false), year(2025, "2025-01-01", false, false), year(2026, "2026-01-01", false, false), tt.want,
			}
			if diff := cmp.Diff(want, relation(t, settings(t, tt.run), alignment.Lists{}, "aligned_year").Rows); diff != "" {
				t.Errorf("aligned_year (-want +got):\n%s", diff)
			}
		})
	}
}

// A10, R5: the month that the mid-year run is tested in.
func TestMidYear(t *testing.T) {
	july := map[string]string{"mid_year_month": "2027-07-01"}
	partial := partialYear()
	partial.Parameters = july
	for _, tt := range []struct {
		name string
		run  steptest.Run
		want []any
	}{
		{"projected", runWith(july), []any{day(t, "2027-07-01"), day(t, "2026-12-01"), true}},
		{"with its own months", partial, []any{day(t, "2027-07-01"), day(t, "2027-07-01"), false}},
	} {
		if diff := cmp.Diff([][]any{tt.want}, relation(t, settings(t, tt.run), alignment.Lists{}, "mid_year").Rows); diff != "" {
			t.Errorf("%s: mid_year (-want +got):\n%s", tt.name, diff)
		}
	}
}

// R5: each month of each aligned year once; a projected year has twelve stand-in
// months, and its test's row besides: one for January, one for the mid-year run.
func TestEnrollmentScope(t *testing.T) {
	tests := []struct {
		name    string
		run     steptest.Run
		scopes  map[string]int
		standIn int
	}{
		{"projected", steptest.DefaultRun(), map[string]int{"month": 48, "january": 1}, 12},
		{"projected, mid-year", runWith(map[string]string{"mid_year_month": "2027-07-01"}), map[string]int{"month": 48, "january": 1, "mid_year": 1}, 12},
		{"partial year", partialYear(), map[string]int{"month": 48}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := settings(t, tt.run)
			got := map[string]int{}
			for _, row := range relation(t, s, alignment.Lists{}, "enrollment_scope").Rows {
				got[row[3].(string)]++
				wantAlive := map[any]any{"month": row[0], "january": day(t, "2027-01-01"), "mid_year": day(t, "2027-07-01")}[row[3]]
				if row[2] != wantAlive {
					t.Errorf("scope %v of %v: alive on %v, want %v", row[3], row[0], row[2], wantAlive)
				}
			}
			if diff := cmp.Diff(tt.scopes, got); diff != "" {
				t.Errorf("enrollment_scope (-want +got):\n%s", diff)
			}
			if n := len(relation(t, s, alignment.Lists{}, "stand_in_month").Rows); n != tt.standIn {
				t.Errorf("%d stand-in months, want %d", n, tt.standIn)
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
