package aggregate_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"leadline/aggregate"
	"leadline/schemas"
)

func dollarsOf(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func cell(claimType string) aggregate.Cell {
	return aggregate.Cell{ACO: "A0001", Year: 2026, Category: schemas.AgedDisabled, AlignmentType: schemas.ClaimsAligned, ClaimType: claimType}
}

// part is the dollars of one list in a cell, in text.
func part(claimType, exclusion, share, paid string, inpatient ...string) aggregate.Dollars {
	d := aggregate.Dollars{Cell: cell(claimType), Exclusion: exclusion, Share: dollarsOf(share), Paid: dollarsOf(paid)}
	for i, field := range []*decimal.Decimal{&d.IME, &d.DSH, &d.UncompensatedCare, &d.PassThrough} {
		if i < len(inpatient) {
			*field = dollarsOf(inpatient[i])
		}
	}
	return d
}

// shown is an expenditure's amounts: paid, excluded, net, factor and completed.
func shown(e aggregate.Expenditure) string {
	return fmt.Sprintf("paid %s, ime %s, dsh %s, uc %s, sahs %s, skin %s, excluded %s, net %s, factor %s, completed %s",
		e.Paid, e.IME, e.DSH, e.UncompensatedCare, e.SAHS, e.SkinSubstitute, e.Excluded(), e.Net, e.CompletionFactor, e.Completed.Round(20))
}

// C2, C3, C4, R21. Shares times paid are exact to four places; the completion
// factor multiplies the net amount.
func TestComplete(t *testing.T) {
	rate := dollarsOf("0.02")
	tests := []struct {
		name     string
		settings aggregate.Settings
		factor   string // of inpatient and professional in 2026; blank: none given
		dollars  []aggregate.Dollars
		want     string
	}{
		// 1000 - 100 - 50 - 25 = 825
		{"inpatient parts", aggregate.Settings{}, "", []aggregate.Dollars{part("inpatient", "none", "0", "1000", "100", "50", "25", "10")},
			"paid 1000, ime 100, dsh 50, uc 25, sahs 0, skin 0, excluded 175, net 825, factor 1, completed 825"},
		// 825 * 1.02 = 841.5
		{"completed", aggregate.Settings{}, "1.02", []aggregate.Dollars{part("inpatient", "none", "0", "1000", "100", "50", "25", "10")},
			"paid 1000, ime 100, dsh 50, uc 25, sahs 0, skin 0, excluded 175, net 825, factor 1.02, completed 841.5"},
		// 0.65 * 33.33 = 21.6645; 100 + 33.33 + 10 - 21.6645 - 10 = 111.6655
		{"excluded shares", aggregate.Settings{}, "", []aggregate.Dollars{
			part("professional", "none", "0", "100"), part("professional", "skin_substitute", "0.65", "33.33"), part("professional", "sahs", "1", "10"),
		}, "paid 143.33, ime 0, dsh 0, uc 0, sahs 10, skin 21.6645, excluded 31.6645, net 111.6655, factor 1, completed 111.6655"},
		// 111.6655 * 1.015 = 113.3404825: nothing is rounded
		{"excluded, then completed", aggregate.Settings{}, "1.015", []aggregate.Dollars{
			part("professional", "none", "0", "100"), part("professional", "skin_substitute", "0.65", "33.33"), part("professional", "sahs", "1", "10"),
		}, "paid 143.33, ime 0, dsh 0, uc 0, sahs 10, skin 21.6645, excluded 31.6645, net 111.6655, factor 1.015, completed 113.3404825"},
		// two shares of one list: 0.65 * 10 + 0.5 * 4 = 8.5; 14 - 8.5 = 5.5
		{"two shares of one list", aggregate.Settings{}, "", []aggregate.Dollars{
			part("professional", "skin_substitute", "0.65", "10"), part("professional", "skin_substitute", "0.5", "4"),
		}, "paid 14, ime 0, dsh 0, uc 0, sahs 0, skin 8.5, excluded 8.5, net 5.5, factor 1, completed 5.5"},
		// -0.65 * 33.33 = -21.6645; -33.33 + 21.6645 = -11.6655
		{"a cancellation alone", aggregate.Settings{}, "", []aggregate.Dollars{part("professional", "skin_substitute", "0.65", "-33.33")},
			"paid -33.33, ime 0, dsh 0, uc 0, sahs 0, skin -21.6645, excluded -21.6645, net -11.6655, factor 1, completed -11.6655"},
		// 1000 + 10 - 175 = 835
		{"with pass-through", aggregate.Settings{HasPassThrough: true}, "", []aggregate.Dollars{part("inpatient", "none", "0", "1000", "100", "50", "25", "10")},
			"paid 1010, ime 100, dsh 50, uc 25, sahs 0, skin 0, excluded 175, net 835, factor 1, completed 835"},
		// 980 / (1 - 0.02) = 1000
		{"sequestration added back", aggregate.Settings{SequestrationRate: &rate}, "", []aggregate.Dollars{part("inpatient", "none", "0", "980")},
			"paid 980, ime 0, dsh 0, uc 0, sahs 0, skin 0, excluded 0, net 980, factor 1, completed 1000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.settings
			if tt.factor != "" {
				s.Factors = aggregate.CompletionFactors{
					{Year: 2026, ClaimType: "inpatient"}: dollarsOf(tt.factor), {Year: 2026, ClaimType: "professional"}: dollarsOf(tt.factor),
					{Year: 2025, ClaimType: "inpatient"}: dollarsOf("9"), {Year: 2026, ClaimType: "dme"}: dollarsOf("9"),
				}
			}
			got := aggregate.Complete(tt.dollars, nil, s)
			if len(got) != 1 {
				t.Fatalf("%d cells, want 1", len(got))
			}
			if diff := cmp.Diff(tt.want, shown(got[0])); diff != "" {
				t.Errorf("Complete (-want +got):\n%s", diff)
			}
		})
	}
}

