package input

import (
	"context"
	"fmt"
	"strings"

	"leadline/schemas"
)

// ReadSmall reads the lists and reference tables whole, from CSV or Parquet,
// each cell held against its column. A table whose header or footer is wrong
// is left out; a wrong cell reads as null, so that one mistake is one finding.
func ReadSmall(ctx context.Context, sources []Source, performanceYear int) (map[string]*Rows, []Finding, error) {
	tables := map[string]*Rows{}
	var findings []Finding
	for _, s := range sources {
		if !s.Table.CSV {
			continue
		}
		r := smallReader{source: s, performanceYear: performanceYear, rows: &Rows{Table: s.Table, Present: map[string]bool{}}}
		for _, file := range s.Files {
			if err := ctx.Err(); err != nil {
				return nil, nil, err
			}
			r.readFile(file)
		}
		r.uniqueRows()
		r.emptyTable()
		r.unknownValues()
		findings = append(findings, r.tally()...)
		if !r.broken {
			tables[s.Table.Name] = r.rows
		}
	}
	return tables, findings, nil
}

// smallReader reads one small table.
type smallReader struct {
	source          Source
	performanceYear int
	rows            *Rows
	broken          bool // a file's header could not be read
	findings        []Finding
	cells           map[cellKind]*Finding // one finding a kind of mistake
	order           []cellKind
}

// cellKind groups the mistakes that one finding reports: the same one in the
// same column of the same file.
type cellKind struct{ file, column, message string }

func (r *smallReader) readFile(file File) {
	if file.IsCSV() {
		r.readCSV(file)
		return
	}
	r.readParquet(file)
}

func (r *smallReader) fileError(file File, check, column, message, remedy string) {
	r.broken = true
	r.findings = append(r.findings, Finding{
		Check: check, Severity: Error, Table: r.source.Table.Name, File: file.Name, Column: column,
		Rule: "contract 1", Message: message, Remedy: remedy,
	})
}

// cell files one wrong cell under its kind.
func (r *smallReader) cell(file File, row int64, column schemas.Column, bad cellError) {
	kind := cellKind{file.Name, column.Name, bad.message}
	if f, ok := r.cells[kind]; ok {
		f.Rows++
		return
	}
	if r.cells == nil {
		r.cells = map[cellKind]*Finding{}
	}
	r.order = append(r.order, kind)
	r.cells[kind] = &Finding{
		Check: bad.check, Severity: Error, Table: r.source.Table.Name, File: file.Name, Column: column.Name,
		Row: row, Rows: 1, Rule: cellRule(column), Message: column.Name + " " + bad.message, Remedy: bad.remedy,
	}
}

func cellRule(c schemas.Column) string {
	switch {
	case c.Form == schemas.FormTIN:
		return "R25"
	case c.Form == schemas.FormShare:
		return "R22"
	}
	return "contract 1"
}

// tally hands over the findings, the rows of each kind of mistake counted.
func (r *smallReader) tally() []Finding {
	for _, kind := range r.order {
		r.findings = append(r.findings, *r.cells[kind])
	}
	return r.findings
}

// record adds a row, each cell by its text or by its value as Parquet has it.
// Cells of the path stand for all rows of a file.
func (r *smallReader) record(file File, row int64, cell func(schemas.Column) (any, error)) {
	record := Record{File: file.Name, Row: row, rows: r.rows, values: make([]any, len(r.source.Table.Columns))}
	for i, c := range r.source.Table.Columns {
		v, err := cell(c)
		if err == nil && v == nil && file.Partition[c.Name] != "" {
			v, err = parseCell(c, file.Partition[c.Name])
		}
		if text, ok := v.(string); ok && strings.TrimSpace(text) == "" {
			v = nil
		}
		if err == nil && v != nil {
			v, err = checkForm(c, v, r.performanceYear)
		}
		if err == nil && v == nil && !c.MayBeNull() {
			err = cellError{CheckNull, "is empty", "give a value in every row"}
		}
		if err != nil {
			r.cell(file, row, c, asCellError(err))
			continue
		}
		record.values[i] = v
	}
	r.rows.Records = append(r.rows.Records, record)
}

func (r *smallReader) emptyTable() {
	if r.source.Table.Required && !r.broken && len(r.source.Files) > 0 && len(r.rows.Records) == 0 {
		r.findings = append(r.findings, Finding{
			Check: CheckEmptyTable, Severity: Error, Table: r.source.Table.Name, Rule: "contract 1",
			Message: "the table has no row", Remedy: "give the table's rows; a run needs them",
		})
	}
}

// unknownValues warns of values beyond an open list: nothing is refused, but
// a misspelled one does nothing.
func (r *smallReader) unknownValues() {
	for _, c := range r.source.Table.Columns {
		if len(c.Known) == 0 {
			continue
		}
		known := map[string]bool{"": true}
		for _, k := range c.Known {
			known[k] = true
		}
		f := Finding{
			Check: CheckUnknownValue, Severity: Warning, Table: r.source.Table.Name, Column: c.Name, Rule: "contract 1",
			Message: fmt.Sprintf("%s is none of %s", c.Name, strings.Join(c.Known, ", ")), Remedy: "correct the spelling; the row has no effect as it is",
		}
		for _, record := range r.rows.Records {
			if known[record.Text(c.Name)] {
				continue
			}
			if f.Rows++; f.Rows == 1 {
				f.File, f.Row = record.File, record.Row
			}
		}
		if f.Rows > 0 {
			r.findings = append(r.findings, f)
		}
	}
}
