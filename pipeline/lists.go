package pipeline

import (
	"time"

	"github.com/shopspring/decimal"

	"leadline/aggregate"
	"leadline/alignment"
	"leadline/benchmark"
	"leadline/pipeline/input"
	"leadline/schemas"
)

// lists are the small tables of a run, read whole.
type lists map[string]*input.Rows

func (l lists) records(table string) []input.Record {
	if rows := l[table]; rows != nil {
		return rows.Records
	}
	return nil
}

func optionalDate(r input.Record, column string) *time.Time {
	if r.IsNull(column) {
		return nil
	}
	date := r.Date(column)
	return &date
}

// alignmentLists are the small inputs of alignment, identifiers mapped (R25).
func (l lists) alignmentLists(current map[string]string) alignment.Lists {
	a := alignment.Lists{Hybrid: map[string]bool{}, CCNToTIN: map[string]string{}}
	for _, r := range l.records("aco") {
		a.Hybrid[r.Text("aco_id")] = r.Text("alignment_option") == "hybrid"
	}
	for _, r := range l.records("participant_tin") {
		a.Participants = append(a.Participants, alignment.Participant{
			ACO: r.Text("aco_id"), TIN: r.Text("tin"),
			Effective: optionalDate(r, "effective_date"), End: optionalDate(r, "end_date"),
			RecentMSSP: r.Bool("recent_mssp"),
		})
	}
	for _, r := range l.records("voluntary_alignment") {
		d := alignment.Designation{Beneficiary: r.Text("bene_id"), ACO: r.Text("aco_id"),
			Start: r.Date("start_date"), End: optionalDate(r, "end_date")}
		if latest, mapped := current[d.Beneficiary]; mapped {
			d.Beneficiary = latest
		}
		a.Designations = append(a.Designations, d)
	}
	for _, r := range l.records("ccn_crosswalk") {
		a.CCNToTIN[r.Text("ccn")] = r.Text("tin")
	}
	return a
}

// codeLists are the lists that the run brings in place of the defaults (R22).
func (l lists) codeLists() map[string]schemas.CodeList {
	byName := map[string]schemas.CodeList{}
	for _, r := range l.records("code_list") {
		name := r.Text("list_name")
		list := byName[name]
		list.Name, list.Source, list.Status = name, "table code_list of the run", string(schemas.Assumed)
		code := schemas.ListedCode{Code: r.Text("code"), Effective: schemas.Always, End: schemas.Forever,
			Share: r.NullDecimal("share"), Restriction: r.Text("restriction")}
		if !r.IsNull("effective_date") {
			code.Effective = r.Date("effective_date")
		}
		if !r.IsNull("end_date") {
			code.End = r.Date("end_date")
		}
		list.Codes = append(list.Codes, code)
		byName[name] = list
	}
	return byName
}

// dollarTables are the completion factors and truncation thresholds.
func (l lists) dollarTables() aggregate.Tables {
	t := aggregate.Tables{Factors: aggregate.CompletionFactors{}, Thresholds: map[aggregate.ThresholdKey]decimal.Decimal{}}
	for _, r := range l.records("completion_factor") {
		t.Factors[aggregate.CompletionKey{Year: int(r.Int("year")), ClaimType: r.Text("claim_type")}] = r.Decimal("factor")
	}
	for _, r := range l.records("truncation_threshold") {
		key := aggregate.ThresholdKey{Year: int(r.Int("year")), Category: schemas.Category(r.Text("category"))}
		t.Thresholds[key] = r.Decimal("annual_dollars")
	}
	return t
}

// firstPerformanceYear is the one that all ACOs of the run share (R1).
func (l lists) firstPerformanceYear() int {
	for _, r := range l.records("aco") {
		return int(r.Int("first_performance_year"))
	}
	return 0
}

// benchmarkACOs are the rows of aco with their TINs in force counted (R15).
func (l lists) benchmarkACOs(participants []alignment.Participant, performanceYear int) []benchmark.ACO {
	january := schemas.FirstOf(performanceYear, time.January)
	var acos []benchmark.ACO
	for _, r := range l.records("aco") {
		a := benchmark.ACO{
			ID:              r.Text("aco_id"),
			RiskOption:      benchmark.RiskOption(r.Text("risk_option")),
			Experience:      benchmark.Experience(r.Text("experience")),
			AlignmentOption: r.Text("alignment_option"),
		}
		for i, column := range []string{"prior_savings_2024", "prior_savings_2025", "prior_savings_2026"} {
			if !r.IsNull(column) {
				savings := schemas.NewPerCapita(r.Decimal(column))
				a.PriorSavings[i] = &savings
			}
		}
		if !r.IsNull("prior_person_years") {
			years := schemas.NewPersonYears(r.Decimal("prior_person_years"))
			a.PriorPersonYears = &years
		}
		recent := map[string]bool{} // by TIN: one that is listed twice counts once
		for _, p := range participants {
			if p.ACO == a.ID && p.InForce(january) {
				recent[p.TIN] = recent[p.TIN] || p.RecentMSSP
			}
		}
		a.ParticipantTINs = len(recent)
		for _, isRecent := range recent {
			if isRecent {
				a.RecentMSSPTINs++
			}
		}
		acos = append(acos, a)
	}
	return acos
}

// reference fills the reference tables of the benchmark. A table that is not
// given stays nil: what needs it is not calculable.
func (l lists) reference(in *benchmark.Input) {
	if rows := l["county_expenditure"]; rows != nil {
		in.HasAssignable = rows.Present["assignable_person_years"]
	}
	for _, r := range l.records("county_expenditure") {
		row := benchmark.CountyExpenditure{
			CountyFIPS: r.Text("county_fips"), Year: int(r.Int("year")), Category: schemas.Category(r.Text("category")),
			PerCapita:   schemas.NewPerCapita(r.Decimal("per_capita_expenditure")),
			PersonYears: schemas.NewPersonYears(r.Decimal("person_years")),
			RiskScore:   schemas.NewRatio(r.Decimal("risk_score")),
		}
		if !r.IsNull("assignable_person_years") {
			years := schemas.NewPersonYears(r.Decimal("assignable_person_years"))
			row.AssignablePersonYears = &years
		}
		in.CountyExpenditure = append(in.CountyExpenditure, row)
	}
	for _, r := range l.records("national_expenditure") {
		row := benchmark.NationalExpenditure{Year: int(r.Int("year")), Category: schemas.Category(r.Text("category")),
			PerCapita: schemas.NewPerCapita(r.Decimal("per_capita_expenditure"))}
		if !r.IsNull("uspcc_pbpm") {
			uspcc := schemas.NewPBPM(r.Decimal("uspcc_pbpm"))
			row.USPCC = &uspcc
		}
		in.NationalExpenditure = append(in.NationalExpenditure, row)
	}
	for _, r := range l.records("acpt") {
		in.ACPT = append(in.ACPT, benchmark.ACPT{PerformanceYear: int(r.Int("performance_year")),
			Category: schemas.Category(r.Text("category")), Factor: schemas.NewRatio(r.Decimal("factor"))})
	}
	for _, r := range l.records("rate_book") {
		row := benchmark.RateBookRate{CountyFIPS: r.Text("county_fips"), PerformanceYear: int(r.Int("performance_year")),
			Category: schemas.Category(r.Text("category")), Rate: schemas.NewPBPM(r.Decimal("rate_pbpm"))}
		if !r.IsNull("weight") {
			weight := schemas.NewRatio(r.Decimal("weight"))
			row.Weight = &weight
		}
		in.RateBook = append(in.RateBook, row)
	}
}
