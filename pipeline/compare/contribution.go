package compare

import (
	"cmp"
	"io"
	"slices"

	"github.com/shopspring/decimal"

	"leadline/benchmark"
)

// Contribution is what one TIN of the list brings to its ACO in an aligned year:
// the people, months and dollars that would be lost without it, and where the
// ACO stands with it and without it. It is a row of tin_contribution.
type Contribution struct {
	ACO           string             `json:"aco_id"`
	TIN           string             `json:"tin"`
	AlignedYear   int                `json:"aligned_year"`
	Beneficiaries int64              `json:"beneficiaries"`
	Months        int64              `json:"eligible_months"`
	Dollars       decimal.Decimal    `json:"paid_amount"`
	With          benchmark.Standing `json:"with"`
	Without       benchmark.Standing `json:"without"`
}

// Contributions are those of many TINs, by ACO, TIN and aligned year.
type Contributions []Contribution

// Rows are the rows of the table tin_contribution.
func (all Contributions) Rows() [][]any {
	rows := make([][]any, 0, len(all))
	for _, k := range all {
		row := []any{k.ACO, k.TIN, int64(k.AlignedYear), k.Beneficiaries, k.Months, k.Dollars}
		for _, s := range []benchmark.Standing{k.With, k.Without} {
			var group any
			if s.SpendingGroup != "" {
				group = string(s.SpendingGroup)
			}
			row = append(row, s.Aligned, orNull(s.BaselinePBPM), orNull(s.SettlementPBPM), group, orNull(s.HighNeedsShare), s.MeetsAlignmentMinimum)
		}
		rows = append(rows, row)
	}
	return rows
}

func orNull(d *decimal.Decimal) any {
	if d == nil {
		return nil
	}
	return *d
}

// WriteText prints a table for each ACO, the TINs whose people carry most
// dollars first.
func (all Contributions) WriteText(out io.Writer) error {
	p := &printer{out: out}
	tins := all.byTIN()
	for i, t := range tins {
		if i == 0 || tins[i-1].ACO != t.ACO {
			t.heading(p)
		}
		p.line("  %-10s %9s %9s %16s %12s %12s  %s", t.TIN, count(t.Beneficiaries), count(t.Months), money(t.Dollars),
			difference(t.With.BaselinePBPM, t.Without.BaselinePBPM), difference(t.With.SettlementPBPM, t.Without.SettlementPBPM), t.remark())
	}
	if len(tins) == 0 {
		p.line("no TIN of the list is in force on 1 January")
	}
	return p.err
}

// byTIN sums a TIN's aligned years: someone aligned in three counts three times.
func (all Contributions) byTIN() Contributions {
	var sums Contributions
	for _, k := range all {
		last := len(sums) - 1
		if last < 0 || sums[last].ACO != k.ACO || sums[last].TIN != k.TIN {
			sums = append(sums, k)
			continue
		}
		sums[last].Beneficiaries += k.Beneficiaries
		sums[last].Months += k.Months
		sums[last].Dollars = sums[last].Dollars.Add(k.Dollars)
	}
	slices.SortStableFunc(sums, func(a, b Contribution) int {
		return cmp.Or(cmp.Compare(a.ACO, b.ACO), b.Dollars.Cmp(a.Dollars))
	})
	return sums
}

func (k Contribution) heading(p *printer) {
	s := k.With
	p.line("\nACO %s: %s aligned in the performance year, baseline %s, settlement benchmark %s PBPM", k.ACO, count(s.Aligned),
		orNone(s.BaselinePBPM), orNone(s.SettlementPBPM))
	p.line("  spending group %s, High Needs share %s, alignment minimum %s", groupName(s.SpendingGroup), share(s.HighNeedsShare), met(s.MeetsAlignmentMinimum))
	p.line("\n  %-10s %9s %9s %16s %12s %12s  %s", "Without", "people", "months", "dollars", "baseline", "settlement", "and then")
	p.line("  %-10s %9s %9s %16s %12s %12s", "this TIN", "lost", "lost", "lost", "by, PBPM", "by, PBPM")
}

// remark is what else would change.
func (k Contribution) remark() string {
	text := ""
	if k.With.SpendingGroup != k.Without.SpendingGroup {
		text += "spending group " + groupName(k.Without.SpendingGroup) + " "
	}
	if k.With.MeetsAlignmentMinimum != k.Without.MeetsAlignmentMinimum {
		text += "minimum " + met(k.Without.MeetsAlignmentMinimum) + " "
	}
	if share(k.With.HighNeedsShare) != share(k.Without.HighNeedsShare) {
		text += "HN " + share(k.Without.HighNeedsShare)
	}
	return text
}

func difference(with, without *decimal.Decimal) string {
	if with == nil || without == nil {
		return "none"
	}
	return signed(without.Sub(*with))
}

func groupName(g benchmark.SpendingGroup) string {
	if g == "" {
		return "none"
	}
	return string(g)
}

const percentPlaces = 2

func share(d *decimal.Decimal) string {
	if d == nil {
		return "none"
	}
	return d.Shift(percentPlaces).StringFixed(1) + "%"
}

func met(is bool) string {
	if is {
		return "met"
	}
	return "not met"
}
