package benchmark

import (
	"fmt"

	"leadline/schemas"
)

// CountyMonths is a population's months in one county.
type CountyMonths struct {
	CountyFIPS string
	Months     schemas.PersonMonths
}

// CountyReference is what the reference table says of a county, in one category
// and year.
type CountyReference struct {
	PerCapita  schemas.PerCapita
	RiskScore  schemas.Ratio
	Assignable *schemas.PersonYears // assignable_person_years, or person_years where that column is absent
}

// RegionalExpenditure is what the population's counties spend a person and year
// at average risk, and the share of months that it rests on.
//
// Source:  LEAD RFA §VIII.C; form from 42 CFR 425.652 and 425.654.
// Rule:    F1, the sum over counties of share * per capita / risk score.
// Reading: R10, shares renormalised over counties with a reference row.
func RegionalExpenditure(counties []CountyMonths, reference map[string]CountyReference) (schemas.PerCapita, schemas.Ratio, error) {
	usable := func(county string) bool {
		row, known := reference[county]
		return known && row.RiskScore.Sign() != 0
	}
	covered, coverage, err := coveredMonths(counties, usable)
	if err != nil {
		return schemas.PerCapita{}, coverage, fmt.Errorf("%w with a county_expenditure row", err)
	}
	var regional schemas.PerCapita
	for _, county := range counties {
		if row := reference[county.CountyFIPS]; usable(county.CountyFIPS) {
			regional = regional.Plus(row.PerCapita.Over(row.RiskScore).Times(county.Months.ShareOf(covered)))
		}
	}
	return regional, coverage, nil
}

// NationalWeight is the ACO's own share of the assignable people in its
// counties: the more of its region it is, the less its region can set its trend.
//
// Source:  LEAD RFA §VIII.C; form from 42 CFR 425.652(b).
// Rule:    F1, the sum over counties of share * min(1, person-years / assignable
// person-years).
// Reading: R11, shares renormalised over counties with an assignable figure
// above zero; person-years are months over the months held.
func NationalWeight(counties []CountyMonths, reference map[string]CountyReference, monthsHeld int) (schemas.Ratio, schemas.Ratio, error) {
	usable := func(county string) bool {
		row, known := reference[county]
		return known && row.Assignable != nil && row.Assignable.Sign() > 0
	}
	covered, coverage, err := coveredMonths(counties, usable)
	if err != nil {
		return schemas.Ratio{}, coverage, fmt.Errorf("%w with assignable person-years", err)
	}
	var weight schemas.Ratio
	for _, county := range counties {
		if row := reference[county.CountyFIPS]; usable(county.CountyFIPS) {
			penetration := county.Months.PersonYears(monthsHeld).ShareOf(*row.Assignable).Least(schemas.One)
			weight = weight.Plus(penetration.Times(county.Months.ShareOf(covered)))
		}
	}
	return weight, coverage, nil
}

// coveredMonths counts the months in counties that a rule can use, and their
// share of all months.
func coveredMonths(counties []CountyMonths, usable func(county string) bool) (schemas.PersonMonths, schemas.Ratio, error) {
	var all, covered schemas.PersonMonths
	for _, county := range counties {
		all += county.Months
		if usable(county.CountyFIPS) {
			covered += county.Months
		}
	}
	if covered == 0 {
		return 0, schemas.Ratio{}, fmt.Errorf("no claims-aligned months in a county")
	}
	return covered, covered.ShareOf(all), nil
}
