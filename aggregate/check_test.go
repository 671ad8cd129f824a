package aggregate_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leadline/aggregate"
	"leadline/pipeline/engine/steptest"
	"leadline/schemas"
)

func settings(t *testing.T, run steptest.Run) aggregate.Settings {
	t.Helper()
	s, err := settingsOf(run, nil, aggregate.Tables{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func runWith(parameters map[string]string) steptest.Run {
	run := steptest.DefaultRun()
	run.Parameters = parameters
	return run
}

func day(t *testing.T, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func relation(t *testing.T, s aggregate.Settings, name string) schemas.Relation {
	t.Helper()
	for _, r := range aggregate.Relations(s) {
		if r.Name == name {
			return r
		}
	}
	t.Fatalf("no relation %s", name)
	return schemas.Relation{}
}

// R20: 1 January, April, July and October from BY1 through P, with the row of
// the check's own month; in a projected P the check of January alone, on the
// month that stands in.
func TestChecks(t *testing.T) {
	partial := steptest.DefaultRun()
	partial.Span.PerformanceMonths = 3
	later := steptest.DefaultRun()
	later.Years.Performance = 2029
	later.Span.LastMonthBeforePerforming = schemas.FirstOf(2028, time.August)
	tests := []struct {
		name                  string
		run                   steptest.Run
		checks                int
		last, lastEnrollment  string
		first, secondOfChecks string
	}{
		// three base years of four checks, and one
		{"projected", steptest.DefaultRun(), 13, "2027-01-01", "2026-12-01", "2024-01-01", "2024-04-01"},
		// three base years and P, of four checks each
		{"partial year", partial, 16, "2027-10-01", "2027-10-01", "2024-01-01", "2024-04-01"},
		// 2024 to 2028 of four checks each, and one: no rebasing, and no year left out
		{"PY2029", later, 21, "2029-01-01", "2028-08-01", "2024-01-01", "2024-04-01"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			checks := settings(t, tt.run).Checks()
			if len(checks) != tt.checks {
				t.Fatalf("%d checks, want %d", len(checks), tt.checks)
			}
			if want := (aggregate.Check{Date: day(t, tt.last), EnrollmentMonth: day(t, tt.lastEnrollment)}); checks[len(checks)-1] != want {
				t.Errorf("last check %v, want %v", checks[len(checks)-1], want)
			}
			for i, first := range []string{tt.first, tt.secondOfChecks} {
				if want := (aggregate.Check{Date: day(t, first), EnrollmentMonth: day(t, first)}); checks[i] != want {
					t.Errorf("check %d is %v, want %v", i+1, checks[i], want)
				}
			}
			for _, c := range checks {
				if c.Date.Day() != 1 || (c.Date.Month()-time.January)%3 != 0 {
					t.Errorf("a check on %s", c.Date.Format(time.DateOnly))
				}
			}
		})
	}
}

// B and R20 give two windows: the check of 1 April ends on 31 January, that of 1
// January 2026 on 31 October 2025.
func TestLookBack(t *testing.T) {
	tests := []struct {
		check       string
		months      int
		first, last string
	}{
		{"2026-01-01", 12, "2024-11-01", "2025-10-31"},
		{"2026-04-01", 12, "2025-02-01", "2026-01-31"},
		{"2026-07-01", 12, "2025-05-01", "2026-04-30"},
		{"2026-10-01", 12, "2025-08-01", "2026-07-31"},
		{"2026-01-01", 60, "2020-11-01", "2025-10-31"},
		{"2026-04-01", 60, "2021-02-01", "2026-01-31"},
		{"2025-04-01", 12, "2024-02-01", "2025-01-31"}, // 29 February lies within
	}
	for _, tt := range tests {
		first, last := settings(t, steptest.DefaultRun()).LookBack(day(t, tt.check), tt.months)
		if !first.Equal(day(t, tt.first)) || !last.Equal(day(t, tt.last)) {
			t.Errorf("LookBack(%s, %d) = %s to %s, want %s to %s", tt.check, tt.months,
				first.Format(time.DateOnly), last.Format(time.DateOnly), tt.first, tt.last)
		}
	}
}

// B: a window is truncated if it starts before the extract's first claim: that of
// the check of 1 January 2026 starts on 1 November 2020 for equipment.
func TestWindowTruncated(t *testing.T) {
	for first, want := range map[string]bool{"2020-10-31": false, "2020-11-01": false, "2020-11-02": true} {
		run := steptest.DefaultRun()
		run.FirstClaim = day(t, first)
		for _, row := range relation(t, settings(t, run), "high_needs_check").Rows {
			if row[0] == day(t, "2026-01-01") && row[2] != want {
				t.Errorf("first claim on %s: the window of 2026-01-01 is truncated: %v, want %v", first, row[2], want)
			}
		}
	}
}

// The days of a check's windows: 365 days of a year without a leap day, 366 with
// one, and 1826 of five years (1 November 2020 to 31 October 2025: 5 * 365, and
// 29 February 2024).
func TestCheckDays(t *testing.T) {
	days := map[string]int{}
	for _, row := range relation(t, settings(t, steptest.DefaultRun()), "check_day").Rows {
		days[row[1].(time.Time).Format(time.DateOnly)+" "+row[2].(string)]++
	}
	if len(days) != 26 {
		t.Errorf("%d windows, want two for each of 13 checks", len(days))
	}
	for window, want := range map[string]int{
		"2026-01-01 year": 365, "2025-04-01 year": 366, "2024-04-01 year": 365, "2026-01-01 five_years": 1826,
	} {
		if days[window] != want {
			t.Errorf("window %s has %d days, want %d", window, days[window], want)
		}
	}
}

// B: the thresholds, for months without and with ESRD.
func TestHighNeedsTests(t *testing.T) {
	tests := []struct {
		name       string
		parameters map[string]string
		want       []string // high and middle score of AD, of ESRD
		days       any
	}{
		{"defaults", nil, []string{"3", "2", "0.35", "0.24"}, nil},
		{"home health on", map[string]string{"high_needs_home_health_days": "90"}, []string{"3", "2", "0.35", "0.24"}, int64(90)},
		{"other scores", map[string]string{"high_needs_score.ESRD.high": "0.4", "high_needs_score.AD.middle": "1.9"}, []string{"3", "1.9", "0.4", "0.24"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := settings(t, runWith(tt.parameters))
			var scores []string
			for _, row := range relation(t, s, "high_needs_test").Rows {
				for _, v := range row[1:3] {
					scores = append(scores, text(v))
				}
				if diff := cmp.Diff([]any{int64(1), int64(2), int64(2), int64(2), int64(45), tt.days}, row[3:]); diff != "" {
					t.Errorf("counts (-want +got):\n%s", diff)
				}
			}
			if diff := cmp.Diff(tt.want, scores); diff != "" {
				t.Errorf("scores (-want +got):\n%s", diff)
			}
		})
	}
}
