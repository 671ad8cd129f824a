package benchmark

import (
	"fmt"

	"leadline/schemas"
)

// Factors move a category's adjusted baseline to the performance year.
type Factors struct {
	Update, RiskRatio, CodingFactor schemas.Ratio
}

// TrendedBenchmark is the benchmark before the rate book and the discount.
//
// Source:  LEAD RFA §VIII.C, §VIII.D.
// Rule:    H, (HB + Adj) * update * risk ratio * CIF.
// Reading: R19.
func TrendedBenchmark(baseline, adjustment schemas.PBPM, factors Factors) schemas.PBPM {
	return baseline.Plus(adjustment).
		Times(factors.Update).
		Times(factors.RiskRatio).
		Times(factors.CodingFactor)
}

// CountyRate is what the rate book says of a county.
type CountyRate struct {
	Rate   schemas.PBPM
	Weight *schemas.Ratio // nil: the year's weight
}

// RegionalRate is the rate book's PBPM for a population, its weight, and the
// share of months that both rest on.
//
// Source:  LEAD RFA §VIII.G; params/rate_book_weight.yaml.
// Rule:    H2, the sum over counties of share * rate, and of share * weight.
// Reading: R19; shares renormalised over counties with a rate.
func RegionalRate(counties []CountyMonths, rates map[string]CountyRate, yearWeight schemas.Ratio) (rate schemas.PBPM, weight, coverage schemas.Ratio, err error) {
	usable := func(county string) bool {
		_, known := rates[county]
		return known
	}
	covered, coverage, err := coveredMonths(counties, usable)
	if err != nil {
		return rate, weight, coverage, fmt.Errorf("%w with a rate_book row", err)
	}
	for _, county := range counties {
		row, known := rates[county.CountyFIPS]
		if !known {
			continue
		}
		share, own := county.Months.ShareOf(covered), yearWeight
		if row.Weight != nil {
			own = *row.Weight
		}
		rate = rate.Plus(row.Rate.Times(share))
		weight = weight.Plus(own.Times(share))
	}
	return rate, weight, coverage, nil
}

// RateBookBlend phases the regional rate in.
//
// Source:  LEAD RFA §VIII.G.
// Rule:    H2, (1 - v) * benchmark + v * rate.
// Reading: R19, before the discount.
func RateBookBlend(benchmark, rate schemas.PBPM, weight schemas.Ratio) schemas.PBPM {
	return benchmark.Times(schemas.One.Minus(weight)).Plus(rate.Times(weight))
}

// AfterDiscount is the benchmark less CMS's share of it.
//
// Source: LEAD RFA §VIII.E; params/benchmark_discount.yaml.
// Rule:   H, before * (1 - d).
func AfterDiscount(before schemas.PBPM, discount schemas.Ratio) schemas.PBPM {
	return before.Times(schemas.One.Minus(discount))
}

// QualityWithhold is held back until quality is known.
//
// Source:  LEAD RFA §VIII.E; params/quality_withhold.yaml.
// Rule:    H, 3% of the benchmark.
// Reading: H, of the benchmark after the discount (quality_withhold_base).
func QualityWithhold(base schemas.PBPM, share schemas.Ratio) schemas.PBPM {
	return base.Times(share)
}

// SettlementBenchmark gives the earned part of the withhold back.
//
// Source: LEAD RFA §VIII.E; params/quality_share.yaml.
// Rule:   H, after - withhold + q * withhold.
func SettlementBenchmark(after, withhold schemas.PBPM, qualityShare schemas.Ratio) schemas.PBPM {
	return after.Minus(withhold).Plus(withhold.Times(qualityShare))
}

// AdministrativeAddOn is paid monthly to higher-spending ACOs, outside the
// benchmark and not repaid.
//
// Source:  LEAD RFA §VIII.B, §X.A.5; params/administrative_add_on.yaml.
// Rule:    E6, 1.5% of the benchmark; lower-spending ACOs get none.
// Reading: R19, of the benchmark before the discount (administrative_add_on_base).
func AdministrativeAddOn(base schemas.PBPM, rate schemas.Ratio) schemas.PBPM {
	return base.Times(rate)
}
