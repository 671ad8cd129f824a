package aggregate

import (
	"errors"
	"time"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// ExcludedLists are the code lists that take dollars out (C3).
var ExcludedLists = []string{"sahs", "skin_substitute"}

// Tables are the reference tables of dollars.
type Tables struct {
	Factors    CompletionFactors
	Thresholds map[ThresholdKey]decimal.Decimal
}

// ReadSettings resolves the parameters of aggregation in the run's performance
// year. A list of the run (R22) stands in for the default one of its name.
func ReadSettings(p *schemas.ParameterReader, years schemas.Years, span schemas.Span, firstClaim time.Time, lists map[string]schemas.CodeList, tables Tables) (Settings, error) {
	s := Settings{Years: years, Span: span, FirstClaim: firstClaim, Factors: tables.Factors, Thresholds: tables.Thresholds}
	precedence, err := p.Text("category_precedence")
	if err != nil {
		return s, err
	}
	s.IsHighNeedsFirst = precedence == "high_needs_first"
	for _, read := range []func(*schemas.ParameterReader) error{s.HighNeeds.read, s.readDollars} {
		if err := read(p); err != nil {
			return s, err
		}
	}
	return s, s.readLists(p, lists)
}

func (t *HighNeedsTest) read(p *schemas.ParameterReader) error {
	var errs []error
	count := func(name string, keys ...string) int {
		n, err := p.Count(name, keys...)
		errs = append(errs, err)
		return n
	}
	t.InpatientClaims = int64(count("high_needs_count", "inpatient_claims"))
	t.OtherDates = int64(count("high_needs_count", "other_dates"))
	t.AdmissionDates = int64(count("high_needs_count", "admission_dates"))
	t.EquipmentDates = int64(count("high_needs_count", "equipment_dates"))
	t.SNFDays = int64(count("high_needs_count", "snf_days"))
	t.LookBackMonths = count("high_needs_look_back", "year")
	t.EquipmentMonths = count("high_needs_look_back", "equipment")
	t.LagMonths = count("high_needs_lag_months")
	var err error
	for _, category := range []string{"AD", "ESRD"} {
		high, middle := &t.High, &t.Middle
		if category == "ESRD" {
			high, middle = &t.HighESRD, &t.MiddleESRD
		}
		*high, err = p.Decimal("high_needs_score", category, "high")
		errs = append(errs, err)
		*middle, err = p.Decimal("high_needs_score", category, "middle")
		errs = append(errs, err)
	}
	days, err := optionalCount(p, "high_needs_home_health_days")
	if days != nil {
		n := int64(*days)
		t.HomeHealthDays = &n
	}
	return errors.Join(append(errs, err)...)
}

func optionalCount(p *schemas.ParameterReader, name string) (*int, error) {
	row, err := p.Row(name)
	if err != nil || row.Value.None() {
		return nil, err
	}
	n, err := row.Value.Count()
	return &n, err
}

func (s *Settings) readDollars(p *schemas.ParameterReader) error {
	var errs [4]error
	s.RunOutMonths, errs[0] = optionalCount(p, "run_out_months")
	isTruncated, err := p.Flag("truncation")
	if errs[1] = err; !isTruncated {
		s.Thresholds = nil
	}
	s.HasPassThrough, errs[2] = p.Flag("include_pass_through")
	restore, err := p.Flag("add_back_sequestration")
	errs[3] = err
	if restore {
		rate, err := p.Decimal("payment_sequestration_rate")
		if err != nil {
			return err
		}
		s.SequestrationRate = &rate
	}
	return errors.Join(errs[:]...)
}

func (s *Settings) readLists(p *schemas.ParameterReader, lists map[string]schemas.CodeList) error {
	var err error
	if s.Diagnoses, err = listOf("mobility_diagnosis", lists); err != nil {
		return err
	}
	if s.Equipment, err = listOf("frailty_equipment", lists); err != nil {
		return err
	}
	for _, name := range ExcludedLists {
		list, err := listOf(name, lists)
		if err != nil {
			return err
		}
		share, err := p.Decimal("excluded_share", name)
		if err != nil {
			return err
		}
		for i := range list.Codes {
			if list.Codes[i].Share == nil {
				list.Codes[i].Share = &share
			}
		}
		s.Excluded = append(s.Excluded, list)
	}
	return nil
}

func listOf(name string, lists map[string]schemas.CodeList) (schemas.CodeList, error) {
	if list, given := lists[name]; given {
		return list, nil
	}
	return schemas.LoadCodeList(defaultLists, "lists/"+name+".csv")
}
