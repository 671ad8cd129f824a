package aggregate

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// Identity is a row of the published table: what every run proves.
type Identity struct {
	Check, Scope string
	Left, Right  decimal.Decimal
}

// Difference is left less right; zero proves the identity.
func (i Identity) Difference() decimal.Decimal { return i.Left.Sub(i.Right) }

// Holds says that nothing was lost and nothing counted twice.
func (i Identity) Holds() bool { return i.Difference().IsZero() }

// Total is a left side: what the extract holds in a year, by a separate query.
type Total struct {
	Year                              int
	Paid, PassThrough, Months, People decimal.Decimal
}

// SetAside is what of a year stands in no cell of a group, by reason.
type SetAside struct {
	Year                              int
	AlignmentType                     schemas.AlignmentType
	Reason                            string
	Paid, PassThrough, Months, People decimal.Decimal
}

// Counted is what a group's published cells hold of a year.
type Counted struct {
	Year           int
	AlignmentType  schemas.AlignmentType
	Net, Excluded  decimal.Decimal
	Months, People decimal.Decimal
}

// Identities proves, for each group and year, that dollars, months and people
// of the extract are those counted and those set aside.
//
// Rule: C7. A voluntary person's base-year dollars count in both groups, so
// each group is proved apart.
func Identities(totals []Total, counted []Counted, aside []SetAside, s Settings) []Identity {
	var all []Identity
	for _, group := range schemas.AlignmentTypes {
		for _, t := range totals {
			paid, months, people := decimal.Zero, decimal.Zero, decimal.Zero
			for _, c := range counted {
				if c.Year == t.Year && c.AlignmentType == group {
					paid = decimal.Sum(paid, c.Net, c.Excluded)
					months, people = months.Add(c.Months), people.Add(c.People)
				}
			}
			for _, a := range aside {
				if a.Year != t.Year || a.AlignmentType != group {
					continue
				}
				paid = paid.Add(s.dollars(a.Paid, a.PassThrough))
				months, people = months.Add(a.Months), people.Add(a.People)
			}
			scope := fmt.Sprintf("%s %d", group, t.Year)
			all = append(all,
				Identity{"dollars", scope, s.dollars(t.Paid, t.PassThrough), paid},
				Identity{"months", scope, t.Months, months},
				Identity{"people", scope, t.People, people},
			)
		}
	}
	slices.SortFunc(all, func(a, b Identity) int {
		return cmp.Or(cmp.Compare(a.Check, b.Check), cmp.Compare(a.Scope, b.Scope))
	})
	return all
}

func (s Settings) dollars(paid, passThrough decimal.Decimal) decimal.Decimal {
	if s.HasPassThrough {
		return paid.Add(passThrough)
	}
	return paid
}
