package aggregate

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// Dollars are what the step expenditure sums: a group's payments of one claim
// type, by the list of excluded codes that they stand on.
type Dollars struct {
	Cell
	Exclusion         string // a list's name, or none
	Share             decimal.Decimal
	Paid              decimal.Decimal
	IME               decimal.Decimal
	DSH               decimal.Decimal
	UncompensatedCare decimal.Decimal
	PassThrough       decimal.Decimal
}

// Cell is the key of an expenditure.
type Cell struct {
	ACO           string
	Year          int
	Category      schemas.Category
	AlignmentType schemas.AlignmentType
	ClaimType     string
}

// Expenditure is a row of the published table, with its completed dollars
// unrounded.
type Expenditure struct {
	Cell
	Paid              decimal.Decimal
	IME               decimal.Decimal
	DSH               decimal.Decimal
	UncompensatedCare decimal.Decimal
	SAHS              decimal.Decimal
	SkinSubstitute    decimal.Decimal
	Net               decimal.Decimal
	CompletionFactor  decimal.Decimal
	Completed         decimal.Decimal // after truncation
	Truncated         decimal.Decimal // what truncation cut
}

// Excluded is all that is taken out before completion.
func (e Expenditure) Excluded() decimal.Decimal {
	return decimal.Sum(e.IME, e.DSH, e.UncompensatedCare, e.SAHS, e.SkinSubstitute)
}

// CompletionFactors are the table completion_factor: a year and claim type
// without a row has factor 1 (C4).
type CompletionFactors map[CompletionKey]decimal.Decimal

// CompletionKey is the key of a completion factor.
type CompletionKey struct {
	Year      int
	ClaimType string
}

// Of is the factor of a year of service and claim type.
func (f CompletionFactors) Of(year int, claimType string) decimal.Decimal {
	if factor, given := f[CompletionKey{year, claimType}]; given {
		return factor
	}
	return decimal.NewFromInt(1)
}

// divisionPlaces is the scale of the divisions of this package. They are half
// even, and their results are factors: dollars are never divided.
const divisionPlaces = 30

// Complete takes the excluded shares out of each cell's payments and
// multiplies the net amount by its completion factor.
//
// Rule:    C2, C3, C4.
// Reading: R21. Share times paid is exact to four places; the completion
// factor multiplies the net amount afterwards.
//
// cuts are what truncation takes off each cell afterwards.
func Complete(dollars []Dollars, cuts map[Cell]decimal.Decimal, s Settings) []Expenditure {
	cells := map[Cell]*Expenditure{}
	for _, d := range dollars {
		e := cells[d.Cell]
		if e == nil {
			e = &Expenditure{Cell: d.Cell}
			cells[d.Cell] = e
		}
		e.add(d, s)
	}
	completed := make([]Expenditure, 0, len(cells))
	for _, e := range cells {
		e.CompletionFactor = s.Factors.Of(e.Year, e.ClaimType)
		e.Truncated = cuts[e.Cell]
		e.Completed = e.Net.Mul(e.CompletionFactor).Mul(s.restored()).Sub(e.Truncated)
		completed = append(completed, *e)
	}
	slices.SortFunc(completed, func(a, b Expenditure) int { return a.Cell.compare(b.Cell) })
	return completed
}

func (e *Expenditure) add(d Dollars, s Settings) {
	if s.HasPassThrough {
		d.Paid = d.Paid.Add(d.PassThrough)
	}
	excluded := d.Paid.Mul(d.Share)
	switch d.Exclusion {
	case "sahs":
		e.SAHS = e.SAHS.Add(excluded)
	case "skin_substitute":
		e.SkinSubstitute = e.SkinSubstitute.Add(excluded)
	}
	e.Paid = e.Paid.Add(d.Paid)
	e.IME = e.IME.Add(d.IME)
	e.DSH = e.DSH.Add(d.DSH)
	e.UncompensatedCare = e.UncompensatedCare.Add(d.UncompensatedCare)
	e.Net = e.Net.Add(d.Paid).Sub(d.IME).Sub(d.DSH).Sub(d.UncompensatedCare).Sub(excluded)
}

// restored undoes the sequestration of payments, where the switch is on (C2).
func (s Settings) restored() decimal.Decimal {
	one := decimal.NewFromInt(1)
	if s.SequestrationRate == nil {
		return one
	}
	return one.DivRound(one.Sub(*s.SequestrationRate), divisionPlaces)
}

func (c Cell) compare(d Cell) int {
	return cmp.Or(
		cmp.Compare(c.ACO, d.ACO),
		cmp.Compare(c.Year, d.Year),
		cmp.Compare(c.Category, d.Category),
		cmp.Compare(c.AlignmentType, d.AlignmentType),
		cmp.Compare(c.ClaimType, d.ClaimType),
	)
}
