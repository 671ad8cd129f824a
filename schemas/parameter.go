package schemas

import (
	"fmt"
	"slices"
	"strings"
)

// Status says how far a rule or a number is known.
type Status string

// The three, from the firmest to the weakest.
const (
	Published Status = "published" // the RFA states it
	Reported  Status = "reported"  // seen only in a secondary source
	Assumed   Status = "assumed"   // this project's default, or the user's own
)

var statusOrder = []Status{Published, Reported, Assumed}

// Weakest is the status of what is made of several parts.
//
// Reading: section L, a benchmark line takes the weakest status of its parts.
func Weakest(parts ...Status) Status {
	weakest := Published
	for _, part := range parts {
		if slices.Index(statusOrder, part) > slices.Index(statusOrder, weakest) {
			weakest = part
		}
	}
	return weakest
}

// ParameterSource is where a number comes from.
type ParameterSource struct {
	Document string `json:"document" yaml:"document"`
	Section  string `json:"section,omitempty" yaml:"section"`
	Status   Status `json:"status" yaml:"status"`
}

// Parameter is one dated table of numbers, or one dated switch. Each row holds
// from its first to its last performance year, for one value of each key.
type Parameter struct {
	Name   string
	Unit   string
	Source ParameterSource
	Keys   []string
	Domain Domain
	Rows   []ParameterRow
}

// ParameterRow is a parameter's value in a span of performance years.
type ParameterRow struct {
	From, Through int
	Keys          []string // in the order of Parameter.Keys
	Value         ParameterValue
	Source        ParameterSource // the table's, with the row's own status where it has one
	Overridden    bool            // set by the run file
}

// At is the one row in force in a performance year for the given keys.
func (p Parameter) At(performanceYear int, keys ...string) (ParameterRow, error) {
	var found []ParameterRow
	for _, row := range p.Rows {
		if row.holds(performanceYear) && slices.Equal(row.Keys, keys) {
			found = append(found, row)
		}
	}
	if len(found) != 1 {
		return ParameterRow{}, fmt.Errorf("parameter %s: %d rows for PY %d [%s], want 1",
			p.Name, len(found), performanceYear, strings.Join(keys, " "))
	}
	return found[0], nil
}

// Begins is the first performance year of any of the rows.
func (p Parameter) Begins() int {
	first := p.Rows[0].From
	for _, row := range p.Rows {
		first = min(first, row.From)
	}
	return first
}

// Ends is the last performance year of any of the rows.
func (p Parameter) Ends() int {
	last := p.Rows[0].Through
	for _, row := range p.Rows {
		last = max(last, row.Through)
	}
	return last
}

// Gaps says in which years from first to last some key has no row, or two.
func (p Parameter) Gaps(first, last int) []string {
	var gaps []string
	for _, keys := range p.keySets() {
		for year := first; year <= last; year++ {
			if _, err := p.At(year, keys...); err != nil {
				gaps = append(gaps, err.Error())
			}
		}
	}
	return gaps
}

// keySets lists the key values that occur, in the rows' order.
func (p Parameter) keySets() [][]string {
	var sets [][]string
	for _, row := range p.Rows {
		if !slices.ContainsFunc(sets, func(known []string) bool { return slices.Equal(known, row.Keys) }) {
			sets = append(sets, row.Keys)
		}
	}
	return sets
}

// overlap names two rows that hold at once.
func (p Parameter) overlap() error {
	for i, row := range p.Rows {
		for _, later := range p.Rows[i+1:] {
			if slices.Equal(row.Keys, later.Keys) && row.From <= later.Through && later.From <= row.Through {
				return fmt.Errorf("parameter %s [%s]: the rows from %d and from %d overlap",
					p.Name, strings.Join(row.Keys, " "), row.From, later.From)
			}
		}
	}
	return nil
}

func (r ParameterRow) holds(performanceYear int) bool {
	return r.From <= performanceYear && performanceYear <= r.Through
}
