package benchmark

import (
	"fmt"

	"leadline/schemas"
)

// sheet is the worksheet of one ACO.
type sheet struct {
	*index
	terms *terms
	aco   ACO
	// claims is the history of the claims-aligned: it sets the mix, the spending
	// group, the adjustment and every trend, the voluntary group's too.
	claims    map[schemas.Category]history
	voluntary map[schemas.Category]history
}

func (s *sheet) baseYears() [3]int {
	first := s.FirstPerformanceYear - len(baseYearNames)
	var years [3]int
	for i := range years {
		years[i] = first + i
	}
	return years
}

// by3 is the last base year.
func (s *sheet) by3() int { return s.FirstPerformanceYear - 1 }

func (s *sheet) group(year int, k schemas.Category, t schemas.AlignmentType) Group {
	return Group{s.aco.ID, year, k, t}
}

func (s *sheet) months(year int, k schemas.Category, t schemas.AlignmentType) schemas.PersonMonths {
	return s.exposure[s.group(year, k, t)].EligibleMonths
}

// riskMean is RS of a group in a year (R9).
func (s *sheet) riskMean(g Group) figure[schemas.Ratio] {
	e := s.exposure[g]
	e.Group = g
	mean, err := RiskMean(e)
	if err != nil {
		return absent[schemas.Ratio]("%v", err)
	}
	f := given(mean, "%s / %d", e.RiskScoreSum, e.RiskScoreMonths)
	return f.covering(e.RiskScoreMonths.ShareOf(e.EligibleMonths), "the risk mean", g.Year)
}

// sharesYear is the year whose counties weigh a trend: the year itself, or BY3
// where the claims group has no months in it (R11).
func (s *sheet) sharesYear(year int, k schemas.Category) int {
	if s.months(year, k, schemas.ClaimsAligned) == 0 {
		return s.by3()
	}
	return year
}

// regional is Reg(k, year), weighed by the counties of another year or the same (R10).
func (s *sheet) regional(k schemas.Category, year, sharesYear int) figure[schemas.PerCapita] {
	if s.CountyExpenditure == nil {
		return absent[schemas.PerCapita]("county_expenditure is not given")
	}
	counties := s.counties[s.group(sharesYear, k, schemas.ClaimsAligned)]
	value, coverage, err := RegionalExpenditure(counties, s.county[cell{year, k}])
	if err != nil {
		return absent[schemas.PerCapita]("%v for %s in %d", err, k, year)
	}
	return given(value, "regional expenditure of %d", year).covering(coverage, "regional expenditure", year)
}

// national is Nat(k, year).
func (s *sheet) national(k schemas.Category, year int) figure[schemas.PerCapita] {
	if s.NationalExpenditure == nil {
		return absent[schemas.PerCapita]("national_expenditure is not given")
	}
	row, known := s.index.national[cell{year, k}]
	if !known {
		return absent[schemas.PerCapita]("national_expenditure has no row for %s in %d", k, year)
	}
	return given(row.PerCapita, "national expenditure of %d", year)
}

// uspcc is USPCC(k, BY3).
func (s *sheet) uspcc(k schemas.Category) figure[schemas.PBPM] {
	row, known := s.index.national[cell{s.by3(), k}]
	if !known || row.USPCC == nil {
		return absent[schemas.PBPM]("national_expenditure has no uspcc_pbpm for %s in %d", k, s.by3())
	}
	return given(*row.USPCC, "uspcc_pbpm of %d", s.by3())
}

// nationalWeight is wN(k) with the counties of a year (R11).
func (s *sheet) nationalWeight(k schemas.Category, year int) figure[schemas.Ratio] {
	if s.CountyExpenditure == nil {
		return absent[schemas.Ratio]("county_expenditure is not given")
	}
	held := schemas.MonthsPerYear
	if year == s.PerformanceYear {
		held = s.PerformanceYearMonthsHeld
	}
	counties := s.counties[s.group(year, k, schemas.ClaimsAligned)]
	weight, coverage, err := NationalWeight(counties, s.county[cell{year, k}], held)
	if err != nil {
		return absent[schemas.Ratio]("%v for %s in %d", err, k, year)
	}
	formula := "%d counties of %d: Σ share × min(1, person-years / assignable person-years)"
	return given(weight, formula, len(counties), year).covering(coverage, "the national weight", year)
}

// acptFactor is the ACPT of a performance year (F4).
func (s *sheet) acptFactor(k schemas.Category, year int) figure[schemas.Ratio] {
	if s.ACPT == nil {
		return absent[schemas.Ratio]("acpt is not given")
	}
	factor, known := s.index.acpt[cell{year, k}]
	if !known {
		return absent[schemas.Ratio]("acpt has no row for %s in %d", k, year)
	}
	return given(factor, "acpt of %d", year)
}

// growth is a trend between two expenditures.
func growth(status schemas.Status, earlier, later figure[schemas.PerCapita]) figure[schemas.Ratio] {
	parts := []part{earlier, later}
	return derive(status, parts, func() (schemas.Ratio, string, error) {
		value, err := Growth(earlier.value, later.value)
		return value, fmt.Sprintf("%s / %s", later, earlier), err
	}).noting(parts...)
}
