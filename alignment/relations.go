package alignment

import (
	"maps"
	"slices"
	"time"

	"leadline/schemas"
)

// Relations are the small tables that the steps read beside the extract.
func Relations(s Settings, l Lists) []schemas.Relation {
	return []schemas.Relation{
		alignedYears(s),
		alignmentWindows(s),
		windowDays(s),
		participants(s, l),
		hybridACOs(l),
		designations(s, l),
		testMonths(s),
		qualifiedCodes(s),
		specialtyClasses(s),
		institutionalServiceRules(),
		stageTest(s),
		eligibilityRule(s),
		enrollmentScope(s),
		usStates(),
		esrdStatuses(),
		ccnCrosswalk(l),
	}
}

func col(name string, t schemas.Type) schemas.Column { return schemas.Column{Name: name, Type: t} }

// alignedYears carry all their months as a set.
func alignedYears(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "aligned_year", Columns: []schemas.Column{
		col("aligned_year", schemas.Integer),
		col("first_month", schemas.Date),
		col("months", schemas.Bigint),
		col("is_performance_year", schemas.Boolean),
	}}
	for _, year := range s.Years.Aligned() {
		r.Rows = append(r.Rows, []any{int64(year), schemas.FirstOf(year, time.January),
			schemas.Months(time.January, time.December), year == s.Years.Performance})
	}
	return r
}

// Window is an alignment year: twelve months of claims that an aligned year
// looks at (A1).
type Window struct {
	Start, End time.Time // first and last day
	Weight     int64
}

// Windows lists the alignment years of an aligned year, the earliest first.
//
// Rule: A1. They are consecutive and end GapMonths before the year starts.
func (s Settings) Windows(year int) []Window {
	windows := make([]Window, s.AlignmentYears)
	for i := range windows {
		back := s.GapMonths + (s.AlignmentYears-i)*s.AlignmentYearMonths
		start := schemas.FirstOf(year, time.January).AddDate(0, -back, 0)
		windows[i] = Window{start, start.AddDate(0, s.AlignmentYearMonths, -1), s.Weights[i]}
	}
	return windows
}

func alignmentWindows(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "alignment_window", Columns: []schemas.Column{
		col("alignment_run", schemas.Varchar),
		col("aligned_year", schemas.Integer),
		col("window_start", schemas.Date),
		col("weight", schemas.Bigint),
	}}
	add := func(run string, year int) {
		for _, w := range s.Windows(year) {
			r.Rows = append(r.Rows, []any{run, int64(year), w.Start, w.Weight})
		}
	}
	for _, year := range s.Years.Aligned() {
		add(January, year)
	}
	if s.MidYearMonth != nil {
		add(MidYear, s.Years.Performance)
	}
	return r
}

// windowDays lets a claim find its alignment years by an equal day.
func windowDays(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "window_day", Columns: []schemas.Column{
		col("day", schemas.Date), col("window_start", schemas.Date),
	}}
	seen := map[time.Time]bool{}
	for _, year := range s.Years.Aligned() {
		for _, w := range s.Windows(year) {
			if seen[w.Start] {
				continue
			}
			seen[w.Start] = true
			for day := w.Start; !day.After(w.End); day = day.AddDate(0, 0, 1) {
				r.Rows = append(r.Rows, []any{day, w.Start})
			}
		}
	}
	return r
}

// participants lists the TINs in force on 1 January of the performance year
// and, for the mid-year run, those with the hybrid ACOs' new TINs (R8, A10).
func participants(s Settings, l Lists) schemas.Relation {
	r := schemas.Relation{Name: "participant", Columns: []schemas.Column{
		col("alignment_run", schemas.Varchar), col("billing_number", schemas.Varchar), col("aco_id", schemas.Varchar),
	}}
	january := schemas.FirstOf(s.Years.Performance, time.January)
	for _, p := range l.Participants {
		inForce := p.InForce(january)
		if inForce {
			r.Rows = append(r.Rows, []any{January, BillingTIN(p.TIN), p.ACO})
		}
		if s.MidYearMonth != nil && (inForce || l.Hybrid[p.ACO] && isNew(p, january, *s.MidYearMonth)) {
			r.Rows = append(r.Rows, []any{MidYear, BillingTIN(p.TIN), p.ACO})
		}
	}
	return r
}

// BillingTIN is the billing number of a TIN, as apart from that of a CCN.
func BillingTIN(tin string) string { return "TIN:" + tin }

// isNew says whether the row came into force after 1 January and not after the
// first of the mid-year month.
func isNew(p Participant, january, month time.Time) bool {
	return p.Effective != nil && p.Effective.After(january) && !p.Effective.After(month) &&
		(p.End == nil || !p.End.Before(month))
}

func hybridACOs(l Lists) schemas.Relation {
	r := schemas.Relation{Name: "hybrid_aco", Columns: []schemas.Column{col("aco_id", schemas.Varchar)}}
	for _, id := range slices.Sorted(maps.Keys(l.Hybrid)) {
		if l.Hybrid[id] {
			r.Rows = append(r.Rows, []any{id})
		}
	}
	return r
}

// designations keeps the voluntary designations that take effect in the
// performance year, with the month from which they count (R8, A10).
func designations(s Settings, l Lists) schemas.Relation {
	r := schemas.Relation{Name: "voluntary_designation", Columns: []schemas.Column{
		col("bene_id", schemas.Varchar), col("aco_id", schemas.Varchar), col("start_date", schemas.Date),
		col("first_month", schemas.Date), col("is_mid_year", schemas.Boolean),
	}}
	january := schemas.FirstOf(s.Years.Performance, time.January)
	for _, d := range l.Designations {
		hybrid, known := l.Hybrid[d.ACO]
		first := january
		if d.Start.After(january) {
			first = schemas.FirstOf(d.Start.Year(), d.Start.Month()+1)
		}
		isMidYear := first.After(january)
		active := d.End == nil || !d.End.Before(first)
		if !known || !active || isMidYear && !hybrid || first.Year() != s.Years.Performance {
			continue
		}
		r.Rows = append(r.Rows, []any{d.Beneficiary, d.ACO, d.Start, first, isMidYear})
	}
	return r
}
