package benchmark

import (
	"cmp"
	"fmt"
	"slices"

	"leadline/schemas"
)

// cell addresses a row of a reference table.
type cell struct {
	year     int
	category schemas.Category
}

// index is the input, found by key.
type index struct {
	Input
	exposure map[Group]Exposure
	counties map[Group][]CountyMonths
	dollars  map[Group]schemas.USD
	county   map[cell]map[string]CountyReference
	national map[cell]NationalExpenditure
	acpt     map[cell]schemas.Ratio
	rates    map[cell]map[string]CountyRate
}

// indexed checks the input's form and sorts it by key.
func indexed(in Input) (*index, error) {
	x := &index{
		Input:    in,
		exposure: map[Group]Exposure{}, counties: map[Group][]CountyMonths{}, dollars: map[Group]schemas.USD{},
		county: map[cell]map[string]CountyReference{}, national: map[cell]NationalExpenditure{},
		acpt: map[cell]schemas.Ratio{}, rates: map[cell]map[string]CountyRate{},
	}
	x.ACOs = slices.SortedFunc(slices.Values(in.ACOs), func(a, b ACO) int { return cmp.Compare(a.ID, b.ID) })
	for _, read := range []func() error{x.checkYears, x.checkACOs, x.readGroups, x.readReference} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return x, nil
}

func (x *index) checkYears() error {
	switch {
	case x.PerformanceYear < x.FirstPerformanceYear:
		return fmt.Errorf("performance year %d lies before the ACOs' first, %d", x.PerformanceYear, x.FirstPerformanceYear)
	case x.PerformanceYearMonthsHeld < 1 || x.PerformanceYearMonthsHeld > schemas.MonthsPerYear:
		return fmt.Errorf("months held of performance year %d: %d, want 1 to %d (R11)",
			x.PerformanceYear, x.PerformanceYearMonthsHeld, schemas.MonthsPerYear)
	}
	return nil
}

func (x *index) checkACOs() error {
	for i, aco := range x.ACOs {
		switch {
		case i > 0 && x.ACOs[i-1].ID == aco.ID:
			return fmt.Errorf("aco %s: two rows", aco.ID)
		case aco.RiskOption != Global && aco.RiskOption != Professional:
			return fmt.Errorf("aco %s: risk_option %q is not global or professional", aco.ID, aco.RiskOption)
		case aco.Experience != Renewing && aco.Experience != NewlyEntering:
			return fmt.Errorf("aco %s: experience %q is not renewing or newly_entering", aco.ID, aco.Experience)
		case aco.RecentMSSPTINs > aco.ParticipantTINs:
			return fmt.Errorf("aco %s: %d TINs of a recent MSSP ACO among %d", aco.ID, aco.RecentMSSPTINs, aco.ParticipantTINs)
		}
	}
	return nil
}

func (x *index) readGroups() error {
	for _, row := range x.Exposure {
		if err := x.known("exposure", row.Group); err != nil {
			return err
		}
		if _, twice := x.exposure[row.Group]; twice {
			return fmt.Errorf("exposure: two rows for %s", row.Group)
		}
		if row.RiskScoreMonths < 0 || row.RiskScoreMonths > row.EligibleMonths {
			return fmt.Errorf("exposure: %d months with a score among %d eligible months for %s",
				row.RiskScoreMonths, row.EligibleMonths, row.Group)
		}
		x.exposure[row.Group] = row
	}
	for _, row := range x.CountyExposure {
		if err := x.known("exposure_county", row.Group); err != nil {
			return err
		}
		x.counties[row.Group] = append(x.counties[row.Group], CountyMonths{row.CountyFIPS, row.EligibleMonths})
	}
	for _, counties := range x.counties {
		slices.SortFunc(counties, func(a, b CountyMonths) int { return cmp.Compare(a.CountyFIPS, b.CountyFIPS) })
	}
	for _, row := range x.Expenditure {
		if err := x.known("expenditure", row.Group); err != nil {
			return err
		}
		x.dollars[row.Group] = x.dollars[row.Group].Plus(row.Completed)
	}
	return nil
}

// known refuses rows that no line of the worksheet would use.
func (x *index) known(table string, g Group) error {
	isThis := func(aco ACO) bool { return aco.ID == g.ACO }
	if !slices.ContainsFunc(x.ACOs, isThis) || !g.Category.Valid() || !g.AlignmentType.Valid() {
		return fmt.Errorf("%s: a row for %s, whose ACO, category or alignment type is unknown", table, g)
	}
	return nil
}

func (x *index) readReference() error {
	for _, row := range x.CountyExpenditure {
		at := cell{row.Year, row.Category}
		if x.county[at] == nil {
			x.county[at] = map[string]CountyReference{}
		}
		if _, twice := x.county[at][row.CountyFIPS]; twice {
			return fmt.Errorf("county_expenditure: two rows for %s %d %s", row.CountyFIPS, row.Year, row.Category)
		}
		reference := CountyReference{row.PerCapita, row.RiskScore, row.AssignablePersonYears}
		if !x.HasAssignable {
			reference.Assignable = &row.PersonYears
		}
		x.county[at][row.CountyFIPS] = reference
	}
	for _, row := range x.NationalExpenditure {
		at := cell{row.Year, row.Category}
		if _, twice := x.national[at]; twice {
			return fmt.Errorf("national_expenditure: two rows for %d %s", row.Year, row.Category)
		}
		x.national[at] = row
	}
	for _, row := range x.ACPT {
		at := cell{row.PerformanceYear, row.Category}
		if _, twice := x.acpt[at]; twice {
			return fmt.Errorf("acpt: two rows for %d %s", row.PerformanceYear, row.Category)
		}
		x.acpt[at] = row.Factor
	}
	return x.readRateBook()
}

func (x *index) readRateBook() error {
	for _, row := range x.RateBook {
		at := cell{row.PerformanceYear, row.Category}
		if x.rates[at] == nil {
			x.rates[at] = map[string]CountyRate{}
		}
		if _, twice := x.rates[at][row.CountyFIPS]; twice {
			return fmt.Errorf("rate_book: two rows for %s %d %s", row.CountyFIPS, row.PerformanceYear, row.Category)
		}
		x.rates[at][row.CountyFIPS] = CountyRate{row.Rate, row.Weight}
	}
	return nil
}

// String names the group in an error.
func (g Group) String() string {
	return fmt.Sprintf("%s %d %s %s", g.ACO, g.Year, g.Category, g.AlignmentType)
}
