package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"leadline/schemas"
)

// Every table has the contract's columns in its types: none that it does not
// know, none that it requires left out, and a null only where it may be.
func TestTablesAreTheContracts(t *testing.T) {
	r, out := mustImport(t, madeSource.write(t), nil)
	for _, written := range r.Tables {
		table, ok := schemas.Input(written.Table)
		if !ok {
			t.Errorf("%s is no table of the contract", written.Table)
			continue
		}
		has := make(map[string]bool)
		for _, field := range openSchema(t, filepath.Join(out, written.File)).Fields() {
			has[field.Name()] = true
			column, ok := table.Column(field.Name())
			if !ok {
				t.Errorf("%s.%s is no column of the contract", table.Name, field.Name())
				continue
			}
			if got := sqlType(field); got != column.Type.SQL() {
				t.Errorf("%s.%s is %s, want %s", table.Name, column.Name, got, column.Type)
			}
			if field.Optional() && !column.MayBeNull() {
				t.Errorf("%s.%s may be null in the file, not in the contract", table.Name, column.Name)
			}
		}
		for _, column := range table.Columns {
			if !column.Optional && !has[column.Name] {
				t.Errorf("%s.%s is missing", table.Name, column.Name)
			}
		}
	}
}

// The run file names a file for every table that a run requires.
func TestRunFileNamesWhatARunRequires(t *testing.T) {
	r, _ := mustImport(t, madeSource.write(t), nil)
	given := []string{"participant_tin", "aco"}
	for _, written := range r.Tables {
		given = append(given, written.Table)
	}
	if missing := schemas.MissingInputs(given); len(missing) > 0 {
		t.Errorf("missing: %v", missing)
	}
}

func openSchema(t *testing.T, path string) *parquet.Schema {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	opened, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	return opened.Schema()
}

// sqlType is a Parquet column's type as the contract writes it.
func sqlType(field parquet.Field) string {
	var annotation any
	if logical := field.Type().LogicalType(); logical != nil {
		annotation = logical.Value
	}
	switch logical := annotation.(type) {
	case *format.ListType:
		// Three levels, list and element, is what engines read as a plain list.
		if lists := field.Fields(); len(lists) == 1 && lists[0].Name() == "list" && lists[0].Repeated() &&
			len(lists[0].Fields()) == 1 && lists[0].Fields()[0].Name() == "element" {
			return sqlType(lists[0].Fields()[0]) + "[]"
		}
		return "a list of another shape"
	case *format.StringType:
		return "VARCHAR"
	case *format.DateType:
		return "DATE"
	case *format.DecimalType:
		return fmt.Sprintf("DECIMAL(%d,%d)", logical.Precision, logical.Scale)
	}
	switch field.Type().Kind() {
	case parquet.Boolean:
		return "BOOLEAN"
	case parquet.Int32:
		return "INTEGER"
	}
	return field.Type().String()
}
