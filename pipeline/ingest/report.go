package ingest

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Report is what an import read, wrote and could not use, and how the result
// ties out.
type Report struct {
	Folder             string        `json:"folder"`
	Rules              []Rule        `json:"rules"`
	Files              []FileReport  `json:"files"`
	Skipped            []SkippedFile `json:"skipped"`
	Tables             []TableReport `json:"tables"`
	People             int64         `json:"people"`
	PersonYears        int64         `json:"person_years"`
	MonthsAfterDeath   int64         `json:"months_after_death"`   // not written, though CMS counts them as covered
	LinesWithSpecialty int64         `json:"lines_with_specialty"` // whose specialty came from the override
	Counties           CountyUse     `json:"person_years_by_county_source"`
	TieOut             []TieOut      `json:"tie_out"`
	Unmatched          []Unmatched   `json:"claims_without_summary"`
}

// Rule is one reading of the package doc as this import followed it.
type Rule struct {
	Number  string `json:"number"` // P1 to P11
	Name    string `json:"name"`
	Value   string `json:"value"`
	Default bool   `json:"default"`
	Says    string `json:"says"`
}

// Why a row is not in the imported tables.
const (
	NoServiceDate      = "no_service_date"      // P2
	RepeatedClaim      = "repeated_claim"       // P3
	LineWithoutTIN     = "line_without_tin"     // P4
	RepeatedPersonYear = "repeated_person_year" // a person twice in a year's summaries
)

// FileReport is one file's rows and dollars: read = kept + set aside. A row of
// a carrier file is a claim; what is read, kept and set aside there are its
// lines. Dollars are payments, of a beneficiary summary CMS's annual inpatient
// and outpatient reimbursement.
type FileReport struct {
	File        string     `json:"file"`
	Layout      string     `json:"layout"`
	Rows        int64      `json:"rows"`
	Read        Amount     `json:"read"`
	Kept        Amount     `json:"kept"`
	SetAside    []SetAside `json:"set_aside"`
	DatesFilled int64      `json:"dates_filled"` // rows with one date taken from another (P2)
}

// Amount is a number of rows and their dollars.
type Amount struct {
	Rows    int64           `json:"rows"`
	Dollars decimal.Decimal `json:"dollars"`
}

// SetAside is what a file lost to one reason.
type SetAside struct {
	Reason string `json:"reason"`
	Amount
}

// SkippedFile is a CSV file that the import does not use.
type SkippedFile struct {
	File   string `json:"file"`
	Layout string `json:"layout"`
}

// TableReport is one table written.
type TableReport struct {
	Table string `json:"table"`
	File  string `json:"file"`
	Amount
}

// dollars is an amount of cents, exactly.
func dollars(cents int64) decimal.Decimal { return decimal.New(cents, -2) }

// A tally counts a file's rows and cents while it is read.
type tally struct {
	file        sourceFile
	rows        int64
	readSum     tallied
	kept        tallied
	aside       map[string]*tallied
	datesFilled int64
}

type tallied struct{ rows, cents int64 }

func (t *tallied) add(rows, cents int64) {
	t.rows += rows
	t.cents += cents
}

func (t tallied) amount() Amount { return Amount{t.rows, dollars(t.cents)} }

func newTally(f sourceFile) *tally {
	return &tally{file: f, aside: make(map[string]*tallied)}
}

func (t *tally) read(rows, cents int64) { t.readSum.add(rows, cents) }
func (t *tally) keep(rows, cents int64) { t.kept.add(rows, cents) }

func (t *tally) setAside(reason string, rows, cents int64) {
	if t.aside[reason] == nil {
		t.aside[reason] = &tallied{}
	}
	t.aside[reason].add(rows, cents)
}

func (t *tally) report() FileReport {
	r := FileReport{
		File: t.file.name, Layout: string(t.file.layout), Rows: t.rows,
		Read: t.readSum.amount(), Kept: t.kept.amount(), DatesFilled: t.datesFilled,
		SetAside: []SetAside{},
	}
	for _, reason := range []string{NoServiceDate, RepeatedClaim, LineWithoutTIN, RepeatedPersonYear} {
		if a := t.aside[reason]; a != nil {
			r.SetAside = append(r.SetAside, SetAside{reason, a.amount()})
		}
	}
	return r
}

// wrote notes a finished table.
func (im *importer) wrote(table string, rows, cents int64) {
	im.report.Tables = append(im.report.Tables, TableReport{table, parquetName(table), Amount{rows, dollars(cents)}})
}

// SetAsideTotal sums a reason over the files.
func (r Report) SetAsideTotal(reason string) Amount {
	total := Amount{Dollars: decimal.Zero}
	for _, f := range r.Files {
		if i := slices.IndexFunc(f.SetAside, func(s SetAside) bool { return s.Reason == reason }); i >= 0 {
			total.Rows += f.SetAside[i].Rows
			total.Dollars = total.Dollars.Add(f.SetAside[i].Dollars)
		}
	}
	return total
}
