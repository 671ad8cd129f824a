package aggregate

import (
	"time"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// Relations are the small tables that the steps read beside the extract.
func Relations(s Settings) []schemas.Relation {
	_, excluded := exclusions(s)
	return []schemas.Relation{
		highNeedsChecks(s),
		checkDays(s),
		highNeedsTests(s),
		coveredDayTests(s),
		diagnosisPrefixes(s),
		equipmentCodes(s),
		categoryRules(s),
		expenditureTypes(),
		exclusionCodes(s),
		excluded,
		serviceDays(s),
		serviceMonths(s),
		highNeedsYears(s),
		alignmentGroups(),
		truncationThresholds(s),
	}
}

func col(name string, t schemas.Type) schemas.Column { return schemas.Column{Name: name, Type: t} }

// Check is a quarterly High Needs check.
type Check struct {
	Date            time.Time
	EnrollmentMonth time.Time // whose row a person must have
}

// Checks lists the quarterly checks, from January of BY1 through the
// performance year; a projected performance year has the one of January, on
// the month that stands in.
//
// Rule: B; reading R20.
func (s Settings) Checks() []Check {
	var checks []Check
	for year := s.Years.Base()[0]; year <= s.Years.Performance; year++ {
		for _, month := range []time.Month{time.January, time.April, time.July, time.October} {
			date := schemas.FirstOf(year, month)
			if year < s.Years.Performance || !s.Span.IsProjected() {
				checks = append(checks, Check{date, date})
			} else if month == time.January {
				checks = append(checks, Check{date, s.Span.LastMonthBeforePerforming})
			}
		}
	}
	return checks
}

// LookBack is the first and last day of a window of so many months before a
// check.
//
// Rule: B; reading R20. It ends two months and one day before the check.
func (s Settings) LookBack(check time.Time, months int) (first, last time.Time) {
	end := check.AddDate(0, -s.HighNeeds.LagMonths, 0)
	return end.AddDate(0, -months, 0), end.AddDate(0, 0, -1)
}

func highNeedsChecks(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "high_needs_check", Columns: []schemas.Column{
		col("check_date", schemas.Date), col("enrollment_month", schemas.Date), col("is_window_truncated", schemas.Boolean),
	}}
	for _, c := range s.Checks() {
		first, _ := s.LookBack(c.Date, max(s.HighNeeds.LookBackMonths, s.HighNeeds.EquipmentMonths))
		r.Rows = append(r.Rows, []any{c.Date, c.EnrollmentMonth, first.Before(s.FirstClaim)})
	}
	return r
}

// checkDays lets a claim find the checks whose window holds it by an equal day.
func checkDays(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "check_day", Columns: []schemas.Column{
		col("day", schemas.Date), col("check_date", schemas.Date), col("look_back", schemas.Varchar),
	}}
	windows := []struct {
		name   string
		months int
	}{{"year", s.HighNeeds.LookBackMonths}, {"five_years", s.HighNeeds.EquipmentMonths}}
	for _, c := range s.Checks() {
		for _, w := range windows {
			first, last := s.LookBack(c.Date, w.months)
			for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
				r.Rows = append(r.Rows, []any{day, c.Date, w.name})
			}
		}
	}
	return r
}

func highNeedsTests(s Settings) schemas.Relation {
	t := s.HighNeeds
	var homeHealth any
	if t.HomeHealthDays != nil {
		homeHealth = *t.HomeHealthDays
	}
	counts := []any{t.InpatientClaims, t.OtherDates, t.AdmissionDates, t.EquipmentDates, t.SNFDays, homeHealth}
	return schemas.Relation{Name: "high_needs_test",
		Columns: []schemas.Column{
			col("is_esrd", schemas.Boolean), col("high_score", schemas.Decimal(9, 6)), col("middle_score", schemas.Decimal(9, 6)),
			col("inpatient_claims", schemas.Bigint), col("other_dates", schemas.Bigint),
			col("admission_dates", schemas.Bigint), col("equipment_dates", schemas.Bigint),
			col("snf_days", schemas.Bigint), col("home_health_days", schemas.Bigint),
		},
		Rows: [][]any{
			append([]any{false, t.High, t.Middle}, counts...),
			append([]any{true, t.HighESRD, t.MiddleESRD}, counts...),
		},
	}
}

func coveredDayTests(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "covered_day_test", Columns: []schemas.Column{
		col("claim_type_code", schemas.Varchar), col("setting", schemas.Varchar),
	}, Rows: [][]any{{"20", "snf"}, {"30", "snf"}}}
	if s.HighNeeds.HomeHealthDays != nil {
		r.Rows = append(r.Rows, []any{"10", "home_health"})
	}
	return r
}

func equipmentCodes(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "equipment_code", Columns: []schemas.Column{
		col("code", schemas.Varchar), col("effective_date", schemas.Date), col("end_date", schemas.Date),
	}}
	for _, c := range s.Equipment.Codes {
		r.Rows = append(r.Rows, []any{c.Code, c.Effective, c.End})
	}
	return r
}

