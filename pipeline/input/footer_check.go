package input

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"leadline/schemas"
)

// Presence tells in which files of a table a column is.
type Presence int

// A column of a table is in no file, in some of them, or in all.
const (
	Absent Presence = iota
	InSome
	InAll
)

// TableFooters is what the footers of a table's files tell.
type TableFooters struct {
	Table   schemas.Table
	Files   []FileFooter
	Columns map[string]Presence // of the contract's columns
	// PathColumns stand only in the paths of hive-partitioned files.
	PathColumns []string
	Rows        int64
	bounds      map[string]bounds // of the columns that stand in files
}

// FileFooter is one file's rows and row groups.
type FileFooter struct {
	File
	Rows int64
	// FirstRow is each row group's first row, counted from 0 in the file.
	FirstRow []int64
	columns  map[string]Presence // of the contract's columns, in this file
}

// Has tells whether any file of the table has the column.
func (t TableFooters) Has(column string) bool { return t.Columns[column] != Absent }

// Only is what is told of one of the table's files alone.
func (t TableFooters) Only(file FileFooter) TableFooters {
	t.Files, t.Columns, t.Rows = []FileFooter{file}, file.columns, file.Rows
	return t
}

// Paths lists the table's files in order.
func (t TableFooters) Paths() []string {
	paths := make([]string, len(t.Files))
	for i, f := range t.Files {
		paths[i] = f.Path
	}
	return paths
}

// CheckFooters reads the footer of every Parquet file of every table, and
// nothing else of them. CSV files are left to ReadSmall.
func CheckFooters(ctx context.Context, sources []Source) (map[string]TableFooters, []Finding, error) {
	tables := map[string]TableFooters{}
	var findings []Finding
	for _, s := range sources {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		c := footerCheck{source: s, types: map[string]map[string]string{}}
		c.run()
		if len(c.table.Files) > 0 || len(c.findings) > 0 {
			tables[s.Table.Name] = c.table
		}
		findings = append(findings, c.findings...)
	}
	return tables, findings, nil
}

type footerCheck struct {
	source   Source
	table    TableFooters
	seen     map[string]int               // files that have the column
	types    map[string]map[string]string // column, type, first file of it
	findings []Finding
}

func (c *footerCheck) run() {
	c.table = TableFooters{Table: c.source.Table, Columns: map[string]Presence{}, bounds: map[string]bounds{}}
	c.seen = map[string]int{}
	for _, file := range c.source.Files {
		if !file.IsCSV() || !c.source.Table.CSV {
			c.file(file)
		}
	}
	large := c.source.Table.Required && !c.source.Table.CSV
	if large && len(c.findings) == 0 && c.table.Rows == 0 && len(c.source.Files) > 0 {
		c.add(CheckEmptyTable, Error, File{}, "", "the table has no row", "give the table's rows; a run needs them")
	}
	for name, n := range c.seen {
		c.table.Columns[name] = InSome
		if n == len(c.table.Files) {
			c.table.Columns[name] = InAll
		}
	}
	c.differences()
}

func (c *footerCheck) file(file File) {
	d, err := readFooter(file.Path)
	if bad := (footerError{}); errors.As(err, &bad) {
		c.add(bad.check, Error, file, "", bad.message, bad.remedy)
		return
	}
	if err != nil {
		c.findings = append(c.findings, unreadable(c.source.Table, file.Name, err))
		return
	}
	columns := map[string]Presence{}
	for _, column := range c.source.Table.Columns {
		before := c.seen[column.Name]
		if c.column(file, d, column); c.seen[column.Name] > before {
			columns[column.Name] = InAll
		}
	}
	c.table.Files = append(c.table.Files, FileFooter{File: file, Rows: d.rows, FirstRow: d.firstRow, columns: columns})
	c.table.Rows += d.rows
}

func (c *footerCheck) column(file File, d footer, column schemas.Column) {
	p, ok := d.columns[column.Name]
	if !ok {
		if _, inPath := file.Partition[column.Name]; inPath {
			c.seen[column.Name]++
			c.bounds(column.Name, bounds{})
			if !slices.Contains(c.table.PathColumns, column.Name) {
				c.table.PathColumns = append(c.table.PathColumns, column.Name)
			}
			return
		}
		if !column.Optional {
			c.add(CheckMissingColumn, Error, file, column.Name, "column "+column.Name+" is missing"+nearColumn(column.Name, d.order), missingRemedy(column))
		}
		return
	}
	c.seen[column.Name]++
	c.bounds(column.Name, d.bounds[column.Name])
	if r := accept(column, p); r.check != "" {
		c.add(r.check, Error, file, column.Name, r.message, r.remedy)
		return
	}
	if c.types[column.Name] == nil {
		c.types[column.Name] = map[string]string{}
	}
	if _, ok := c.types[column.Name][p.name]; !ok {
		c.types[column.Name][p.name] = file.Name
	}
}

func (c *footerCheck) bounds(column string, b bounds) {
	if earlier, ok := c.table.bounds[column]; ok {
		b = earlier.and(b)
	}
	c.table.bounds[column] = b
}

// differences names the columns that not all files have, or have alike. Both
// are read without loss, but a month written otherwise is often a mistake.
func (c *footerCheck) differences() {
	for _, column := range c.source.Table.Columns {
		if types := c.types[column.Name]; len(types) > 1 {
			names := slices.Sorted(maps.Keys(types))
			c.add(CheckTypeDiffers, Warning, File{Name: types[names[len(names)-1]]}, column.Name,
				fmt.Sprintf("%s has different types in different files: %s", column.Name, strings.Join(names, ", ")),
				"write every file with "+column.Type.SQL())
		}
		if column.Optional && c.table.Columns[column.Name] == InSome {
			c.add(CheckPartlyAbsent, Warning, File{}, column.Name,
				fmt.Sprintf("%s is in %d of %d files; it counts as null in the others", column.Name, c.seen[column.Name], len(c.table.Files)),
				"write every file with the column, or none")
		}
	}
}

func (c *footerCheck) add(check string, s Severity, file File, column, message, remedy string) {
	c.findings = append(c.findings, Finding{
		Check: check, Severity: s, Table: c.source.Table.Name, File: file.Name, Column: column,
		Rule: "contract 1", Message: message, Remedy: remedy,
	})
}

// nearColumn points out a column that differs in case or blanks only.
func nearColumn(want string, have []string) string {
	for _, name := range have {
		if strings.EqualFold(strings.TrimSpace(name), want) {
			return fmt.Sprintf("; there is %q, but names are lower case without blanks", name)
		}
	}
	return ""
}

func missingRemedy(c schemas.Column) string {
	return fmt.Sprintf("add it as %s: %s", c.Type.SQL(), c.Doc)
}
