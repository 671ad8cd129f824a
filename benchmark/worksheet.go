package benchmark

import (
	"fmt"

	"leadline/schemas"
)

// line is one line of an ACO's worksheet: a category and an alignment type.
type line struct {
	Group  // its year is P
	months schemas.PersonMonths
	steps  []Step
	marks  []part // what the benchmark's reader must know
	// projected says so where P's months are stand-ins (R5).
	projected []string

	discount                                   figure[schemas.Ratio]
	group                                      SpendingGroup
	before, after, withhold, settlement, addOn figure[schemas.PBPM]
}

// record writes a figure into the worksheet.
func record[V number](l *line, code string, f figure[V]) figure[V] {
	l.steps = append(l.steps, stepOf(l.Group, code, f))
	return f
}

// worksheet is the methodology from top to bottom for one line. Every step is
// recorded, whether it can be calculated or not.
func (s *sheet) worksheet(l *line) {
	k, t := l.Category, l.AlignmentType

	// VIII.A The historical baseline, never rebased; the voluntary limit.
	baseline := record(l, stepBaseline, s.baselineOf(k, t))

	// VIII.B The adjustment: the higher of the two, within the cap.
	distance := record(l, stepDistance, s.distance())
	regional := record(l, stepRegional, s.regionalEfficiency(distance))
	prior := record(l, stepPriorSavings, s.priorSavings())
	limit := record(l, stepCap, s.adjustmentCap(k))
	adjustment := record(l, stepAdjustment, s.adjustment(k, regional, prior, limit))

	// VIII.C The update: two thirds two-way trend, one third guarded ACPT.
	weight := record(l, stepNationalWeight, s.performanceWeight(k))
	nationalTrend := record(l, stepNationalTrend, s.nationalTrend(k, l.Year))
	regionalTrend := record(l, stepRegionalTrend, s.regionalTrend(k, l.Year))
	twoWay := record(l, stepTwoWayTrend, twoWayTrend(weight, nationalTrend, regionalTrend))
	acpt := record(l, stepACPT, s.acptFactor(k, l.Year))
	guarded := record(l, stepGuarded, s.guarded(acpt, twoWay, nationalTrend))
	update := record(l, stepUpdate, s.update(stepUpdate, twoWay, guarded))
	guardedAnnual := record(l, stepGuardedAnnual, s.guardedAnnual(k, weight))
	updateAnnual := record(l, stepUpdateAnnual, s.update(stepUpdateAnnual, twoWay, guardedAnnual))
	chosen, reading := s.chosenUpdate(update, updateAnnual)

	// VIII.D The group's own risk; VIII.G the regional rate book.
	ratio := record(l, stepRiskRatio, s.riskRatio(k, t))
	coding := record(l, stepCodingFactor, s.codingFactor(k))
	rateWeight, rate := s.rateBook(k)
	record(l, stepRateBookWeight, rateWeight)
	trended := trendedBenchmark(baseline, adjustment, chosen, ratio, coding, reading)
	l.before = record(l, stepBeforeDiscount, rateBookBlend(trended, rateWeight, rate))

	// VIII.E Discount and withhold; the add-on stands beside the benchmark.
	l.discount = record(l, stepDiscountRate, s.discountRate(distance))
	l.after = record(l, stepAfterDiscount, afterDiscount(l.before, l.discount))
	l.withhold = record(l, stepQualityWithhold, s.qualityWithhold(l.before, l.after))
	l.settlement = record(l, stepSettlement, s.settlementBenchmark(l.after, l.withhold))
	l.addOn = record(l, stepAddOn, s.addOn(distance, l.before, l.after))

	l.marks = []part{baseline, weight, regionalTrend, ratio, rateWeight}
	if distance.calculable() {
		l.group = SpendingGroupAt(distance.value)
	}
}

