package input_test

import (
	"fmt"
	"strings"
	"testing"

	"leadline/pipeline/engine"
	"leadline/pipeline/input"
)

// A sound extract has no finding: every other test damages it in one way.
func TestSoundExtract(t *testing.T) {
	for _, f := range sound().check(t, open(t)) {
		t.Error(f)
	}
}

// damage is one way to break a sound extract, and everything that must then be
// found.
type damage struct {
	name string
	do   func(*extract)
	want []finding
}

// finding is what a test asserts of a Finding; says is part of its message or
// remedy.
type finding struct {
	check    string
	severity input.Severity
	table    string
	column   string
	file     string
	rowGroup int
	row      int64
	rows     int64
	dollars  string
	says     string
}

func failure(check, table, column string) finding {
	return finding{check: check, severity: input.Error, table: table, column: column}
}

func warning(check, table, column string) finding {
	return finding{check: check, severity: input.Warning, table: table, column: column}
}

// at says where the first row is: file, row group, row.
func (f finding) at(file string, rowGroup int, row int64) finding {
	f.file, f.rowGroup, f.row = file, rowGroup, row
	return f
}

// touching says how many rows and dollars.
func (f finding) touching(rows int64, dollars string) finding {
	f.rows, f.dollars = rows, dollars
	return f
}

func (f finding) saying(text string) finding {
	f.says = text
	return f
}

func (f finding) matches(got input.Finding) bool {
	dollars := ""
	if !got.Dollars.IsZero() {
		dollars = got.Dollars.StringFixed(2)
	}
	return f.check == got.Check && f.severity == got.Severity && f.table == got.Table && f.column == got.Column &&
		f.file == got.File && f.rowGroup == got.RowGroup && f.row == got.Row && f.rows == got.Rows && f.dollars == dollars &&
		strings.Contains(got.Message+got.Remedy, f.says)
}

// people are the identifiers in the extracts of these tests.
var people = []string{"B0", "B1", "B2", "B9", "1EG4TE5MK73"}

// runDamages makes the checks on files and lists alone where no engine is
// given.
func runDamages(t *testing.T, duck *engine.DuckDB, damages []damage) {
	t.Helper()
	for _, d := range damages {
		t.Run(d.name, func(t *testing.T) {
			e := sound()
			d.do(e)
			compare(t, e.check(t, duck), d.want)
		})
	}
}

func compare(t *testing.T, got []input.Finding, want []finding) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d findings, want %d", len(got), len(want))
	}
	for i, f := range got {
		if i >= len(want) || !want[i].matches(f) {
			t.Errorf("finding %d: %+v", i, f)
		}
		if f.Rule == "" || f.Remedy == "" {
			t.Errorf("finding %d: no rule or no remedy", i)
		}
		for _, id := range people {
			if strings.Contains(fmt.Sprintf("%s %+v", f, f), id) {
				t.Errorf("finding %d shows an identifier of a person", i)
			}
		}
	}
	if t.Failed() {
		for i, w := range want {
			t.Logf("want %d: %+v", i, w)
		}
	}
}
