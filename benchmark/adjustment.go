package benchmark

import (
	"fmt"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// SpendingGroup says on which side of its region an ACO spends.
type SpendingGroup string

// The two spending groups.
const (
	Lower  SpendingGroup = "lower"
	Higher SpendingGroup = "higher"
)

// CategoryStanding is where a category of the claims-aligned stands in BY3.
type CategoryStanding struct {
	Mix      schemas.Ratio // share of BY3's months over the calculable categories
	Regional schemas.PBPM  // of BY3, at a risk of 1
	Risk     schemas.Ratio // RS(BY3)
	Baseline schemas.PBPM
}

// SpendingDistance is how far the ACO spends below its region, in PBPM; below
// zero it spends more.
//
// Source:  LEAD RFA §VIII.B.
// Rule:    E1, the sum over categories of mix * (Reg * RS - HB).
// Reading: R14, BY3's mix over the categories whose baseline is calculable.
func SpendingDistance(categories []CategoryStanding) schemas.PBPM {
	var distance schemas.PBPM
	for _, k := range categories {
		distance = distance.Plus(k.Regional.Times(k.Risk).Minus(k.Baseline).Times(k.Mix))
	}
	return distance
}

// SpendingGroupAt is the group on the ACO's side of the line.
//
// Source:  LEAD RFA §VIII.B.
// Rule:    E1, lower where the distance is above zero.
// Reading: R14, at zero the ACO is higher-spending.
func SpendingGroupAt(distance schemas.PBPM) SpendingGroup {
	if distance.Sign() > 0 {
		return Lower
	}
	return Higher
}

// RegionalEfficiencyAdjustment rewards a Global ACO that spends less than its
// region.
//
// Source:  LEAD RFA §VIII.B; params/regional_efficiency_share.yaml.
// Rule:    E2, half the distance; Global and lower-spending only.
// Reading: R15, one amount per ACO.
func RegionalEfficiencyAdjustment(option RiskOption, distance schemas.PBPM, share schemas.Ratio) schemas.PBPM {
	if option != Global || SpendingGroupAt(distance) != Lower {
		return schemas.PBPM{}
	}
	return distance.Times(share)
}

// PriorSavingsAdjustment gives a renewing ACO part of what it saved before.
//
// Source:  LEAD RFA §VIII.B; params/prior_savings_share.yaml.
// Rule:    E3, half of the average per-capita savings of three years, prorated,
// if positive; renewing only.
// Reading: R15, a blank year counts as zero, a negative one as it is.
func PriorSavingsAdjustment(experience Experience, savings [3]*schemas.PerCapita, proration, share schemas.Ratio) schemas.PBPM {
	if experience != Renewing {
		return schemas.PBPM{}
	}
	mean := MeanSavings(savings)
	if mean.Sign() <= 0 {
		return schemas.PBPM{}
	}
	return schemas.Monthly(mean).Times(proration).Times(share)
}

// MeanSavings is the average of the three years before LEAD, a person and year.
//
// Source:  LEAD RFA §VIII.B.
// Reading: R15.
func MeanSavings(savings [3]*schemas.PerCapita) schemas.PerCapita {
	var sum schemas.PerCapita
	var years schemas.Ratio
	for _, year := range savings {
		years = years.Plus(schemas.One)
		if year != nil {
			sum = sum.Plus(*year)
		}
	}
	return sum.Over(years)
}

// Proration scales earlier savings down where the ACO was smaller then.
//
// Source:  form from 42 CFR 425.658.
// Rule:    E3, min(1, earlier person-years / base-year person-years).
// Reading: R15, blank earlier person-years: 1.
func Proration(earlier *schemas.PersonYears, base schemas.PersonYears) schemas.Ratio {
	if earlier == nil || base.Sign() == 0 {
		return schemas.One
	}
	return earlier.ShareOf(base).Least(schemas.One)
}

// FromRecentMSSP says whether the lower cap holds.
//
// Source:  LEAD RFA §VIII.B; params/recent_mssp_threshold.yaml.
// Rule:    E5, more than 40% of Participant TINs come from a recent MSSP ACO.
// Reading: R15, of the TINs in force (R8).
func FromRecentMSSP(aco ACO, threshold schemas.Ratio) bool {
	recent := schemas.NewRatio(decimal.NewFromInt(int64(aco.RecentMSSPTINs)))
	all := schemas.NewRatio(decimal.NewFromInt(int64(aco.ParticipantTINs)))
	return recent.Minus(all.Times(threshold)).Sign() > 0
}

// StandardisedUSPCC is the national cost of a category at the group's risk.
type StandardisedUSPCC struct {
	Mix   schemas.Ratio
	USPCC schemas.PBPM // of BY3
	Risk  schemas.Ratio
}

// AdjustmentCap bounds the adjustment.
//
// Source:  LEAD RFA §VIII.B; params/adjustment_cap_share.yaml.
// Rule:    E5, 3% or 5% of risk-standardised USPCC.
// Reading: R15, share * the sum over categories of mix * USPCC(BY3) * RS(BY3).
func AdjustmentCap(share schemas.Ratio, categories ...StandardisedUSPCC) schemas.PBPM {
	var whole schemas.PBPM
	for _, k := range categories {
		whole = whole.Plus(k.USPCC.Times(k.Risk).Times(k.Mix))
	}
	return whole.Times(share)
}

// HigherAdjustment is the higher of the two, never the sum.
//
// Source: LEAD RFA §VIII.B.
// Rule:   E4.
func HigherAdjustment(regionalEfficiency, priorSavings schemas.PBPM) schemas.PBPM {
	return regionalEfficiency.Greatest(priorSavings)
}

// CappedAdjustment is the adjustment within its cap.
//
// Source: LEAD RFA §VIII.B.
// Rule:   E5.
func CappedAdjustment(adjustment, limit schemas.PBPM) schemas.PBPM {
	return adjustment.Least(limit)
}

// AllocatedAdjustment is the part of the ACO's amount that a category gets.
//
// Source:  params/adjustment_allocation.yaml.
// Reading: R15; in proportion to the category's baseline, so that at BY3's mix
// it comes to the ACO's amount.
func AllocatedAdjustment(amount, baseline, mean schemas.PBPM) (schemas.PBPM, error) {
	if mean.Sign() == 0 {
		return schemas.PBPM{}, fmt.Errorf("the ACO's mean baseline is zero")
	}
	return amount.Times(baseline.ShareOf(mean)), nil
}
