// Package aggregate says what the aligned cost: categories by month, High
// Needs, months and dollars by ACO, year, category, alignment type and claim
// type.
//
// In the methodology's order:
//
//	B       high_needs_*, high_needs, category_month
//	C R7    expenditure_month, expenditure_year
//	A9 D5   aligned, aligned_month
//	R9 R10  exposure, exposure_county
//	C R21   expenditure, then Complete in Go: excluded shares, completion
//	        factors, truncation
//	C7      identities
//
// A step whose header names a part looks at each file of one input table apart
// (package alignment says what it may rest on).
//
// Everything up to expenditure_year is independent of the Participant TIN
// list. SQL sums; Go multiplies by shares and factors, and divides. Months stand
// as sets: a row a person, year, county and category, its months the bits of one
// number (schemas.Months).
//
// # Readings
//
// R7. A dollar belongs to the month of its service date and counts if that
// month is one of the person's eligible months.
//
// R20. window_truncated says that the 12 or the 60 months that the check looks
// back over start before the extract's first claim.
//
// C5. A person's completed dollars of a year and category are cut in each group
// apart; the cut is spread over claim types in proportion to their dollars.
//
// R21. A code on several excluded lists takes the largest share; between equal
// shares the list that comes first by name.
//
// C2. include_pass_through adds the claim's pass-through amount to inpatient
// payments; add_back_sequestration divides completed dollars by one less the
// sequestration rate. Both are off.
//
// C4. A row processed after the last day of the month that lies run_out_months
// after its year of service is left out of dollars only; it still names what it
// cancels. A row without processed_date is kept.
//
// Not modelled: C6 (stop-loss), which the model leaves off.
package aggregate

import (
	"embed"
	"time"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

//go:embed *.sql
var queries embed.FS

//go:embed params/*.yaml
var params embed.FS

//go:embed lists/*.csv
var defaultLists embed.FS

// Parameters are the parameters of aggregation with their defaults.
func Parameters() (schemas.Parameters, error) { return schemas.ReadParameters(params, "params") }

// CategorySteps lists the steps that need no Participant TIN list, in order.
func CategorySteps() ([]schemas.Step, error) {
	return schemas.LoadSteps(queries,
		"high_needs_diagnosis_line", "high_needs_equipment_line", "high_needs_diagnosis_claim", "high_needs_claim",
		"high_needs_diagnosis", "high_needs_equipment", "high_needs_admission",
		"high_needs_covered_day", "high_needs_check_score", "high_needs_evidence", "high_needs",
		"professional_paid", "institutional_paid", "category_month", "expenditure_month", "expenditure_year",
	)
}

// GroupSteps lists the steps that follow alignment, in order.
func GroupSteps() ([]schemas.Step, error) {
	return schemas.LoadSteps(queries, "aligned", "aligned_month", "exposure", "exposure_county",
		"aligned_dollars", "expenditure", "truncation_candidate")
}

// IdentitySteps lists the steps that prove a run, in order.
func IdentitySteps() ([]schemas.Step, error) {
	return schemas.LoadSteps(queries, "line_dollars", "institutional_dollars", "claim_dollars", "set_aside_dollars", "enrollment_total", "set_aside_months", "aligned_people")
}

// ChangeSteps lists the steps that compare a run with an earlier one, in order.
func ChangeSteps() ([]schemas.Step, error) {
	return schemas.LoadSteps(queries, "aligned_total", "alignment_change", "alignment_change_total")
}

// Settings are the parameters of categories and expenditures, resolved for the
// run.
type Settings struct {
	Years             schemas.Years
	Span              schemas.Span
	FirstClaim        time.Time // service date of the extract's first claim
	IsHighNeedsFirst  bool      // B: category_precedence
	HighNeeds         HighNeedsTest
	Diagnoses         schemas.CodeList
	Equipment         schemas.CodeList
	Excluded          []schemas.CodeList // C3: sahs, skin_substitute
	RunOutMonths      *int
	HasPassThrough    bool
	SequestrationRate *decimal.Decimal                 // C2: to add back; nil: off
	Thresholds        map[ThresholdKey]decimal.Decimal // C5: annual dollars; none: off
	Factors           CompletionFactors                // C4
}

// HighNeedsTest are the thresholds of section B.
type HighNeedsTest struct {
	InpatientClaims, OtherDates, AdmissionDates, EquipmentDates, SNFDays int64
	HomeHealthDays                                                       *int64 // nil: the switch is off
	High, Middle, HighESRD, MiddleESRD                                   decimal.Decimal
	LookBackMonths, EquipmentMonths, LagMonths                           int
}
