package benchmark

import (
	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// AlignedPeople counts an ACO's people of a year; someone who is High Needs in
// any month that counts is High Needs.
type AlignedPeople struct {
	ACO           string
	Year          int
	AlignmentType schemas.AlignmentType
	People        int64
	HighNeeds     int64
}

// Standing is what a Participant TIN list makes of an ACO.
type Standing struct {
	Aligned               int64            `json:"aligned_beneficiaries"`        // in the performance year
	MostClaimsAligned     int64            `json:"claims_aligned_beneficiaries"` // in the base year that has most
	HighNeedsShare        *decimal.Decimal `json:"high_needs_share"`             // of people
	BaselinePBPM          *decimal.Decimal `json:"baseline_pbpm"`                // null where no line has one
	SettlementPBPM        *decimal.Decimal `json:"settlement_benchmark_pbpm"`
	SettlementDollars     *decimal.Decimal `json:"settlement_benchmark_dollars"`
	SpendingGroup         SpendingGroup    `json:"spending_group"` // empty where it is not calculable
	MeetsAlignmentMinimum bool             `json:"meets_alignment_minimum"`
}

// StandingOf is where an ACO stands.
//
// Rule:    the baseline of an ACO is the mean of those of its lines, weighted by
// the months of the performance year; its High Needs share is that of people.
// Reading: the minimums are published for the first performance year; they are
// held against the year of the run.
func (r Result) StandingOf(aco ACO, people []AlignedPeople, p schemas.Parameters, years schemas.Years) (Standing, error) {
	s := Standing{BaselinePBPM: r.meanBaseline(aco.ID)}
	for _, b := range r.Benchmarks {
		if b.ACO == aco.ID && b.Category == schemas.AllCategories && b.AlignmentType == schemas.AllAligned {
			s.SettlementPBPM, s.SettlementDollars = b.PBPM.SettlementBenchmark, b.Dollars.SettlementBenchmark
			s.SpendingGroup = b.SpendingGroup
		}
	}
	var highNeeds int64
	for _, a := range people {
		switch {
		case a.ACO != aco.ID:
		case a.Year == years.Performance:
			s.Aligned += a.People
			highNeeds += a.HighNeeds
		case a.AlignmentType == schemas.ClaimsAligned:
			s.MostClaimsAligned = max(s.MostClaimsAligned, a.People)
		}
	}
	if s.Aligned > 0 {
		share := schemas.NewRatio(decimal.NewFromInt(highNeeds)).Over(schemas.NewRatio(decimal.NewFromInt(s.Aligned))).Decimal().RoundBank(ratioPlaces)
		s.HighNeedsShare = &share
	}
	t := &terms{reader: p.Reader(years.Performance)}
	threshold := t.ratio("high_needs_minimum_share").Ratio
	for _, standing := range MinimumStandings(aco.Experience, highNeeds, s.Aligned, threshold) {
		s.MeetsAlignmentMinimum = s.MeetsAlignmentMinimum || MeetsMinimum(s.Aligned, s.MostClaimsAligned,
			t.count("alignment_minimum", standing), t.count("base_year_alignment_minimum", standing))
	}
	return s, t.err
}

const ratioPlaces = 6

// meanBaseline is null where no line with months has a baseline.
func (r Result) meanBaseline(aco string) *decimal.Decimal {
	type line struct {
		category      schemas.Category
		alignmentType schemas.AlignmentType
	}
	months := map[line]int64{}
	for _, b := range r.Benchmarks {
		if b.ACO == aco {
			months[line{b.Category, b.AlignmentType}] = int64(b.EligibleMonths)
		}
	}
	var sum, all schemas.Ratio
	for _, b := range r.Baselines {
		if b.ACO != aco || b.PBPM == nil {
			continue
		}
		weight := schemas.NewRatio(decimal.NewFromInt(months[line{b.Category, b.AlignmentType}]))
		sum = sum.Plus(schemas.NewRatio(*b.PBPM).Times(weight))
		all = all.Plus(weight)
	}
	if all.Sign() == 0 {
		return nil
	}
	mean := sum.Over(all).Decimal().RoundBank(ratioPlaces)
	return &mean
}

// MinimumStandings says which minimums an ACO may be held to; meeting one of them
// is enough.
//
// Source: CMS, LEAD model page; params/high_needs_minimum_share.yaml.
// Rule:   those of its experience and, with more than 40% High Needs, the lowered
// ones.
func MinimumStandings(experience Experience, highNeeds, aligned int64, threshold schemas.Ratio) []string {
	standings := []string{"standard"}
	if experience == NewlyEntering {
		standings = []string{string(NewlyEntering)}
	}
	most := schemas.NewRatio(decimal.NewFromInt(aligned)).Times(threshold)
	if schemas.NewRatio(decimal.NewFromInt(highNeeds)).Minus(most).Sign() > 0 {
		standings = append(standings, "high_needs")
	}
	return standings
}

// MeetsMinimum holds the people of the performance year, and those aligned by
// claims in the base year that has most, against their minimums.
//
// Source: CMS, LEAD model page; params/alignment_minimum.yaml,
// params/base_year_alignment_minimum.yaml.
// Rule:   at least as many of both; one base year is enough.
func MeetsMinimum(aligned, mostClaims int64, minimum, baseMinimum int) bool {
	return aligned >= int64(minimum) && mostClaims >= int64(baseMinimum)
}
