package benchmark

import (
	"cmp"
	"fmt"
	"slices"

	"leadline/schemas"
)

// Compute is every ACO's worksheet, and the baselines and benchmarks that come
// of it. The error is a parameter or an input that cannot be; what merely is
// not there leaves its lines without a value, and a reason.
func Compute(in Input, parameters schemas.Parameters) (Result, error) {
	x, err := indexed(in)
	if err != nil {
		return Result{}, fmt.Errorf("benchmark input: %w", err)
	}
	lookup := &terms{reader: parameters.Reader(in.PerformanceYear)}
	var result Result
	for _, aco := range x.ACOs {
		newSheet(x, lookup, aco).into(&result)
		if lookup.err != nil {
			return Result{}, fmt.Errorf("benchmark of ACO %s: %w", aco.ID, lookup.err)
		}
	}
	result.sort()
	result.Consulted = lookup.reader.Consulted()
	return result, nil
}

// newSheet works out the base years, which every line of the ACO rests on.
func newSheet(x *index, lookup *terms, aco ACO) *sheet {
	s := &sheet{
		index: x, terms: lookup, aco: aco,
		claims: map[schemas.Category]history{}, voluntary: map[schemas.Category]history{},
	}
	for _, k := range schemas.Categories {
		s.claims[k] = s.historyOf(k, schemas.ClaimsAligned)
		s.voluntary[k] = s.historyOf(k, schemas.VoluntaryAligned)
	}
	return s
}

// into computes the ACO's lines and hands them to the result.
func (s *sheet) into(result *Result) {
	var lines []*line
	for _, k := range schemas.Categories {
		for _, t := range schemas.AlignmentTypes {
			if t == schemas.VoluntaryAligned && !s.hasMonths(k, t) {
				continue
			}
			l := &line{
				Group:  s.group(s.PerformanceYear, k, t),
				months: s.months(s.PerformanceYear, k, t),
			}
			if s.Projected {
				l.projected = []string{"months of the performance year are projected"}
			}
			s.worksheet(l)
			lines = append(lines, l)
			result.Baselines = append(result.Baselines, s.baselineRow(k, t))
			result.Steps = append(result.Steps, l.steps...)
			result.Benchmarks = append(result.Benchmarks, l.row())
		}
	}
	result.Steps = append(result.Steps, s.settle(lines)...)
	result.Benchmarks = append(result.Benchmarks, totals(lines)...)
}

// hasMonths says whether a voluntary line exists: months in any of the four
// years (R16).
func (s *sheet) hasMonths(k schemas.Category, t schemas.AlignmentType) bool {
	for _, year := range s.baseYears() {
		if s.months(year, k, t) > 0 {
			return true
		}
	}
	return s.months(s.PerformanceYear, k, t) > 0
}

func (r *Result) sort() {
	slices.SortFunc(r.Baselines, func(a, b Baseline) int {
		return cmp.Or(cmp.Compare(a.ACO, b.ACO), cmp.Compare(a.Category, b.Category), cmp.Compare(a.AlignmentType, b.AlignmentType))
	})
	slices.SortFunc(r.Steps, func(a, b Step) int {
		return cmp.Or(cmp.Compare(a.ACO, b.ACO), cmp.Compare(a.Category, b.Category),
			cmp.Compare(a.AlignmentType, b.AlignmentType), cmp.Compare(a.Line, b.Line))
	})
	slices.SortFunc(r.Benchmarks, func(a, b Benchmark) int {
		return cmp.Or(cmp.Compare(a.ACO, b.ACO), cmp.Compare(a.Category, b.Category), cmp.Compare(a.AlignmentType, b.AlignmentType))
	})
}
