package benchmark

import (
	"fmt"

	"leadline/schemas"
)

// BaseYear is what one base year adds to the baseline.
type BaseYear struct {
	Weight      schemas.Ratio
	Expenditure schemas.PBPM
	Trend       schemas.Ratio // two-way, to BY3
	RiskRatio   schemas.Ratio // RS(BY3) / RS(year)
}

// HistoricalBaseline weighs the base years' spending, each brought to the trend
// and the risk of BY3, into one PBPM.
//
// Source:  LEAD RFA §VIII.A; params/base_year_weight.yaml.
// Rule:    D, the sum of weight * expenditure * trend * risk ratio. It is never
// rebased (D4).
// Reading: R12, the result is not rounded.
func HistoricalBaseline(years ...BaseYear) schemas.PBPM {
	var baseline schemas.PBPM
	for _, year := range years {
		baseline = baseline.Plus(year.Expenditure.Times(year.Weight).Times(year.Trend).Times(year.RiskRatio))
	}
	return baseline
}

// SpreadWeights hands the weight of base years without months to those with
// months, in proportion.
//
// Source:  params/base_year_weight.yaml.
// Reading: R13.
func SpreadWeights(weights [3]schemas.Ratio, months [3]schemas.PersonMonths) ([3]schemas.Ratio, error) {
	var held schemas.Ratio
	whole := true
	for i, weight := range weights {
		if months[i] == 0 {
			whole = false
			continue
		}
		held = held.Plus(weight)
	}
	if whole {
		return weights, nil
	}
	var spread [3]schemas.Ratio
	if held.Sign() == 0 {
		return spread, fmt.Errorf("no eligible months in a base year that has weight")
	}
	for i, weight := range weights {
		if months[i] != 0 {
			spread[i] = weight.Over(held)
		}
	}
	return spread, nil
}

// VoluntaryLimit holds the baseline of the voluntarily aligned near that of the
// claims-aligned, both at a risk of 1.
//
// Source:  LEAD RFA §VIII.A; params/voluntary_limit.yaml.
// Rule:    D5, clip(own, 0.90 * claims, 1.10 * claims).
// Reading: R16, at the baseline and before the adjustment.
func VoluntaryLimit(own, claims schemas.PBPM, limit schemas.Ratio) schemas.PBPM {
	return own.Within(claims.Times(schemas.One.Minus(limit)), claims.Times(schemas.One.Plus(limit)))
}
