package aggregate

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// A diagnosis is found by its first three characters, then compared with the
// whole prefix.
const stemLength = 3

const codeCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// diagnosisPrefixes lists the mobility-impairment diagnoses with the stems
// under which a code is looked up (R22: a prefix match, without the dot).
func diagnosisPrefixes(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "diagnosis_prefix", Columns: []schemas.Column{
		col("stem", schemas.Varchar), col("prefix", schemas.Varchar), col("prefix_length", schemas.Integer),
		col("effective_date", schemas.Date), col("end_date", schemas.Date),
	}}
	for _, c := range s.Diagnoses.Codes {
		prefix := strings.ReplaceAll(c.Code, ".", "")
		for _, stem := range stems(prefix) {
			r.Rows = append(r.Rows, []any{stem, prefix, int64(len(prefix)), c.Effective, c.End})
		}
	}
	return r
}

func stems(prefix string) []string {
	if len(prefix) >= stemLength {
		return []string{prefix[:stemLength]}
	}
	var all []string
	for _, c := range codeCharacters {
		all = append(all, stems(prefix+string(c))...)
	}
	return all
}

// Exclusion is a stretch of days in which a code is excluded, by one list.
type Exclusion struct {
	Code, List     string
	Share          decimal.Decimal
	Effective, End time.Time
}

// Exclusions cuts the excluded code lists into stretches that do not overlap:
// on several lists the largest share holds, then the list first by name.
//
// Rule: C3; readings R21, R22.
func Exclusions(lists []schemas.CodeList) []Exclusion {
	byCode := map[string][]Exclusion{}
	for _, list := range lists {
		for _, c := range list.Codes {
			share := decimal.NewFromInt(1)
			if c.Share != nil {
				share = *c.Share
			}
			byCode[c.Code] = append(byCode[c.Code], Exclusion{c.Code, list.Name, share, c.Effective, c.End})
		}
	}
	var all []Exclusion
	for _, code := range slices.Sorted(maps.Keys(byCode)) {
		all = append(all, withoutOverlap(byCode[code])...)
	}
	return all
}

func withoutOverlap(rows []Exclusion) []Exclusion {
	slices.SortFunc(rows, func(a, b Exclusion) int {
		return cmp.Or(b.Share.Cmp(a.Share), cmp.Compare(a.List, b.List), a.Effective.Compare(b.Effective), a.End.Compare(b.End))
	})
	var starts []time.Time
	for _, r := range rows {
		starts = append(starts, r.Effective, r.End.AddDate(0, 0, 1))
	}
	slices.SortFunc(starts, time.Time.Compare)
	starts = slices.CompactFunc(starts, time.Time.Equal)
	var cut []Exclusion
	for i, start := range starts {
		in := slices.IndexFunc(rows, func(r Exclusion) bool { return !r.Effective.After(start) && !r.End.Before(start) })
		if in < 0 {
			continue
		}
		piece := rows[in]
		piece.Effective = start
		piece.End = starts[i+1].AddDate(0, 0, -1)
		cut = append(cut, piece)
	}
	return cut
}

// exclusions numbers the excluded lists and their shares, so that claims are
// grouped by a number: 0 is none.
func exclusions(s Settings) (numbers map[string]int64, r schemas.Relation) {
	r = schemas.Relation{Name: "exclusion", Columns: []schemas.Column{
		col("exclusion_number", schemas.Bigint), col("exclusion", schemas.Varchar), col("share", schemas.Decimal(5, 2)),
	}, Rows: [][]any{{int64(0), NoExclusion, decimal.Zero}}}
	numbers = map[string]int64{}
	for _, e := range Exclusions(s.Excluded) {
		name := e.List + e.Share.String()
		if _, known := numbers[name]; !known {
			numbers[name] = int64(len(r.Rows))
			r.Rows = append(r.Rows, []any{numbers[name], e.List, e.Share})
		}
	}
	return numbers, r
}

// NoExclusion is the list of a payment that stands on none.
const NoExclusion = "none"

func exclusionCodes(s Settings) schemas.Relation {
	r := schemas.Relation{Name: "exclusion_code", Columns: []schemas.Column{
		col("code", schemas.Varchar), col("exclusion_number", schemas.Bigint),
		col("effective_date", schemas.Date), col("end_date", schemas.Date),
	}}
	numbers, _ := exclusions(s)
	for _, e := range Exclusions(s.Excluded) {
		r.Rows = append(r.Rows, []any{e.Code, numbers[e.List+e.Share.String()], e.Effective, e.End})
	}
	return r
}
