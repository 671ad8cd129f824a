// Package alignment says who is aligned to which ACO in which year: SQL steps,
// and the small relations that carry the rules' numbers into them.
//
// In the methodology's order:
//
//	A2 A3 A7  professional_service, institutional_service, service_summary
//	A3 A5     entity_charge
//	A4 A6     alignment_candidate, plurality
//	A8        enrolled_month, enrollment_test, eligible_month
//	A9 R8     voluntary_choice
//	A11       alignment_outcome
//	A10       mid_year_addition, alignment
//
// A step whose header names a part (named_line, qualified_line, named_claim and
// others) looks at each file of one input table apart, and at relations: nothing
// in it may rest on another row than its own, since what a cancellation names
// (R3), a stay or an add-on's base may stand in another file. Its readers put the
// parts together, and take several rows of one key for granted.
//
// Everything up to service_summary and eligible_month is independent of the
// Participant TIN list; a changed list touches only what follows.
//
// Months stand as sets: a row a person, year, county and ESRD mark, its months
// the bits of one number (schemas.Months).
//
// # Readings
//
// R2. The service date is the through date, of the line for professional
// claims and of the claim for institutional ones.
//
// R3, R4. A cancellation counts with minus the absolute value of its amounts,
// judged on its own columns. What it names, and the cancellation itself, is no
// service: it sets no latest date and satisfies no "at least one".
//
// R4. A blank processing indicator counts as not given, like a null.
//
// R5. Months count from January until the first that is not eligible. A
// performance year without any enrollment row is projected from the extract's
// last month.
//
// R8. Voluntary alignment is judged on 1 January of the performance year. A
// designation to an ACO that is not in the run is left out, and reported.
//
// A7. Only outpatient claims (type 40) are looked at; a bill type may be
// written with or without its leading zero. A claim with a qualifying
// line without an allowed amount is not evaluated, and is reported.
//
// A10. Nobody who is aligned on 1 January is moved by the middle of the year,
// neither by a designation nor by the claims run. A designation needs January's
// test; it takes effect on the first of the month after the one in which it
// starts, of several the earliest, and counts the months from there on that
// count from January. The claims run adds to ACOs of the hybrid option only;
// eligibility is tested in its month, and months count from that month until
// the first that is not eligible. In one month a designation beats the run.
//
// A11. "With a qualified service" asks for one that is positive and that no
// cancellation names (R4). Winner and runner-up are given for everyone with
// positive charges, whatever the outcome.
//
// A2. The restriction of telephone visits to the public health emergency
// (phe_window) cannot be evaluated by service date: such a row does not count,
// and is reported.
package alignment

import (
	"embed"
	"time"

	"leadline/schemas"
)

//go:embed *.sql
var queries embed.FS

//go:embed params/*.yaml
var params embed.FS

//go:embed lists/*.csv
var defaultLists embed.FS

// Parameters are the parameters of alignment with their defaults.
func Parameters() (schemas.Parameters, error) { return schemas.ReadParameters(params, "params") }

// The runs of the plurality: the one of January for every aligned year, and
// the one in the middle of the performance year (A10).
const (
	January = "january"
	MidYear = "mid_year"
)

// Steps lists the SQL steps in the order in which they run.
func Steps() ([]schemas.Step, error) {
	return schemas.LoadSteps(queries,
		"named_line", "qualified_line", "restricted_candidate", "named_claim", "stay_claim", "outpatient_claim",
		"facility_stay", "restricted_line", "professional_service", "institutional_service", "service_summary",
		"enrolled_month", "enrollment_test", "eligible_month",
		"entity_charge", "alignment_candidate", "plurality",
		"voluntary_choice", "alignment_outcome", "mid_year_addition", "alignment",
	)
}

// ChangeSteps lists the steps that say whom a changed list touches.
func ChangeSteps() ([]schemas.Step, error) { return schemas.LoadSteps(queries, "touched") }

// Settings are the parameters of alignment, resolved for the run.
type Settings struct {
	Years               schemas.Years
	Span                schemas.Span
	AlignmentYears      int     // A1: how many alignment years
	AlignmentYearMonths int     // A1: their length
	GapMonths           int     // A1: from their end to the aligned year
	Weights             []int64 // A3: of each alignment year, over a common denominator
	StageNumerator      int64   // A4: the least primary care share
	StageDenominator    int64
	IsEqualStage1       bool // A4: exactly that share goes to stage 1
	IsAnyMonth          bool // R5: the switch eligible_months = any
	MidYearMonth        *time.Time
	QualifiedServices   schemas.CodeList
	Specialties         schemas.CodeList
}

// Participant is a row of the Participant TIN list.
type Participant struct {
	ACO        string
	TIN        string
	Effective  *time.Time
	End        *time.Time
	RecentMSSP bool
}

// InForce says whether the row is in force on the day (R8).
func (p Participant) InForce(day time.Time) bool {
	return (p.Effective == nil || !p.Effective.After(day)) && (p.End == nil || !p.End.Before(day))
}

// Designation is a row of voluntary_alignment.
type Designation struct {
	Beneficiary string
	ACO         string
	Start       time.Time
	End         *time.Time
}

// Lists are the small inputs that alignment reads whole.
type Lists struct {
	Participants []Participant
	Hybrid       map[string]bool // by ACO of the run
	Designations []Designation
	CCNToTIN     map[string]string
}
