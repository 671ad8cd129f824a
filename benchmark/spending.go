package benchmark

import (
	"fmt"
	"strings"

	"leadline/schemas"
)

// calculableCategories are those with a claims-aligned baseline: they make the
// mix (R14).
func (s *sheet) calculableCategories() []schemas.Category {
	var calculable []schemas.Category
	for _, k := range schemas.Categories {
		if s.claims[k].baseline.calculable() {
			calculable = append(calculable, k)
		}
	}
	return calculable
}

// mix is the share of BY3's claims-aligned months over the calculable categories.
func (s *sheet) mix(k schemas.Category) schemas.Ratio {
	var all schemas.PersonMonths
	for _, other := range s.calculableCategories() {
		all += s.months(s.by3(), other, schemas.ClaimsAligned)
	}
	return s.months(s.by3(), k, schemas.ClaimsAligned).ShareOf(all)
}

// distance is the ACO's distance below its region (E1, R14).
func (s *sheet) distance() figure[schemas.PBPM] {
	var standings []CategoryStanding
	var words []string
	var parts []part
	for _, k := range s.calculableCategories() {
		h, regional := s.claims[k], s.regional(k, s.by3(), s.by3())
		standing := CategoryStanding{s.mix(k), schemas.Monthly(regional.value), h.risk.value, h.baseline.value}
		standings = append(standings, standing)
		parts = append(parts, h.baseline, regional)
		words = append(words, fmt.Sprintf("%s × (%s × %s − %s)", standing.Mix, standing.Regional, h.risk, h.baseline))
	}
	if len(standings) == 0 {
		return absent[schemas.PBPM]("no category has a calculable baseline")
	}
	return derive(ruleStatus(stepDistance), parts, func() (schemas.PBPM, string, error) {
		return SpendingDistance(standings), strings.Join(words, " + "), nil
	})
}

// regionalEfficiency is E2.
func (s *sheet) regionalEfficiency(distance figure[schemas.PBPM]) figure[schemas.PBPM] {
	share := s.terms.ratio("regional_efficiency_share")
	if s.aco.RiskOption != Global {
		return given(schemas.PBPM{}, "0: not Global")
	}
	return derive(ruleStatus(stepRegional), []part{distance, share}, func() (schemas.PBPM, string, error) {
		formula := fmt.Sprintf("%s × %s", share, distance)
		if SpendingGroupAt(distance.value) == Higher {
			formula = "0: higher-spending"
		}
		return RegionalEfficiencyAdjustment(s.aco.RiskOption, distance.value, share.Ratio), formula, nil
	})
}

// priorSavings is E3.
func (s *sheet) priorSavings() figure[schemas.PBPM] {
	share := s.terms.ratio("prior_savings_share")
	if s.aco.Experience != Renewing {
		return given(schemas.PBPM{}, "0: newly entering")
	}
	var months schemas.PersonMonths
	years := s.baseYears()
	for _, year := range years {
		for _, k := range schemas.Categories {
			months += s.months(year, k, schemas.ClaimsAligned)
		}
	}
	base := months.PersonYears(schemas.MonthsPerYear * len(years))
	f := derive(ruleStatus(stepPriorSavings), []part{share}, func() (schemas.PBPM, string, error) {
		proration := Proration(s.aco.PriorPersonYears, base)
		value := PriorSavingsAdjustment(s.aco.Experience, s.aco.PriorSavings, proration, share.Ratio)
		formula := fmt.Sprintf("%s × max(0, %s) / %d × %s", share, MeanSavings(s.aco.PriorSavings), schemas.MonthsPerYear, proration)
		return value, formula, nil
	})
	if s.aco.PriorPersonYears == nil {
		f = f.marked("prior_person_years is blank: proration 1")
	}
	return f
}

// adjustmentCap is E5: of the ACO, or by the switch of the category.
func (s *sheet) adjustmentCap(k schemas.Category) figure[schemas.PBPM] {
	threshold := s.terms.ratio("recent_mssp_threshold")
	key := "other"
	if FromRecentMSSP(s.aco, threshold.Ratio) {
		key = "more"
	}
	share, basis := s.terms.ratio("adjustment_cap_share", key), s.terms.word("adjustment_cap_basis")
	categories := s.calculableCategories()
	if basis.text == "by_category" {
		categories = []schemas.Category{k}
	}
	if len(categories) == 0 {
		return absent[schemas.PBPM]("no category has a calculable baseline")
	}
	parts := []part{threshold, share, basis}
	var standard []StandardisedUSPCC
	var words []string
	for _, k := range categories {
		uspcc, risk, mix := s.uspcc(k), s.claims[k].risk, schemas.One
		if basis.text != "by_category" {
			mix = s.mix(k)
		}
		parts = append(parts, uspcc, risk)
		standard = append(standard, StandardisedUSPCC{mix, uspcc.value, risk.value})
		words = append(words, fmt.Sprintf("%s × %s × %s", mix, uspcc, risk))
	}
	return derive(ruleStatus(stepCap), parts, func() (schemas.PBPM, string, error) {
		return AdjustmentCap(share.Ratio, standard...), fmt.Sprintf("%s × (%s)", share, strings.Join(words, " + ")), nil
	})
}

// adjustment is E4 and E5 with the switches of R15.
func (s *sheet) adjustment(k schemas.Category, regional, prior, limit figure[schemas.PBPM]) figure[schemas.PBPM] {
	higher := derive(ruleStatus(stepAdjustment), []part{regional, prior}, func() (schemas.PBPM, string, error) {
		return HigherAdjustment(regional.value, prior.value), fmt.Sprintf("max(%s, %s)", regional, prior), nil
	})
	if higher.calculable() && higher.value.Sign() == 0 {
		return higher // 0 whatever the cap, even one that is not calculable
	}
	allocation, basis := s.terms.word("adjustment_allocation"), s.terms.word("adjustment_cap_basis")
	switch {
	case allocation.text == "flat":
		return capped(higher, limit, allocation)
	case basis.text == "by_category":
		return capped(s.allocated(k, higher, allocation), limit, allocation)
	}
	return s.allocated(k, capped(higher, limit, allocation), allocation)
}

func capped(amount, limit figure[schemas.PBPM], allocation word) figure[schemas.PBPM] {
	return derive(ruleStatus(stepAdjustment), []part{amount, limit, allocation}, func() (schemas.PBPM, string, error) {
		return CappedAdjustment(amount.value, limit.value), fmt.Sprintf("min(%s, %s)", amount.formula, limit), nil
	})
}

// allocated gives a category its part of the amount, by its baseline.
func (s *sheet) allocated(k schemas.Category, amount figure[schemas.PBPM], allocation word) figure[schemas.PBPM] {
	baseline := s.claims[k].baseline
	var mean schemas.PBPM
	for _, other := range s.calculableCategories() {
		mean = mean.Plus(s.claims[other].baseline.value.Times(s.mix(other)))
	}
	return derive(ruleStatus(stepAdjustment), []part{amount, baseline, allocation}, func() (schemas.PBPM, string, error) {
		value, err := AllocatedAdjustment(amount.value, baseline.value, mean)
		return value, fmt.Sprintf("%s × %s / %s", amount.formula, baseline, mean), err
	})
}
