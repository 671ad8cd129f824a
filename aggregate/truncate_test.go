package aggregate

import (
	"testing"

	"github.com/shopspring/decimal"
)

// Worked by hand from rule C5: limit = annual threshold times months over 12.
func TestCuts(t *testing.T) {
	cell := func(claimType string) Cell {
		return Cell{ACO: "A0001", Year: 2026, Category: "AD", AlignmentType: "claims", ClaimType: claimType}
	}
	part := func(person int, claimType, paid string, months int64) Candidate {
		return Candidate{Person: person, Months: months, Dollars: Dollars{
			Cell: cell(claimType), Exclusion: NoExclusion, Paid: decimal.RequireFromString(paid)}}
	}
	s := Settings{
		Thresholds: map[ThresholdKey]decimal.Decimal{{2026, "AD"}: decimal.NewFromInt(1000)},
		Factors:    CompletionFactors{{2026, "inpatient"}: decimal.RequireFromString("1.5")},
	}
	tests := []struct {
		name                    string
		candidates              []Candidate
		inpatient, professional string // what is cut
	}{
		// 400 x 1.5 + 400 = 1000 over six months: the limit is 500, half of each is cut.
		{"spread in proportion", []Candidate{part(1, "inpatient", "400", 6), part(1, "professional", "400", 6)}, "300", "200"},
		// 1000 x 12 / 12: at the limit nothing is cut.
		{"at the threshold", []Candidate{part(1, "professional", "1000", 12)}, "0", "0"},
		{"a cent above", []Candidate{part(1, "professional", "1000.01", 12)}, "0", "0.01"},
		// Two people of 600 each, not one of 1200.
		{"each person apart", []Candidate{part(1, "professional", "600", 12), part(2, "professional", "600", 12)}, "0", "0"},
		// 2000 - 1000 and 1500 - 500 (six months).
		{"people add up", []Candidate{part(1, "professional", "2000", 12), part(2, "professional", "1500", 6)}, "0", "2000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cuts := Cuts(tt.candidates, s)
			for claimType, want := range map[string]string{"inpatient": tt.inpatient, "professional": tt.professional} {
				if got := cuts[cell(claimType)].Round(12); !got.Equal(decimal.RequireFromString(want)) {
					t.Errorf("%s is cut by %s, want %s", claimType, got, want)
				}
			}
		})
	}
}
