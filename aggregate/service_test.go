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
			if row[2] == int64(2024) && row[3] != want {
				t.Fatalf("run_out_months %s: claims of %v are awaited until %v, want %v", months, row[0], row[3], want)
			}
		}
	}
}

// R1: the days and months of the base years and of the performance year, each
// once: 366 + 365 + 365 days, and 365 of 2027; of PY2030's run those of 2030 and
// none in between.
func TestServiceDays(t *testing.T) {
	later := steptest.DefaultRun()
	later.Years.Performance = 2030
	for performanceYear, run := range map[int64]steptest.Run{2027: steptest.DefaultRun(), 2030: later} {
		s := settings(t, run)
		want := map[any]int{int64(2024): 366, int64(2025): 365, int64(2026): 365, performanceYear: 365}
		got, seen := map[any]int{}, map[any]bool{}
		for _, row := range relation(t, s, "service_day").Rows {
			got[row[2]]++
			seen[row[0]] = true
		}
		if diff := cmp.Diff(want, got); diff != "" || len(seen) != 366+3*365 {
			t.Errorf("service_day, %d days in all (-want +got):\n%s", len(seen), diff)
		}
		months := relation(t, s, "service_month").Rows
		if len(months) != 48 {
			t.Errorf("%d service months, want 48", len(months))
		}
		for _, row := range months {
			if row[2] != (row[1] == performanceYear) {
				t.Errorf("month %v: in the performance year %v", row[0], row[2])
			}
		}
	}
}

// The last day of a month, and 29 February, lie in their month.
func TestServiceDayMonths(t *testing.T) {
	months := map[any]any{}
	for _, row := range relation(t, settings(t, steptest.DefaultRun()), "service_day").Rows {
		months[row[0]] = row[1]
	}
	for d, want := range map[string]string{
		"2024-01-01": "2024-01-01", "2024-02-29": "2024-02-01", "2024-12-31": "2024-12-01", "2025-02-28": "2025-02-01", "2027-12-31": "2027-12-01",
	} {
		if months[day(t, d)] != day(t, want) {
			t.Errorf("%s lies in %v, want %s", d, months[day(t, d)], want)
		}
	}
	if _, outside := months[schemas.FirstOf(2028, 1)]; outside {
		t.Error("1 January 2028 is no day of service")
	}
}
