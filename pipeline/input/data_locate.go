package input

import (
	"fmt"
	"strings"
)

// locate finds the first row r, in the order of the files, of which a predicate
// over the table's columns is true. A row that cannot be found leaves the
// finding without a place.
func (d *dataCheck) locate(f *Finding, t TableFooters, bad string) {
	if d.Scan == nil || f.Severity == Warning && !d.PlaceWarnings {
		return
	}
	var columns []string
	for _, c := range t.Table.Columns {
		if t.Columns[c.Name] != Absent {
			columns = append(columns, fmt.Sprintf("cast(%s as %s) as %s", quote(c.Name), c.Type.SQL(), quote(c.Name)))
		}
	}
	row := d.row(t.Table.Name, fmt.Sprintf(
		"select file_name, cast(file_row_number as bigint) as row_number from (select %s, file_name, file_row_number from %s) as r where %s order by file_name, file_row_number limit 1",
		strings.Join(columns, ", "), d.Scan(t.Paths()), bad))
	if len(row) < 2 {
		return
	}
	path, _ := row[0].(string)
	number, _ := row[1].(int64)
	for _, file := range t.Files {
		if file.Path == path {
			f.File, f.RowGroup, f.Row = file.Name, rowGroupOf(file.FirstRow, number), number+1
		}
	}
}