// Cells come in the order of their key, each once.
func TestCompleteOrder(t *testing.T) {
	cells := []aggregate.Cell{
		{ACO: "A0001", Year: 2025, Category: "HN", AlignmentType: "voluntary", ClaimType: "snf"},
		{ACO: "A0001", Year: 2026, Category: "AD", AlignmentType: "claims", ClaimType: "dme"},
		{ACO: "A0001", Year: 2026, Category: "AD", AlignmentType: "claims", ClaimType: "inpatient"},
		{ACO: "A0001", Year: 2026, Category: "AD", AlignmentType: "voluntary", ClaimType: "dme"},
		{ACO: "A0001", Year: 2026, Category: "ESRD", AlignmentType: "claims", ClaimType: "dme"},
		{ACO: "A0002", Year: 2024, Category: "AD", AlignmentType: "claims", ClaimType: "dme"},
	}
	var dollars []aggregate.Dollars
	for _, i := range []int{5, 2, 0, 4, 1, 3, 2, 0} { // two cells have two parts
		dollars = append(dollars, aggregate.Dollars{Cell: cells[i], Exclusion: "none", Paid: dollarsOf("1")})
	}
	var got []aggregate.Cell
	for _, e := range aggregate.Complete(dollars, nil, aggregate.Settings{}) {
		got = append(got, e.Cell)
	}
	if diff := cmp.Diff(cells, got); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
}

// C2, C4: the switches of the parameters reach the settings.
func TestDollarSettings(t *testing.T) {
	s := settings(t, runWith(map[string]string{
		"include_pass_through": "true", "add_back_sequestration": "true", "run_out_months": "6",
	}))
	if !s.HasPassThrough || s.SequestrationRate == nil || s.SequestrationRate.String() != "0.02" || s.RunOutMonths == nil || *s.RunOutMonths != 6 {
		t.Errorf("pass-through %v, sequestration %v, run-out %v", s.HasPassThrough, s.SequestrationRate, s.RunOutMonths)
	}
	off := settings(t, runWith(nil))
	if off.HasPassThrough || off.SequestrationRate != nil || off.RunOutMonths != nil {
		t.Errorf("by default: pass-through %v, sequestration %v, run-out %v; want all off", off.HasPassThrough, off.SequestrationRate, off.RunOutMonths)
	}
}