// categoryRules say the category of a month from its two marks
// (category_precedence).
func categoryRules(s Settings) schemas.Relation {
	both := string(schemas.ESRD)
	if s.IsHighNeedsFirst {
		both = string(schemas.HighNeeds)
	}
	return schemas.Relation{Name: "category_rule",
		Columns: []schemas.Column{
			col("is_esrd", schemas.Boolean), col("is_high_needs", schemas.Boolean), col("category", schemas.Varchar),
		},
		Rows: [][]any{
			{false, false, string(schemas.AgedDisabled)},
			{false, true, string(schemas.HighNeeds)},
			{true, false, string(schemas.ESRD)},
			{true, true, both},
		},
	}
}

// highNeedsYears are the months of each aligned year in which someone is High
// Needs who was flagged at a check: from it on, for good.
//
// Rule: B; reading R20.
func highNeedsYears(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "high_needs_year", Columns: []schemas.Column{
		col("first_month", schemas.Date), col("year", schemas.Integer), col("months", schemas.Bigint),
	}}
	for _, c := range s.Checks() {
		for _, year := range s.Years.Aligned() {
			switch {
			case year == c.Date.Year():
				r.Rows = append(r.Rows, []any{c.Date, int64(year), schemas.Months(c.Date.Month(), time.December)})
			case year > c.Date.Year():
				r.Rows = append(r.Rows, []any{c.Date, int64(year), schemas.Months(time.January, time.December)})
			}
		}
	}
	return r
}

// expenditureTypes map the claim type codes (R21).
func expenditureTypes() schemas.Relation {
	return schemas.Relation{Name: "expenditure_type",
		Columns: []schemas.Column{col("claim_type_code", schemas.Varchar), col("claim_type", schemas.Varchar)},
		Rows: [][]any{
			{"60", "inpatient"}, {"61", "inpatient"}, {"40", "outpatient"}, {"20", "snf"}, {"30", "snf"},
			{"10", "home_health"}, {"50", "hospice"}, {"71", "professional"}, {"72", "professional"},
			{"81", "dme"}, {"82", "dme"},
		},
	}
}

// serviceDays let a claim find its month by an equal day: the days of the years
// whose dollars count, each with the last day on which a claim of its year may
// have been processed (C4). Base years are kept whole: no month of theirs is.
func serviceDays(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "service_day", Columns: []schemas.Column{
		col("day", schemas.Date), col("year", schemas.Integer), col("month_bit", schemas.Bigint),
		col("kept_month_bit", schemas.Bigint), col("last_processed_date", schemas.Date),
	}}
	for _, year := range s.Years.Aligned() {
		var last any
		if s.RunOutMonths != nil {
			last = schemas.FirstOf(year+1, time.January).AddDate(0, *s.RunOutMonths, -1)
		}
		for day := schemas.FirstOf(year, time.January); day.Year() == year; day = day.AddDate(0, 0, 1) {
			bit, kept := schemas.Months(day.Month(), day.Month()), int64(0)
			if year == s.Years.Performance {
				kept = bit
			}
			r.Rows = append(r.Rows, []any{day, int64(year), bit, kept, last})
		}
	}
	return r
}

// serviceMonths give each month of the years whose dollars count its bit.
func serviceMonths(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "service_month", Columns: []schemas.Column{
		col("month", schemas.Date), col("month_bit", schemas.Bigint),
	}}
	for _, year := range s.Years.Aligned() {
		for m := time.January; m <= time.December; m++ {
			r.Rows = append(r.Rows, []any{schemas.FirstOf(year, m), schemas.Months(m, m)})
		}
	}
	return r
}

// alignmentGroups are the two groups that each identity is proved for (C7).
func alignmentGroups() schemas.Relation {
	r := schemas.Relation{Name: "alignment_group", Columns: []schemas.Column{col("alignment_type", schemas.Varchar)}}
	for _, group := range schemas.AlignmentTypes {
		r.Rows = append(r.Rows, []any{string(group)})
	}
	return r
}

// truncationThresholds are the annual thresholds (C5), rounded down, with what
// a person's dollars must be multiplied by to be sure not to miss one: twelve
// months, and the largest completion factor rounded up.
func truncationThresholds(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "truncation_threshold", Columns: []schemas.Column{
		col("year", schemas.Integer), col("category", schemas.Varchar),
		col("annual_dollars", schemas.Decimal(18, 2)), col("multiplier", schemas.Bigint),
	}}
	largest := decimal.NewFromInt(1)
	for _, factor := range s.Factors {
		largest = decimal.Max(largest, factor)
	}
	multiplier := largest.Mul(s.restored()).Ceil().IntPart() * monthsPerYear
	for key, dollars := range s.Thresholds {
		r.Rows = append(r.Rows, []any{int64(key.Year), string(key.Category), dollars.RoundFloor(2), multiplier})
	}
	return r
}
