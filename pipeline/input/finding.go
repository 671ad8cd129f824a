package input

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Severity tells whether a finding stops the run.
type Severity string

// An error stops the run and nothing is published; a warning is counted in the
// manifest and the run goes on.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Finding is one way in which an extract differs from the contract. It names
// where, never what a row holds.
type Finding struct {
	Check    string   `json:"check"`
	Severity Severity `json:"severity"`
	Table    string   `json:"table"`
	File     string   `json:"file,omitempty"`
	Column   string   `json:"column,omitempty"`
	// RowGroup and Row count from 1 and name the first row concerned: Row
	// within the file, headers not counted. 0 is unknown.
	RowGroup int   `json:"row_group,omitempty"`
	Row      int64 `json:"row,omitempty"`
	// Rows and Dollars are how many rows it touches, and what was paid in
	// them.
	Rows    int64           `json:"rows,omitempty"`
	Dollars decimal.Decimal `json:"dollars,omitzero"`
	Rule    string          `json:"rule"`
	Message string          `json:"message"`
	Remedy  string          `json:"remedy"`
}

const cents = 2

// String is the finding as a line of a log.
func (f Finding) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s: %s", f.Severity, f.Table, f.Message)
	if !f.Dollars.IsZero() {
		fmt.Fprintf(&b, ", %s dollars paid", f.Dollars.StringFixed(cents))
	}
	if where := f.where(); where != "" {
		fmt.Fprintf(&b, " (%s)", where)
	}
	if f.Remedy != "" {
		fmt.Fprintf(&b, "; %s", f.Remedy)
	}
	fmt.Fprintf(&b, " [%s, %s]", f.Check, f.Rule)
	return b.String()
}

func (f Finding) where() string {
	var parts []string
	if f.File != "" {
		parts = append(parts, "file "+f.File)
	}
	if f.RowGroup > 0 {
		parts = append(parts, fmt.Sprintf("row group %d", f.RowGroup))
	}
	if f.Column != "" {
		parts = append(parts, "column "+f.Column)
	}
	if f.Row > 0 {
		parts = append(parts, fmt.Sprintf("row %d", f.Row))
	}
	return strings.Join(parts, ", ")
}

// SortFindings puts errors first, then by table, check, file, column and row:
// the same order however the checks were run.
func SortFindings(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Table, b.Table),
			cmp.Compare(a.Check, b.Check),
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Row, b.Row),
			cmp.Compare(a.Message, b.Message),
		)
	})
}

// CountErrors tells how many findings stop the run.
func CountErrors(findings []Finding) int {
	n := 0
	for _, f := range findings {
		if f.Severity == Error {
			n++
		}
	}
	return n
}

// Promote turns the warnings of the named checks into errors. A name that is
// no warning's is an error of its own: a misspelled one would promote nothing.
func Promote(findings []Finding, checks []string) error {
	for _, name := range checks {
		if !slices.Contains(WarningChecks(), name) {
			return fmt.Errorf("no warning is called %q; there are %s", name, strings.Join(WarningChecks(), ", "))
		}
	}
	for i := range findings {
		if slices.Contains(checks, findings[i].Check) {
			findings[i].Severity = Error
		}
	}
	return nil
}
