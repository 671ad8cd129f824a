package steptest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"leadline/schemas"
)

// Run is what the relations of a case are made for.
type Run struct {
	Years      schemas.Years
	Span       schemas.Span
	FirstClaim time.Time
	Parameters map[string]string // overrides, by name
}

// DefaultRun is performance year 2027, with enrollment through December 2026
// and claims from January 2019.
func DefaultRun() Run {
	return Run{
		Years:      schemas.Years{Performance: 2027, FirstPerformance: 2027},
		Span:       spanThrough(schemas.FirstOf(2026, time.December), 2027),
		FirstClaim: schemas.FirstOf(2019, time.January),
		Parameters: map[string]string{},
	}
}

// spanThrough is enrollment in every month up to the last.
func spanThrough(last time.Time, performanceYear int) schemas.Span {
	s := schemas.Span{LastMonth: last, LastMonthBeforePerforming: last}
	if last.Year() == performanceYear {
		s.LastMonthBeforePerforming = schemas.FirstOf(performanceYear-1, time.December)
		s.LastPerformanceMonth, s.PerformanceMonths = last, int(last.Month())
	}
	return s
}

// Set overrides every parameter that the run names.
func (r Run) Set(p schemas.Parameters) (schemas.Parameters, error) {
	for name, value := range r.Parameters {
		var err error
		if p, err = p.Override(name, value); err != nil {
			return p, err
		}
	}
	return p, nil
}

// readRun reads run.csv, if the folder has one.
func readRun(folder string) (Run, bool, error) {
	path := filepath.Join(folder, runFile)
	if _, err := os.Stat(path); err != nil {
		return Run{}, false, nil
	}
	names, records, err := readCSV(path)
	if err != nil {
		return Run{}, false, err
	}
	if len(names) != 2 || names[0] != "setting" || names[1] != "value" {
		return Run{}, false, fmt.Errorf("%s: its columns are setting and value", runFile)
	}
	run := DefaultRun()
	last := run.Span.LastMonth
	for _, record := range records {
		value := record[1]
		var err error
		switch record[0] {
		case "performance_year":
			run.Years.Performance, err = strconv.Atoi(value)
		case "first_performance_year":
			run.Years.FirstPerformance, err = strconv.Atoi(value)
		case "last_enrollment_month":
			last, err = time.Parse(time.DateOnly, value)
		case "first_claim":
			run.FirstClaim, err = time.Parse(time.DateOnly, value)
		default:
			run.Parameters[record[0]] = value
		}
		if err != nil {
			return Run{}, false, fmt.Errorf("%s: %s: %w", runFile, record[0], err)
		}
	}
	run.Span = spanThrough(last, run.Years.Performance)
	return run, true, nil
}
