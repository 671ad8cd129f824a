package benchmark

import (
	"leadline/schemas"
)

// Input is what a benchmark is computed from. A nil reference table is one that
// was not given: what needs it is not calculable, and nothing is dropped.
type Input struct {
	PerformanceYear      int
	FirstPerformanceYear int
	// PerformanceYearMonthsHeld is how many of P's months the extract holds: 12
	// where it is complete or projected (R11).
	PerformanceYearMonthsHeld int
	Projected                 bool

	ACOs           []ACO
	Exposure       []Exposure
	CountyExposure []CountyExposure
	Expenditure    []Expenditure

	CountyExpenditure   []CountyExpenditure
	HasAssignable       bool // county_expenditure has the column assignable_person_years
	NationalExpenditure []NationalExpenditure
	ACPT                []ACPT
	RateBook            []RateBookRate
}

// RiskOption is the ACO's choice of risk.
type RiskOption string

// The two risk options.
const (
	Global       RiskOption = "global"
	Professional RiskOption = "professional"
)

// Experience says whether the ACO comes from an earlier model.
type Experience string

// The two kinds of experience.
const (
	Renewing      Experience = "renewing"
	NewlyEntering Experience = "newly_entering"
)

// ACO is a row of the table aco, with its Participant TINs counted.
type ACO struct {
	ID               string
	RiskOption       RiskOption
	Experience       Experience
	AlignmentOption  string
	PriorSavings     [3]*schemas.PerCapita // of the three years before LEAD; blank is nil
	PriorPersonYears *schemas.PersonYears
	ParticipantTINs  int // in force on 1 January of P (R8)
	RecentMSSPTINs   int // of those, recent_mssp true
}

// Group is a population of an ACO: a category and a way of being aligned, in a
// year.
type Group struct {
	ACO           string
	Year          int
	Category      schemas.Category
	AlignmentType schemas.AlignmentType
}

// Exposure is a group's months and scores.
type Exposure struct {
	Group
	EligibleMonths  schemas.PersonMonths
	RiskScoreMonths schemas.PersonMonths // months of those who have a score
	RiskScoreSum    schemas.Ratio        // of score times months
}

// CountyExposure is a group's months in one county.
type CountyExposure struct {
	Group
	CountyFIPS     string
	EligibleMonths schemas.PersonMonths
}

// Expenditure is a group's dollars of one claim type, completed and unrounded.
type Expenditure struct {
	Group
	ClaimType string
	Completed schemas.USD
}

// CountyExpenditure is a row of the reference table of that name.
type CountyExpenditure struct {
	CountyFIPS            string
	Year                  int
	Category              schemas.Category
	PerCapita             schemas.PerCapita
	PersonYears           schemas.PersonYears
	RiskScore             schemas.Ratio
	AssignablePersonYears *schemas.PersonYears
}

// NationalExpenditure is a row of the reference table of that name.
type NationalExpenditure struct {
	Year      int
	Category  schemas.Category
	PerCapita schemas.PerCapita
	USPCC     *schemas.PBPM
}

// ACPT is a row of the reference table acpt: the factor from BY3.
type ACPT struct {
	PerformanceYear int
	Category        schemas.Category
	Factor          schemas.Ratio
}

// RateBookRate is a row of the reference table rate_book.
type RateBookRate struct {
	CountyFIPS      string
	PerformanceYear int
	Category        schemas.Category
	Rate            schemas.PBPM
	Weight          *schemas.Ratio
}
