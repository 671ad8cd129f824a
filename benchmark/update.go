package benchmark

import (
	"fmt"

	"leadline/schemas"
)

// twoWayTrend is T2 as a figure (F1).
func twoWayTrend(weight, national, regional figure[schemas.Ratio]) figure[schemas.Ratio] {
	parts := []part{weight, national, regional}
	return derive(ruleStatus(stepTwoWayTrend), parts, func() (schemas.Ratio, string, error) {
		value := TwoWayTrend(weight.value, national.value, regional.value)
		return value, fmt.Sprintf("%s × %s + (1 − %s) × %s", weight, national, weight, regional), nil
	}).noting(parts...)
}

// performanceWeight is wN of P, or of BY3 where P has no claims-aligned months.
func (s *sheet) performanceWeight(k schemas.Category) figure[schemas.Ratio] {
	year := s.sharesYear(s.PerformanceYear, k)
	f := s.nationalWeight(k, year)
	if year != s.PerformanceYear {
		f = f.marked("no claims-aligned months in %d: weight and shares of %d", s.PerformanceYear, year)
	}
	return f
}

// nationalTrend is Nat(year) / Nat(BY3).
func (s *sheet) nationalTrend(k schemas.Category, year int) figure[schemas.Ratio] {
	return growth(ruleStatus(stepNationalTrend), s.national(k, s.by3()), s.national(k, year))
}

// regionalTrend is Reg(year) with P's shares over Reg(BY3) with BY3's.
func (s *sheet) regionalTrend(k schemas.Category, year int) figure[schemas.Ratio] {
	shares := s.sharesYear(s.PerformanceYear, k)
	return growth(ruleStatus(stepRegionalTrend), s.regional(k, s.by3(), s.by3()), s.regional(k, year, shares))
}

// guardrailReference is what the band lies around: T2, or by the switch the
// national trend.
func (s *sheet) guardrailReference(twoWay, national figure[schemas.Ratio]) (figure[schemas.Ratio], word) {
	reference := s.terms.word("guardrail_reference")
	if reference.text == "national" {
		return national, reference
	}
	return twoWay, reference
}

// guarded is the ACPT within the band around the cumulative factor (F3).
func (s *sheet) guarded(acpt, twoWay, national figure[schemas.Ratio]) figure[schemas.Ratio] {
	reference, choice := s.guardrailReference(twoWay, national)
	lower, upper := s.terms.ratio("acpt_guardrail", "lower"), s.terms.ratio("acpt_guardrail", "upper")
	parts := []part{acpt, reference, choice, lower, upper}
	return derive(ruleStatus(stepGuarded), parts, func() (schemas.Ratio, string, error) {
		value := GuardedACPT(acpt.value, reference.value, Guardrail{lower.Ratio, upper.Ratio})
		return value, fmt.Sprintf("clip(%s, %s + %s, %s + %s)", acpt, reference, lower, reference, upper), nil
	})
}

// guardedAnnual is the ACPT within a band around each year's growth (R23).
func (s *sheet) guardedAnnual(k schemas.Category, weight figure[schemas.Ratio]) figure[schemas.Ratio] {
	var parts []part
	var years []GuardrailYear
	begins := s.terms.begins("acpt_guardrail")
	for year := s.FirstPerformanceYear; year <= s.PerformanceYear; year++ {
		national := s.nationalTrend(k, year)
		twoWay := twoWayTrend(weight, national, s.regionalTrend(k, year))
		acpt := s.acptFactor(k, year)
		reference, choice := s.guardrailReference(twoWay, national)
		parts = append(parts, acpt, reference, choice)
		step := GuardrailYear{Year: year, ACPT: acpt.value, Reference: reference.value}
		if year >= begins {
			lower, upper := s.terms.ratioIn(year, "acpt_guardrail", "lower"), s.terms.ratioIn(year, "acpt_guardrail", "upper")
			step.Band = &Guardrail{lower.Ratio, upper.Ratio}
			parts = append(parts, lower, upper)
		}
		years = append(years, step)
	}
	return derive(ruleStatus(stepGuardedAnnual), parts, func() (schemas.Ratio, string, error) {
		value, err := AnnualGuardedACPT(years)
		return value, annualFormula(years), err
	})
}

// annualFormula writes the product of R23 out.
func annualFormula(years []GuardrailYear) string {
	text := ""
	before := GuardrailYear{ACPT: schemas.One, Reference: schemas.One}
	for _, year := range years {
		if text != "" {
			text += " × "
		}
		if year.Band == nil {
			text += fmt.Sprintf("%s / %s", year.ACPT, before.ACPT)
		} else {
			text += fmt.Sprintf("clip(%s / %s, %s / %s + %s, %s / %s + %s)", year.ACPT, before.ACPT,
				year.Reference, before.Reference, year.Band.Lower, year.Reference, before.Reference, year.Band.Upper)
		}
		before = year
	}
	return text
}

// update is the three-way update (F2).
func (s *sheet) update(code string, twoWay, guarded figure[schemas.Ratio]) figure[schemas.Ratio] {
	blendTwoWay, blendACPT := s.terms.ratio("update_blend", "two_way"), s.terms.ratio("update_blend", "acpt")
	parts := []part{twoWay, guarded, blendTwoWay, blendACPT}
	return derive(ruleStatus(code), parts, func() (schemas.Ratio, string, error) {
		value := Update(twoWay.value, guarded.value, UpdateBlend{blendTwoWay.Ratio, blendACPT.Ratio})
		return value, fmt.Sprintf("%s × %s + %s × %s", blendTwoWay, twoWay, blendACPT, guarded), nil
	})
}

// chosenUpdate is the reading of the guardrail that moves the benchmark.
func (s *sheet) chosenUpdate(cumulative, annual figure[schemas.Ratio]) (figure[schemas.Ratio], word) {
	reading := s.terms.word("guardrail_reading")
	if reading.text == "annual" {
		return annual, reading
	}
	return cumulative, reading
}
