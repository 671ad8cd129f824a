package aggregate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/pipeline/engine/steptest"
	"leadline/schemas"
)

// C4: the last day on which claims of a year may have been processed, whatever
// the day of service.
func TestRunOut(t *testing.T) {
	for months, want := range map[string]any{
		"none": nil, "0": day(t, "2024-12-31"), "1": day(t, "2025-01-31"), "2": day(t, "2025-02-28"), "3": day(t, "2025-03-31"), "12": day(t, "2025-12-31"),
	} {
		for _, row := range relation(t, settings(t, runWith(map[string]string{"run_out_months": months})), "service_day").Rows {
			if row[1] == int64(2024) && row[4] != want {
				t.Fatalf("run_out_months %s: claims of %v are awaited until %v, want %v", months, row[0], row[4], want)
			}
		}
	}
}

// R1: the days and months of the base years and of the performance year, each
// once: 366 + 365 + 365 days, and 365 of 2027; of PY2030's run those of 2030 and
// none in between. Only the performance year is kept by month.
func TestServiceDays(t *testing.T) {
	later := steptest.DefaultRun()
	later.Years.Performance = 2030
	for performanceYear, run := range map[int64]steptest.Run{2027: steptest.DefaultRun(), 2030: later} {
		s := settings(t, run)
		want := map[any]int{int64(2024): 366, int64(2025): 365, int64(2026): 365, performanceYear: 365}
		got, seen := map[any]int{}, map[any]bool{}
		for _, row := range relation(t, s, "service_day").Rows {
			got[row[1]]++
			seen[row[0]] = true
			kept := int64(0)
			if row[1] == performanceYear {
				kept = row[2].(int64)
			}
			if row[3] != kept {
				t.Errorf("%v is kept as %v, want %d", row[0], row[3], kept)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || len(seen) != 366+3*365 {
			t.Errorf("service_day, %d days in all (-want +got):\n%s", len(seen), diff)
		}
		if months := relation(t, s, "service_month").Rows; len(months) != 48 {
			t.Errorf("%d service months, want 48", len(months))
		}
	}
}

// The last day of a month, and 29 February, lie in their month: January 1,
// February 2 ... December 2048. A month has the bit of its days.
func TestServiceDayMonths(t *testing.T) {
	s := settings(t, steptest.DefaultRun())
	bits := map[any]any{}
	for _, row := range relation(t, s, "service_day").Rows {
		bits[row[0]] = row[2]
	}
	for d, want := range map[string]int64{
		"2024-01-01": 1, "2024-02-29": 2, "2024-03-01": 4, "2024-12-31": 2048, "2025-02-28": 2, "2027-12-31": 2048,
	} {
		if bits[day(t, d)] != want {
			t.Errorf("%s has bit %v, want %d", d, bits[day(t, d)], want)
		}
	}
	if _, outside := bits[schemas.FirstOf(2028, 1)]; outside {
		t.Error("1 January 2028 is no day of service")
	}
	for _, row := range relation(t, s, "service_month").Rows {
		if row[1] != bits[row[0]] {
			t.Errorf("month %v has bit %v, its first day %v", row[0], row[1], bits[row[0]])
		}
	}
}

// B: High Needs from the check's month on, for good. 1 April leaves April to
// December of its year: 4095 - 7 = 4088; 1 October 4095 - 511 = 3584.
func TestHighNeedsYears(t *testing.T) {
	got := map[any]map[any]any{}
	for _, row := range relation(t, settings(t, steptest.DefaultRun()), "high_needs_year").Rows {
		if got[row[0]] == nil {
			got[row[0]] = map[any]any{}
		}
		got[row[0]][row[1]] = row[2]
	}
	for check, want := range map[string]map[any]any{
		"2024-01-01": {int64(2024): int64(4095), int64(2025): int64(4095), int64(2026): int64(4095), int64(2027): int64(4095)},
		"2025-04-01": {int64(2025): int64(4088), int64(2026): int64(4095), int64(2027): int64(4095)},
		"2026-10-01": {int64(2026): int64(3584), int64(2027): int64(4095)},
		"2027-01-01": {int64(2027): int64(4095)},
	} {
		if diff := cmp.Diff(want, got[day(t, check)]); diff != "" {
			t.Errorf("flagged on %s (-want +got):\n%s", check, diff)
		}
	}
	if len(got) != 13 { // four checks of three base years, January's of a projected 2027
		t.Errorf("%d first months, want 13", len(got))
	}
}

// A run whose base years lie further back: who is flagged in 2028, between them
// and PY2030, is High Needs in all of 2030 and in no base year.
func TestHighNeedsBetweenTheYears(t *testing.T) {
	later := steptest.DefaultRun()
	later.Years.Performance = 2030
	var got [][]any
	for _, row := range relation(t, settings(t, later), "high_needs_year").Rows {
		if row[0] == schemas.FirstOf(2028, 4) {
			got = append(got, row[1:])
		}
	}
	if diff := cmp.Diff([][]any{{int64(2030), int64(4095)}}, got); diff != "" {
		t.Errorf("flagged in April 2028 (-want +got):\n%s", diff)
	}
}