// trendedBenchmark is the line before the rate book (H).
func trendedBenchmark(baseline, adjustment figure[schemas.PBPM], update, ratio, coding figure[schemas.Ratio], reading word) figure[schemas.PBPM] {
	parts := []part{baseline, adjustment, update, ratio, coding, reading}
	return derive(ruleStatus(stepBeforeDiscount), parts, func() (schemas.PBPM, string, error) {
		value := TrendedBenchmark(baseline.value, adjustment.value, Factors{update.value, ratio.value, coding.value})
		return value, fmt.Sprintf("(%s + %s) × %s × %s × %s", baseline, adjustment, update, ratio, coding), nil
	})
}

// rateBookBlend is the benchmark before discount; without weight, the rate book
// does not touch it (H2).
func rateBookBlend(trended figure[schemas.PBPM], weight figure[schemas.Ratio], rate figure[schemas.PBPM]) figure[schemas.PBPM] {
	if weight.calculable() && weight.value.Sign() == 0 {
		return trended
	}
	return derive(ruleStatus(stepBeforeDiscount), []part{trended, weight, rate}, func() (schemas.PBPM, string, error) {
		formula := fmt.Sprintf("(1 − %s) × %s + %s × %s", weight, trended.formula, weight, rate)
		return RateBookBlend(trended.value, rate.value, weight.value), formula, nil
	})
}

// discountRate is the rate of the ACO's spending group in P (H).
func (s *sheet) discountRate(distance figure[schemas.PBPM]) figure[schemas.Ratio] {
	if !distance.calculable() {
		return absent[schemas.Ratio]("no spending group: %s", distance.reason)
	}
	rate := s.terms.ratio("benchmark_discount", string(s.aco.RiskOption), string(SpendingGroupAt(distance.value)))
	parts := []part{rate}
	if s.aco.RiskOption == Global { // Professional ACOs pay none, whatever their group
		parts = append(parts, distance)
	}
	return derive(ruleStatus(stepDiscountRate), parts, func() (schemas.Ratio, string, error) {
		return rate.Ratio, rate.text, nil
	})
}

// afterDiscount is H, before * (1 - d).
func afterDiscount(before figure[schemas.PBPM], discount figure[schemas.Ratio]) figure[schemas.PBPM] {
	return derive(ruleStatus(stepAfterDiscount), []part{before, discount}, func() (schemas.PBPM, string, error) {
		return AfterDiscount(before.value, discount.value), fmt.Sprintf("%s × (1 − %s)", before, discount), nil
	})
}

// qualityWithhold is H, of the base that the switch names.
func (s *sheet) qualityWithhold(before, after figure[schemas.PBPM]) figure[schemas.PBPM] {
	share, choice := s.terms.ratio("quality_withhold"), s.terms.word("quality_withhold_base")
	base := after
	if choice.text == "before_discount" {
		base = before
	}
	return derive(ruleStatus(stepQualityWithhold), []part{base, share, choice}, func() (schemas.PBPM, string, error) {
		return QualityWithhold(base.value, share.Ratio), fmt.Sprintf("%s × %s", share, base), nil
	})
}

// settlementBenchmark is H with the earned share q.
func (s *sheet) settlementBenchmark(after, withhold figure[schemas.PBPM]) figure[schemas.PBPM] {
	q := s.terms.ratio("quality_share")
	return derive(ruleStatus(stepSettlement), []part{after, withhold, q}, func() (schemas.PBPM, string, error) {
		value := SettlementBenchmark(after.value, withhold.value, q.Ratio)
		return value, fmt.Sprintf("%s − %s + %s × %s", after, withhold, q, withhold), nil
	})
}

// addOn is E6, of the base that the switch names.
func (s *sheet) addOn(distance, before, after figure[schemas.PBPM]) figure[schemas.PBPM] {
	if !distance.calculable() {
		return absent[schemas.PBPM]("no spending group: %s", distance.reason)
	}
	rate := s.terms.ratio("administrative_add_on", string(SpendingGroupAt(distance.value)))
	choice, base := s.terms.word("administrative_add_on_base"), before
	if choice.text == "after_discount" {
		base = after
	}
	return derive(ruleStatus(stepAddOn), []part{distance, base, rate, choice}, func() (schemas.PBPM, string, error) {
		return AdministrativeAddOn(base.value, rate.Ratio), fmt.Sprintf("%s × %s", rate, base), nil
	})
}
