package alignment

import (
	"fmt"
	"math/big"

	"leadline/schemas"
)

// ReadSettings resolves the parameters of alignment in the run's performance
// year. A list of the run (R22) stands in for the default one of its name.
func ReadSettings(p *schemas.ParameterReader, years schemas.Years, span schemas.Span, lists map[string]schemas.CodeList) (Settings, error) {
	s := Settings{Years: years, Span: span}
	var errs [8]error
	var eligible, stage, set string
	s.AlignmentYears, errs[0] = p.Count("alignment_years")
	s.AlignmentYearMonths, errs[1] = p.Count("alignment_year_months")
	s.GapMonths, errs[2] = p.Count("alignment_gap_months")
	eligible, errs[3] = p.Text("eligible_months")
	stage, errs[4] = p.Text("stage_at_equality")
	set, errs[5] = p.Text("qualified_service_set")
	s.Specialties, errs[6] = schemas.LoadCodeList(defaultLists, "lists/specialty_class.csv")
	s.QualifiedServices, errs[7] = qualifiedServices(set, lists)
	for _, err := range errs {
		if err != nil {
			return s, err
		}
	}
	s.IsAnyMonth = eligible == "any"
	s.IsEqualStage1 = stage == "primary_care"
	if err := s.readStage(p); err != nil {
		return s, err
	}
	if err := s.readWeights(p); err != nil {
		return s, err
	}
	return s, s.readMidYear(p)
}

func qualifiedServices(set string, lists map[string]schemas.CodeList) (schemas.CodeList, error) {
	if list, given := lists[set]; given {
		return list, nil
	}
	list, err := schemas.LoadCodeList(defaultLists, "lists/"+set+".csv")
	if err != nil {
		return list, err
	}
	if set == "mssp_425_400c" { // its dates are performance years: one set of rows for the run (A2)
		for i := range list.Codes {
			list.Codes[i].Effective, list.Codes[i].End = schemas.Always, schemas.Forever
		}
	}
	return list, nil
}

// readStage keeps the share as a fraction: the test multiplies, it never
// divides.
func (s *Settings) readStage(p *schemas.ParameterReader) error {
	row, err := p.Row("stage_1_minimum_share")
	if err != nil {
		return err
	}
	share, ok := new(big.Rat).SetString(row.Value.String())
	if !ok || !share.Num().IsInt64() || !share.Denom().IsInt64() {
		return fmt.Errorf("parameter stage_1_minimum_share: %s is not a fraction", row.Value)
	}
	s.StageNumerator, s.StageDenominator = share.Num().Int64(), share.Denom().Int64()
	return nil
}

func (s *Settings) readWeights(p *schemas.ParameterReader) error {
	for i := range s.AlignmentYears {
		weight, err := p.Count("alignment_year_weight", fmt.Sprintf("AY%d", i+1))
		if err != nil {
			return err
		}
		s.Weights = append(s.Weights, int64(weight))
	}
	return nil
}

func (s *Settings) readMidYear(p *schemas.ParameterReader) error {
	row, err := p.Row("mid_year_month")
	if err != nil || row.Value.None() {
		return err
	}
	month, err := row.Value.Date()
	if err != nil {
		return err
	}
	if month.Day() != 1 || month.Year() != s.Years.Performance || month.Month() == 1 {
		return fmt.Errorf("parameter mid_year_month: %s is not the first day of a month from February to December of %d",
			month.Format("2006-01-02"), s.Years.Performance)
	}
	s.MidYearMonth = &month
	return nil
}
