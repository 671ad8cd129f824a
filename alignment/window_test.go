package alignment_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leadline/alignment"
	"leadline/pipeline/engine/steptest"
	"leadline/schemas"
)

func settings(t *testing.T, run steptest.Run) alignment.Settings {
	t.Helper()
	s, err := settingsOf(run)
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

// relation finds one of the relations of a run.
func relation(t *testing.T, s alignment.Settings, l alignment.Lists, name string) schemas.Relation {
	t.Helper()
	for _, r := range alignment.Relations(s, l) {
		if r.Name == name {
			return r
		}
	}
	t.Fatalf("no relation %s", name)
	return schemas.Relation{}
}

// The periods of A1, as the rule writes them out for CY2024, CY2026 and PY2027;
// CY2025's by the same rule.
func TestWindows(t *testing.T) {
	tests := []struct {
		name       string
		parameters map[string]string
		year       int
		want       [][3]string // first day, last day, weight
	}{
		{"CY2024", nil, 2024, [][3]string{{"2021-07-01", "2022-06-30", "1"}, {"2022-07-01", "2023-06-30", "2"}}},
		{"CY2025", nil, 2025, [][3]string{{"2022-07-01", "2023-06-30", "1"}, {"2023-07-01", "2024-06-30", "2"}}},
		{"CY2026", nil, 2026, [][3]string{{"2023-07-01", "2024-06-30", "1"}, {"2024-07-01", "2025-06-30", "2"}}},
		{"PY2027", nil, 2027, [][3]string{{"2024-07-01", "2025-06-30", "1"}, {"2025-07-01", "2026-06-30", "2"}}},
		{"PY2036", nil, 2036, [][3]string{{"2033-07-01", "2034-06-30", "1"}, {"2034-07-01", "2035-06-30", "2"}}},
		{"one alignment year", map[string]string{"alignment_years": "1"}, 2027, [][3]string{{"2025-07-01", "2026-06-30", "1"}}},
		{"a gap of three months", map[string]string{"alignment_gap_months": "3"}, 2027,
			[][3]string{{"2024-10-01", "2025-09-30", "1"}, {"2025-10-01", "2026-09-30", "2"}}},
		{"halves of a year, no gap", map[string]string{"alignment_gap_months": "0", "alignment_year_months": "6"}, 2027,
			[][3]string{{"2026-01-01", "2026-06-30", "1"}, {"2026-07-01", "2026-12-31", "2"}}},
		{"other weights", map[string]string{"alignment_year_weight.AY1": "2", "alignment_year_weight.AY2": "3"}, 2024,
			[][3]string{{"2021-07-01", "2022-06-30", "2"}, {"2022-07-01", "2023-06-30", "3"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var want []alignment.Window
			for _, w := range tt.want {
				want = append(want, alignment.Window{Start: day(t, w[0]), End: day(t, w[1]), Weight: int64(w[2][0] - '0')})
			}
			if diff := cmp.Diff(want, settings(t, runWith(tt.parameters)).Windows(tt.year)); diff != "" {
				t.Errorf("Windows(%d) (-want +got):\n%s", tt.year, diff)
			}
		})
	}
}

// Each day of the five alignment years that four aligned years share stands
// once: 365 + 365 + 366 (29 February 2024) + 365 + 365 = 1826 days.
func TestWindowDays(t *testing.T) {
	r := relation(t, settings(t, steptest.DefaultRun()), alignment.Lists{}, "window_day")
	if len(r.Rows) != 1826 {
		t.Errorf("window_day has %d rows, want 1826", len(r.Rows))
	}
	starts := map[time.Time]time.Time{}
	for _, row := range r.Rows {
		starts[row[0].(time.Time)] = row[1].(time.Time)
	}
	if len(starts) != len(r.Rows) {
		t.Errorf("%d days stand in more than one alignment year", len(r.Rows)-len(starts))
	}
	for _, tt := range [][2]string{
		{"2021-07-01", "2021-07-01"}, {"2022-06-30", "2021-07-01"}, {"2022-07-01", "2022-07-01"},
		{"2024-02-29", "2023-07-01"}, {"2024-06-30", "2023-07-01"}, {"2025-06-30", "2024-07-01"},
		{"2025-07-01", "2025-07-01"}, {"2026-06-30", "2025-07-01"},
	} {
		if got := starts[day(t, tt[0])]; !got.Equal(day(t, tt[1])) {
			t.Errorf("%s lies in the alignment year from %s, want %s", tt[0], got.Format(time.DateOnly), tt[1])
		}
	}
	for _, outside := range []string{"2021-06-30", "2026-07-01"} {
		if _, found := starts[day(t, outside)]; found {
			t.Errorf("%s lies in no alignment year", outside)
		}
	}
}

// A mid-year run compares the performance year's own period again (A10); a run
// without one has no such rows.
func TestAlignmentWindowRuns(t *testing.T) {
	count := func(s alignment.Settings) map[string]int {
		n := map[string]int{}
		for _, row := range relation(t, s, alignment.Lists{}, "alignment_window").Rows {
			n[row[0].(string)]++
			if row[0] == alignment.MidYear && row[1] != int64(2027) {
				t.Errorf("the mid-year run looks at %v", row[1])
			}
		}
		return n
	}
	// four aligned years of two alignment years each
	if diff := cmp.Diff(map[string]int{"january": 8}, count(settings(t, steptest.DefaultRun()))); diff != "" {
		t.Errorf("without a mid-year run (-want +got):\n%s", diff)
	}
	withRun := settings(t, runWith(map[string]string{"mid_year_month": "2027-07-01"}))
	if diff := cmp.Diff(map[string]int{"january": 8, "mid_year": 2}, count(withRun)); diff != "" {
		t.Errorf("with a mid-year run (-want +got):\n%s", diff)
	}
}
