package alignment

import (
	"maps"
	"slices"
	"time"

	"leadline/schemas"
)

func qualifiedCodes(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "qualified_code", Columns: []schemas.Column{
		col("code", schemas.Varchar), col("effective_date", schemas.Date),
		col("end_date", schemas.Date), col("restriction", schemas.Varchar),
	}}
	for _, c := range s.QualifiedServices.Codes {
		var restriction any
		if c.Restriction != "" {
			restriction = c.Restriction
		}
		r.Rows = append(r.Rows, []any{c.Code, c.Effective, c.End, restriction})
	}
	return r
}

func specialtyClasses(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "specialty_class", Columns: []schemas.Column{
		col("specialty_code", schemas.Varchar), col("class", schemas.Varchar),
	}}
	for _, c := range s.Specialties.Codes {
		r.Rows = append(r.Rows, []any{c.Code, c.Class})
	}
	return r
}

// institutionalServiceRules are rule A7's bill types, revenue centres and
// codes.
func institutionalServiceRules() schemas.Relation {
	return schemas.Relation{Name: "institutional_service_rule",
		Columns: []schemas.Column{
			col("bill_type", schemas.Varchar), col("revenue_center", schemas.Varchar),
			col("hcpcs_code", schemas.Varchar), col("is_pqem_only", schemas.Boolean),
		},
		Rows: [][]any{
			{"77", nil, nil, false},     // FQHC
			{"71", nil, nil, false},     // RHC
			{"85", "096", nil, true},    // CAH method II
			{"85", "097", nil, true},    // CAH method II
			{"85", "098", nil, true},    // CAH method II
			{"13", nil, "G0463", false}, // ETA hospital
		},
	}
}

func stageTest(s Settings) schemas.Relation {
	return schemas.Relation{Name: "stage_test",
		Columns: []schemas.Column{
			col("minimum_numerator", schemas.Bigint), col("minimum_denominator", schemas.Bigint),
			col("is_equal_stage_1", schemas.Boolean),
		},
		Rows: [][]any{{s.StageNumerator, s.StageDenominator, s.IsEqualStage1}},
	}
}

func eligibilityRule(s Settings) schemas.Relation {
	return schemas.Relation{Name: "eligibility_rule",
		Columns: []schemas.Column{col("is_any_month", schemas.Boolean)},
		Rows:    [][]any{{s.IsAnyMonth}},
	}
}

// enrolledMonths is the scope of a month's own enrollment row; a row that stands
// in for a projected performance year has its run's name for a scope.
const enrolledMonths = "month"

// enrollmentScope lists the months of enrollment that the run looks at, the
// months that each stands for, and the day on which a person must be alive.
//
// Reading: R5. In a projected performance year the extract's last month before
// it stands for all twelve, once for each run.
func enrollmentScope(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "enrollment_scope", Columns: []schemas.Column{
		col("month", schemas.Date), col("year", schemas.Integer),
		col("alive_on", schemas.Date), col("scope", schemas.Varchar),
		col("months", schemas.Bigint),
	}}
	for _, year := range s.Years.Aligned() {
		for m := time.January; m <= time.December; m++ {
			first := schemas.FirstOf(year, m)
			r.Rows = append(r.Rows, []any{first, int64(year), first, enrolledMonths, schemas.Months(m, m)})
		}
	}
	for _, t := range s.tests() {
		if s.scope(t) != enrolledMonths {
			r.Rows = append(r.Rows, []any{s.Span.LastMonthBeforePerforming, int64(t.first.Year()), t.first, t.run,
				schemas.Months(time.January, time.December)})
		}
	}
	return r
}

// test is a run's test of eligibility, in the first month that it aligns for.
type test struct {
	run   string
	first time.Time
}

// tests are January's of every aligned year and the mid-year run's (A8, A10).
func (s Settings) tests() []test {
	var all []test
	for _, year := range s.Years.Aligned() {
		all = append(all, test{January, schemas.FirstOf(year, time.January)})
	}
	if s.MidYearMonth != nil {
		all = append(all, test{MidYear, *s.MidYearMonth})
	}
	return all
}

// scope is that of the enrollment row which the test looks at.
func (s Settings) scope(t test) string {
	if t.first.Year() == s.Years.Performance && s.Span.IsProjected() {
		return t.run
	}
	return enrolledMonths
}

// testMonths say where each test finds its enrollment row.
func testMonths(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "test_month", Columns: []schemas.Column{
		col("alignment_run", schemas.Varchar), col("aligned_year", schemas.Integer),
		col("first_month", schemas.Date), col("scope", schemas.Varchar), col("month_bit", schemas.Bigint),
	}}
	for _, t := range s.tests() {
		r.Rows = append(r.Rows, []any{t.run, int64(t.first.Year()), t.first, s.scope(t), schemas.Months(t.first.Month(), t.first.Month())})
	}
	return r
}

// usStates are the FIPS codes of R6: the states, DC and the territories.
func usStates() schemas.Relation {
	r := schemas.Relation{Name: "us_state", Columns: []schemas.Column{col("state_fips", schemas.Varchar)}}
	for _, fips := range stateFIPS {
		r.Rows = append(r.Rows, []any{fips})
	}
	return r
}

var stateFIPS = []string{
	"01", "02", "04", "05", "06", "08", "09", "10", "11", "12", "13", "15", "16", "17", "18", "19", "20",
	"21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32", "33", "34", "35", "36", "37",
	"38", "39", "40", "41", "42", "44", "45", "46", "47", "48", "49", "50", "51", "53", "54", "55", "56",
	"60", "66", "69", "72", "78",
}

// esrdStatuses are the Medicare status codes of an ESRD month (B).
func esrdStatuses() schemas.Relation {
	r := schemas.Relation{Name: "esrd_status", Columns: []schemas.Column{col("medicare_status_code", schemas.Varchar)}}
	for _, code := range []string{"11", "21", "31"} {
		r.Rows = append(r.Rows, []any{code})
	}
	return r
}

func ccnCrosswalk(l Lists) schemas.Relation {
	r := schemas.Relation{Name: "ccn_to_tin", Columns: []schemas.Column{
		col("ccn", schemas.Varchar), col("tin", schemas.Varchar),
	}}
	for _, ccn := range slices.Sorted(maps.Keys(l.CCNToTIN)) {
		r.Rows = append(r.Rows, []any{ccn, l.CCNToTIN[ccn]})
	}
	return r
}
