package benchmark

import (
	"testing"

	"leadline/schemas"
)

// E1: mix × (Reg × RS − HB).
func TestSpendingDistance(t *testing.T) {
	standing := func(mix, regional, risk, baseline string) CategoryStanding {
		return CategoryStanding{ratio(t, mix), pbpm(t, regional), ratio(t, risk), pbpm(t, baseline)}
	}
	tests := []struct {
		name       string
		categories []CategoryStanding
		want       string
		group      SpendingGroup
	}{
		{"below the region", []CategoryStanding{standing("1", "1000", "1.1", "1099.99")}, "0.01", Lower},
		{"on the line", []CategoryStanding{standing("1", "1000", "1.1", "1100")}, "0", Higher},
		{"above the region", []CategoryStanding{standing("1", "1000", "1.1", "1100.01")}, "-0.01", Higher},
		{"one group for all", []CategoryStanding{standing("0.9", "1000", "1", "1100"), standing("0.1", "9000", "1", "8000")}, "10", Lower}, // 0.9 × −100 + 0.1 × 1000
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := SpendingDistance(tt.categories)
			shows(t, "SpendingDistance", got, tt.want)
			if group := SpendingGroupAt(got); group != tt.group {
				t.Errorf("group %s, want %s", group, tt.group)
			}
		})
	}
	third := schemas.One.Over(ratio(t, "3"))
	tail := pbpm(t, "900.005").Minus(pbpm(t, "2700.015").Times(third)) // zero but for a division's tail
	if group := SpendingGroupAt(tail); group != Higher {
		t.Errorf("a tail below 1e-20 made the ACO %s-spending", group)
	}
}

// E2 to E5 by the methodology's vectors, then who gets what (the table of E6).
func TestRegionalEfficiencyAdjustment(t *testing.T) {
	tests := []struct {
		name             string
		option           RiskOption
		regional, aco    string
		capKey, standard string
		want, capped     string
	}{
		{"no cap binds", Global, "1060", "1000", "other", "1080", "30", "30"},       // 0.5 × 60; 5% × 1080 = 54
		{"the 3% cap binds", Global, "1200", "1000", "more", "1080", "100", "32.4"}, // 3% × 1080
		{"the 5% cap binds", Global, "1200", "1000", "other", "1080", "100", "54"},  // 5% × 1080
		{"higher-spending", Global, "1000", "1060", "other", "1080", "0", "0"},
		{"on the line", Global, "1000", "1000", "other", "1080", "0", "0"},
		{"Professional", Professional, "1060", "1000", "other", "1080", "0", "0"},
		{"at the 3% cap", Global, "1064.8", "1000", "more", "1080", "32.4", "32.4"}, // 0.5 × 64.8
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			distance := pbpm(t, tt.regional).Minus(pbpm(t, tt.aco))
			got := RegionalEfficiencyAdjustment(tt.option, distance, parameterRatio(t, 2027, "regional_efficiency_share"))
			shows(t, "RegionalEfficiencyAdjustment", got, tt.want)
			limit := AdjustmentCap(parameterRatio(t, 2027, "adjustment_cap_share", tt.capKey),
				StandardisedUSPCC{schemas.One, pbpm(t, tt.standard), schemas.One})
			shows(t, "capped", CappedAdjustment(HigherAdjustment(got, schemas.PBPM{}), limit), tt.capped)
		})
	}
}

// E3, R15.
func TestPriorSavingsAdjustment(t *testing.T) {
	tests := []struct {
		name       string
		experience Experience
		savings    [3]string // blank is blank
		prior      string
		base       string
		want       string
	}{
		{"three years", Renewing, [3]string{"120", "240", "360"}, "100", "100", "10"},                   // 0.5 × 240 / 12
		{"a blank year is zero", Renewing, [3]string{"360", "", "360"}, "100", "100", "10"},             // 0.5 × (720 / 3) / 12
		{"a negative year counts", Renewing, [3]string{"420.50", "-80", "330"}, "100", "100", "9.3125"}, // 0.5 × 223.5 / 12
		{"negative on average", Renewing, [3]string{"100", "-400", "100"}, "100", "100", "0"},
		{"zero on average", Renewing, [3]string{"200", "-400", "200"}, "100", "100", "0"},
		{"smaller then", Renewing, [3]string{"240", "240", "240"}, "40", "100", "4"}, // 10 × 40 / 100
		{"as large then", Renewing, [3]string{"240", "240", "240"}, "100", "100", "10"},
		{"larger then", Renewing, [3]string{"240", "240", "240"}, "101", "100", "10"},
		{"blank person-years", Renewing, [3]string{"240", "240", "240"}, "", "100", "10"},
		{"newly entering", NewlyEntering, [3]string{"240", "240", "240"}, "100", "100", "0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var savings [3]*schemas.PerCapita
			for i, text := range tt.savings {
				if text != "" {
					year := annual(t, text)
					savings[i] = &year
				}
			}
			var prior *schemas.PersonYears
			if tt.prior != "" {
				prior = years(t, tt.prior)
			}
			proration := Proration(prior, *years(t, tt.base))
			shows(t, "PriorSavingsAdjustment",
				PriorSavingsAdjustment(tt.experience, savings, proration, parameterRatio(t, 2027, "prior_savings_share")), tt.want)
		})
	}
}

// E5: more than 40% of the TINs; at 40% the higher cap still holds.
func TestFromRecentMSSP(t *testing.T) {
	threshold := parameterRatio(t, 2027, "recent_mssp_threshold")
	for tins, want := range map[[2]int]bool{
		{39, 100}: false, {40, 100}: false, {41, 100}: true, {2, 5}: false, {0, 0}: false, {5, 5}: true, {4, 9}: true,
	} {
		if got := FromRecentMSSP(ACO{RecentMSSPTINs: tins[0], ParticipantTINs: tins[1]}, threshold); got != want {
			t.Errorf("%d of %d: %v, want %v", tins[0], tins[1], got, want)
		}
	}
}

func TestAdjustmentCapOverCategories(t *testing.T) {
	got := AdjustmentCap(ratio(t, "0.05"),
		StandardisedUSPCC{ratio(t, "0.9"), pbpm(t, "1000"), ratio(t, "1.1")},
		StandardisedUSPCC{ratio(t, "0.1"), pbpm(t, "8000"), ratio(t, "0.9")})
	shows(t, "AdjustmentCap", got, "85.5") // 0.05 × (0.9 × 1100 + 0.1 × 7200)
}

// E4: the higher, never the sum.
func TestHigherAdjustment(t *testing.T) {
	shows(t, "regional higher", HigherAdjustment(pbpm(t, "30"), pbpm(t, "20")), "30")
	shows(t, "prior higher", HigherAdjustment(pbpm(t, "20"), pbpm(t, "30")), "30")
	shows(t, "equal", HigherAdjustment(pbpm(t, "30"), pbpm(t, "30")), "30")
}

func TestAllocatedAdjustment(t *testing.T) {
	// Mix 0.9 and 0.1, baselines 1000 and 6000: mean 1500. 30 in all is 20 and
	// 120: 0.9 × 20 + 0.1 × 120 = 30.
	for baseline, want := range map[string]string{"1000": "20", "6000": "120"} {
		got, err := AllocatedAdjustment(pbpm(t, "30"), pbpm(t, baseline), pbpm(t, "1500"))
		if !refused(t, err, "") {
			shows(t, "AllocatedAdjustment", got, want)
		}
	}
	_, err := AllocatedAdjustment(pbpm(t, "30"), pbpm(t, "1"), schemas.PBPM{})
	refused(t, err, "the ACO's mean baseline is zero")
}
