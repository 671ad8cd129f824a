package schemas

import "time"

// BaseYears is how many calendar years before an ACO's first performance year
// its baseline rests on.
const BaseYears = 3

// Years are the calendar years that a run aligns people for.
type Years struct {
	Performance      int
	FirstPerformance int
}

// Base lists BY1, BY2 and BY3: the years before the first performance year,
// whichever performance year is run (R1: never rebased).
func (y Years) Base() []int {
	years := make([]int, BaseYears)
	for i := range years {
		years[i] = y.FirstPerformance - BaseYears + i
	}
	return years
}

// Aligned lists the base years and the performance year.
func (y Years) Aligned() []int { return append(y.Base(), y.Performance) }

// FirstOf is the first day of a month of a year.
func FirstOf(year int, month time.Month) time.Time {
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}

// The ends of an interval without dates: R22 and R8 count a blank as always.
var (
	Always  = FirstOf(1900, time.January)
	Forever = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)
)

// Span is what the extract's enrollment holds: its last month, and how many of
// the performance year's months have a row.
type Span struct {
	LastMonth                 time.Time
	PerformanceMonths         int
	LastPerformanceMonth      time.Time
	LastMonthBeforePerforming time.Time
}

// IsProjected says that the performance year must be projected: the extract
// has no enrollment row in it at all (R5).
func (s Span) IsProjected() bool { return s.PerformanceMonths == 0 }
