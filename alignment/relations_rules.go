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

// enrollmentScope lists the months of enrollment that the run looks at, and
// the day on which a person must be alive in each.
func enrollmentScope(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "enrollment_scope", Columns: []schemas.Column{
		col("month", schemas.Date), col("year", schemas.Integer),
		col("alive_on", schemas.Date), col("scope", schemas.Varchar),
		col("month_bit", schemas.Bigint),
	}}
	for _, year := range s.Years.Aligned() {
		for m := time.January; m <= time.December; m++ {
			first := schemas.FirstOf(year, m)
			r.Rows = append(r.Rows, []any{first, int64(year), first, "month", int64(1) << (m - time.January)})
		}
	}
	standIn := func(run string, alive time.Time) {
		r.Rows = append(r.Rows, []any{s.Span.LastMonthBeforePerforming, int64(s.Years.Performance), alive, run, int64(1)})
	}
	if s.Span.IsProjected() {
		standIn(January, schemas.FirstOf(s.Years.Performance, time.January))
		if s.MidYearMonth != nil {
			standIn(MidYear, *s.MidYearMonth)
		}
	}
	return r
}

func standInMonths(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "stand_in_month", Columns: []schemas.Column{col("month", schemas.Date)}}
	for m := time.January; s.Span.IsProjected() && m <= time.December; m++ {
		r.Rows = append(r.Rows, []any{schemas.FirstOf(s.Years.Performance, m)})
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
