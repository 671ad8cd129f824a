package benchmark

import (
	"fmt"

	"leadline/schemas"
)

// RiskMean is the mean risk score of a group in a year, weighted by eligible
// months.
//
// Source:  LEAD RFA §VIII.A, §VIII.D.
// Rule:    D3, the sum of score times months over the months of those who have
// a score.
// Reading: R9; the error says why there is no mean.
// Not modelled: normalisation; scores come normalised.
func RiskMean(e Exposure) (schemas.Ratio, error) {
	if e.RiskScoreMonths == 0 {
		if e.EligibleMonths == 0 {
			return schemas.Ratio{}, fmt.Errorf("no eligible months in %d, so no risk mean", e.Year)
		}
		return schemas.Ratio{}, fmt.Errorf("no risk score for %s in %d", e.Category, e.Year)
	}
	if e.RiskScoreSum.Sign() == 0 {
		return schemas.Ratio{}, fmt.Errorf("the risk mean of %s in %d is zero", e.Category, e.Year)
	}
	return e.RiskScoreSum.Over(schemas.NewRatio(e.RiskScoreMonths.Decimal())), nil
}

// CappedRiskRatio is how the group's risk has moved from BY3 to the performance
// year, bounded both ways.
//
// Source:  LEAD RFA §VIII.D; params/risk_ratio_cap.yaml.
// Rule:    G, clip(RS(PY) / RS(BY3), 1 - cap, 1 + cap).
// Reading: R17, the means are the group's own, claims or voluntary.
func CappedRiskRatio(performanceYear, by3, capShare schemas.Ratio) schemas.Ratio {
	return performanceYear.Over(by3).Within(schemas.One.Minus(capShare), schemas.One.Plus(capShare))
}
