package aggregate

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

const monthsPerYear = 12

// ThresholdKey is the key of a truncation threshold.
type ThresholdKey struct {
	Year     int
	Category schemas.Category
}

// Candidate is a part of a person's dollars in a year and category that may lie
// above the threshold. The person is a number within the run, not an
// identifier.
type Candidate struct {
	Dollars
	Person int
	Months int64
}

// Cuts is what truncation takes off each cell's completed dollars.
//
// Rule:    C5. A person's completed total in a year and category is cut at the
// annual threshold times months over twelve, the cut spread over claim types in
// proportion.
// Reading: a person who stands in both groups is cut in each.
func Cuts(candidates []Candidate, s Settings) map[Cell]decimal.Decimal {
	people := map[int][]Candidate{}
	for _, c := range candidates {
		people[c.Person] = append(people[c.Person], c)
	}
	cuts := map[Cell]decimal.Decimal{}
	for _, person := range slices.Sorted(maps.Keys(people)) {
		parts := people[person]
		dollars := make([]Dollars, len(parts))
		for i, p := range parts {
			dollars[i] = p.Dollars
		}
		cutPerson(cuts, Complete(dollars, nil, s), parts[0].Months, s)
	}
	return cuts
}

func cutPerson(cuts map[Cell]decimal.Decimal, completed []Expenditure, months int64, s Settings) {
	total := decimal.Zero
	for _, e := range completed {
		total = total.Add(e.Completed)
	}
	threshold, given := s.Thresholds[ThresholdKey{completed[0].Year, completed[0].Category}]
	limit := threshold.Mul(decimal.NewFromInt(months)).DivRound(decimal.NewFromInt(monthsPerYear), divisionPlaces)
	if !given || !total.GreaterThan(limit) {
		return
	}
	share := total.Sub(limit).DivRound(total, divisionPlaces)
	for _, e := range completed {
		cuts[e.Cell] = cuts[e.Cell].Add(e.Completed.Mul(share))
	}
}
