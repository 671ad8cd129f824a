package benchmark

import (
	"fmt"

	"leadline/schemas"
)

// codingFactor is CIF(k) (G).
func (s *sheet) codingFactor(k schemas.Category) figure[schemas.Ratio] {
	factor := s.terms.ratio("coding_factor", string(k))
	return derive(ruleStatus(stepCodingFactor), []part{factor}, func() (schemas.Ratio, string, error) {
		return factor.Ratio, factor.text, nil
	})
}

// riskRatio is the group's own risk, P over BY3, capped (G, R17).
func (s *sheet) riskRatio(k schemas.Category, t schemas.AlignmentType) figure[schemas.Ratio] {
	performanceYear := s.riskMean(s.group(s.PerformanceYear, k, t))
	by3 := s.riskMean(s.group(s.by3(), k, t))
	limit := s.terms.ratio("risk_ratio_cap", string(k))
	for _, mean := range []figure[schemas.Ratio]{performanceYear, by3} {
		if !mean.calculable() {
			return derive(ruleStatus(stepRiskRatio), []part{limit}, func() (schemas.Ratio, string, error) {
				return schemas.One, "1", nil
			}).marked("risk ratio 1: %s", mean.reason)
		}
	}
	parts := []part{performanceYear, by3, limit}
	return derive(ruleStatus(stepRiskRatio), parts, func() (schemas.Ratio, string, error) {
		value := CappedRiskRatio(performanceYear.value, by3.value, limit.Ratio)
		return value, fmt.Sprintf("clip(%s / %s, 1 − %s, 1 + %s)", performanceYear, by3, limit, limit), nil
	}).noting(parts...)
}

// rateBook is the regional rate of P's counties and its weight (H2, R19).
func (s *sheet) rateBook(k schemas.Category) (weight figure[schemas.Ratio], rate figure[schemas.PBPM]) {
	first, yearWeight := s.terms.ratio("rate_book_first_year"), s.terms.ratio("rate_book_weight")
	rates := s.rates[cell{s.PerformanceYear, k}]
	parts := []part{first, yearWeight}
	without := func(formula string) (figure[schemas.Ratio], figure[schemas.PBPM]) {
		weight = derive(ruleStatus(stepRateBookWeight), parts, func() (schemas.Ratio, string, error) {
			return schemas.Ratio{}, formula, nil
		})
		return weight, given(schemas.PBPM{}, "0")
	}
	switch {
	case s.beforeYear(first):
		parts = []part{first}
		return without("0: before " + first.text)
	case len(rates) == 0 && yearWeight.Sign() == 0:
		return without("0")
	case s.RateBook == nil:
		return absent[schemas.Ratio]("rate_book is not given"), absent[schemas.PBPM]("rate_book is not given")
	}
	shares := s.sharesYear(s.PerformanceYear, k)
	regional, own, coverage, err := RegionalRate(s.counties[s.group(shares, k, schemas.ClaimsAligned)], rates, yearWeight.Ratio)
	if err != nil {
		weight = derive(ruleStatus(stepRateBookWeight), parts, func() (schemas.Ratio, string, error) {
			return yearWeight.Ratio, yearWeight.text, nil
		})
		return weight, absent[schemas.PBPM]("%v for %s in %d", err, k, s.PerformanceYear)
	}
	rate = given(regional, "rate_book of %d", s.PerformanceYear).covering(coverage, "the regional rate", s.PerformanceYear)
	weight = derive(ruleStatus(stepRateBookWeight), parts, func() (schemas.Ratio, string, error) {
		return own, "Σ share × weight", nil
	}).noting(rate)
	return weight, rate
}

// beforeYear says whether P lies before a year that a parameter names.
func (s *sheet) beforeYear(first term) bool {
	return int64(s.PerformanceYear) < first.Decimal().IntPart()
}
