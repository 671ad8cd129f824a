package benchmark

import (
	"fmt"
	"strings"

	"leadline/schemas"
)

// baseYearNames are the base years as the parameter files call them.
var baseYearNames = [3]string{"BY1", "BY2", "BY3"}

// history is a group's base years and the baseline that they make.
type history struct {
	years    [3]historyYear
	risk     figure[schemas.Ratio] // RS(BY3)
	baseline figure[schemas.PBPM]
}

type historyYear struct {
	year        int
	months      schemas.PersonMonths
	weight      figure[schemas.Ratio]
	expenditure figure[schemas.PBPM]
	trend       figure[schemas.Ratio]
	riskRatio   figure[schemas.Ratio]
	// regional and national must exist, in BY3 too, whose own trend is 1 (R13).
	regional, national figure[schemas.PerCapita]
}

// historyOf is section D for one group: its base years, each with weight,
// trend and risk ratio, and their sum.
func (s *sheet) historyOf(k schemas.Category, t schemas.AlignmentType) history {
	h := history{risk: s.riskMean(s.group(s.by3(), k, t))}
	weights, spread := s.baseYearWeights(k, t)
	parts := []part{h.risk}
	var held []historyYear
	for i, year := range s.baseYears() {
		y := s.historyYear(s.group(year, k, t), h.risk)
		y.weight = weights[i]
		h.years[i] = y
		if y.months > 0 {
			held = append(held, y)
			parts = append(parts, y.weight, y.expenditure, y.trend, y.riskRatio, y.regional, y.national)
		}
	}
	if len(held) == 0 {
		h.baseline = absent[schemas.PBPM]("no eligible months in any base year")
		return h
	}
	h.baseline = derive(ruleStatus(stepBaseline), parts, func() (schemas.PBPM, string, error) {
		var years []BaseYear
		var words []string
		for _, y := range held {
			years = append(years, BaseYear{y.weight.value, y.expenditure.value, y.trend.value, y.riskRatio.value})
			words = append(words, fmt.Sprintf("%s × %s × %s × %s", y.weight.formula, y.expenditure, y.trend, y.riskRatio))
		}
		return HistoricalBaseline(years...), strings.Join(words, " + "), nil
	}).noting(parts...)
	if spread != "" {
		h.baseline = h.baseline.marked("%s", spread)
	}
	return h
}

// historyYear is one base year of a group, before its weight.
func (s *sheet) historyYear(g Group, riskBY3 figure[schemas.Ratio]) historyYear {
	y := historyYear{year: g.Year, months: s.exposure[g].EligibleMonths}
	if y.months == 0 {
		none := absent[schemas.Ratio]("no eligible months in %d", g.Year)
		y.expenditure = absent[schemas.PBPM]("no eligible months in %d", g.Year)
		y.trend, y.riskRatio = none, none
		return y
	}
	dollars := s.dollars[g]
	y.expenditure = given(schemas.PerMonth(dollars, y.months), "%s / %d", dollars, y.months)
	y.regional, y.national = s.regional(g.Category, g.Year, g.Year), s.national(g.Category, g.Year)
	y.trend = s.trendToBY3(g.Category, y)
	risk := s.riskMean(g)
	parts := []part{risk, riskBY3}
	y.riskRatio = derive(schemas.Assumed, parts, func() (schemas.Ratio, string, error) {
		return riskBY3.value.Over(risk.value), fmt.Sprintf("%s / %s", riskBY3, risk), nil
	}).noting(parts...)
	return y
}

// trendToBY3 is T2(k, year -> BY3), always the claims group's (D2, R11, R16).
func (s *sheet) trendToBY3(k schemas.Category, y historyYear) figure[schemas.Ratio] {
	by3 := s.by3()
	if y.year == by3 {
		return given(schemas.One, "1")
	}
	return twoWayTrend(s.nationalWeight(k, by3),
		growth(schemas.Published, y.national, s.national(k, by3)),
		growth(schemas.Assumed, y.regional, s.regional(k, by3, by3)))
}

// baseYearWeights are the weights of D1, spread by R13.
func (s *sheet) baseYearWeights(k schemas.Category, t schemas.AlignmentType) ([3]figure[schemas.Ratio], string) {
	var weights [3]schemas.Ratio
	var months [3]schemas.PersonMonths
	var terms [3]term
	var empty []string
	for i, year := range s.baseYears() {
		terms[i] = s.terms.ratio("base_year_weight", string(s.aco.Experience), baseYearNames[i])
		weights[i], months[i] = terms[i].Ratio, s.months(year, k, t)
		if months[i] == 0 {
			empty = append(empty, fmt.Sprint(year))
		}
	}
	spread, err := SpreadWeights(weights, months)
	var figures [3]figure[schemas.Ratio]
	for i := range figures {
		figures[i] = derive(schemas.Published, []part{terms[i]}, func() (schemas.Ratio, string, error) {
			if len(empty) == 0 {
				return spread[i], terms[i].text, err
			}
			return spread[i], spread[i].String(), err
		})
	}
	if len(empty) == 0 {
		return figures, ""
	}
	return figures, "no eligible months in " + strings.Join(empty, ", ") + ": its weight is spread over the other base years"
}

// baselineOf is the line's baseline: the group's own, for the voluntarily
// aligned within the limit around that of the claims-aligned (D5, R16).
func (s *sheet) baselineOf(k schemas.Category, t schemas.AlignmentType) figure[schemas.PBPM] {
	claims := s.claims[k]
	if t == schemas.ClaimsAligned {
		return claims.baseline
	}
	if !claims.baseline.calculable() {
		return absent[schemas.PBPM]("the claims-aligned baseline is not calculable: %s", claims.baseline.reason)
	}
	voluntary := s.voluntary[k]
	limit := s.terms.ratio("voluntary_limit")
	standard := claims.baseline.value.Over(claims.risk.value)
	switch {
	case voluntary.baseline.calculable():
		parts := []part{voluntary.baseline, claims.baseline, limit}
		return derive(ruleStatus(stepBaseline), parts, func() (schemas.PBPM, string, error) {
			ownStandard := voluntary.baseline.value.Over(voluntary.risk.value)
			formula := fmt.Sprintf("clip(%s, %s × (1 − %s), %s × (1 + %s)) × %s",
				ownStandard, standard, limit, standard, limit, voluntary.risk)
			return VoluntaryLimit(ownStandard, standard, limit.Ratio).Times(voluntary.risk.value), formula, nil
		}).noting(voluntary.baseline)
	case voluntary.risk.calculable():
		return derive(ruleStatus(stepBaseline), []part{claims.baseline, voluntary.risk}, func() (schemas.PBPM, string, error) {
			return standard.Times(voluntary.risk.value), fmt.Sprintf("%s × %s", standard, voluntary.risk), nil
		}).marked("the claims-aligned baseline at the group's own risk, for want of own history: %s", voluntary.baseline.reason)
	}
	return derive(ruleStatus(stepBaseline), []part{claims.baseline}, func() (schemas.PBPM, string, error) {
		return claims.baseline.value, claims.baseline.String(), nil
	}).marked("the claims-aligned baseline, for want of own history and risk: %s", voluntary.risk.reason)
}
