package publish

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// every holds each type that is published.
var every = schemas.Table{
	Name: "every",
	Key:  []string{"aco_id", "year"},
	Columns: []schemas.Column{
		{Name: "aco_id", Type: schemas.Varchar},
		{Name: "year", Type: schemas.Integer},
		{Name: "months", Type: schemas.Bigint, Nullable: true},
		{Name: "projected", Type: schemas.Boolean, Nullable: true},
		{Name: "latest", Type: schemas.Date, Nullable: true},
		{Name: "dollars", Type: schemas.Decimal(18, 2), Nullable: true},
		{Name: "score_sum", Type: schemas.Decimal(24, 6), Nullable: true},
		{Name: "criteria", Type: schemas.VarcharList, Nullable: true},
	},
}

func day(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

func everyRows() [][]any {
	return [][]any{
		{"A0001", int64(2024), int64(1) << 40, true, day("2024-02-29"), decimal.RequireFromString("-0.01"), decimal.RequireFromString("123456789012345678.123456"), []string{"a", "d"}},
		{"A0001", 2025, nil, nil, nil, nil, nil, nil},
		{"A0002", int64(2024), int64(0), false, day("1969-12-31"), decimal.RequireFromString("1200"), decimal.Zero, []string{}},
	}
}

func TestWriteTableReadsBackExactly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "every.parquet")
	if err := WriteTable(path, every, everyRows()); err != nil {
		t.Fatal(err)
	}
	r, err := file.OpenParquetFile(path, false)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got := r.MetaData().GetCreatedBy(); got != createdBy {
		t.Errorf("created by %q", got)
	}
	if got := r.MetaData().KeyValueMetadata().FindValue("leadline.table"); got == nil || *got != "every" {
		t.Errorf("metadata leadline.table is %v", got)
	}
	arrowReader, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	table, err := arrowReader.ReadTable(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer table.Release()
	var got []string
	for i, f := range table.Schema().Fields() {
		column := table.Column(i).Data().Chunk(0)
		var values []string
		for row := 0; row < column.Len(); row++ {
			values = append(values, column.ValueStr(row))
		}
		got = append(got, fmt.Sprintf("%s %s null:%v %s", f.Name, f.Type, f.Nullable, strings.Join(values, " | ")))
	}
	want := []string{
		"aco_id utf8 null:false A0001 | A0001 | A0002",
		"year int32 null:false 2024 | 2025 | 2024",
		"months int64 null:true 1099511627776 | (null) | 0",
		"projected bool null:true true | (null) | false",
		"latest date32 null:true 2024-02-29 | (null) | 1969-12-31",
		"dollars decimal(18, 2) null:true -0.01 | (null) | 1200",
		"score_sum decimal(24, 6) null:true 123456789012345678.123456 | (null) | 0",
		`criteria list<element: utf8, nullable> null:true ["a","d"] | (null) | []`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Twice, since what differs between runs (a map's order, a pool's buffers)
// does so by chance; oneEncoding takes the chance out. The texts and numbers
// would outgrow a default dictionary.
func TestWriteTableGivesEqualBytes(t *testing.T) {
	dir := t.TempDir()
	rows := make([][]any, 0, 11*rowGroupRows/10)
	for i := range cap(rows) {
		rows = append(rows, []any{fmt.Sprintf("A%030d", i), int64(2024), int64(i), i%2 == 0, day("2024-01-01"),
			decimal.New(int64(i), -2), decimal.New(int64(i*7919), -6), []string{fmt.Sprintf("%030d", i)}})
	}
	var first []byte
	for i := range 2 {
		path := filepath.Join(dir, fmt.Sprint(i))
		if err := WriteTable(path, every, rows); err != nil {
			t.Fatal(err)
		}
		again, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = again
		}
		if !bytes.Equal(first, again) {
			t.Fatal("equal rows, different bytes")
		}
	}
	r, err := file.NewParquetReader(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	if r.NumRowGroups() != 2 || r.NumRows() != int64(len(rows)) {
		t.Errorf("%d row groups, %d rows", r.NumRowGroups(), r.NumRows())
	}
	oneEncoding(t, r)
}

// oneEncoding holds what writerProperties promises, not left to chance.
func oneEncoding(t *testing.T, r *file.Reader) {
	t.Helper()
	for g := range r.NumRowGroups() {
		for c := range r.MetaData().Schema.NumColumns() {
			chunk, err := r.MetaData().RowGroup(g).ColumnChunk(c)
			if err != nil {
				t.Fatal(err)
			}
			var data int
			for _, s := range chunk.EncodingStats() {
				if s.PageType.String() != "DICTIONARY_PAGE" {
					data++
				}
			}
			if data != 1 {
				t.Errorf("row group %d, column %d: %d data encodings, want 1", g, c, data)
			}
		}
	}
}

func TestWriteTableWithoutRows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none.parquet")
	if err := WriteTable(path, every, nil); err != nil {
		t.Fatal(err)
	}
	if rows, err := parquetRows(path); err != nil || rows != 0 {
		t.Errorf("%d rows, %v", rows, err)
	}
}

func TestWriteTableRefuses(t *testing.T) {
	tests := []struct {
		name string
		rows func([][]any) [][]any
		want string
	}{
		{"one key twice", func(r [][]any) [][]any { r[1][1] = int64(2024); return r }, "rows 1 and 2 have one key (aco_id, year)"},
		{"rows out of order", func(r [][]any) [][]any { r[0], r[2] = r[2], r[0]; return r }, "row 2 comes before row 1 by the key (aco_id, year)"},
		{"a null key", func(r [][]any) [][]any { r[0][0] = nil; return r }, "column aco_id: a null in a column that may not be null"},
		{"a third place", func(r [][]any) [][]any { r[0][5] = decimal.RequireFromString("0.005"); return r }, "column dollars: a decimal has more than 2 places; round it by its rule before publishing"},
		{"too many digits", func(r [][]any) [][]any { r[0][5] = decimal.New(1, 16); return r }, "column dollars: a decimal does not fit DECIMAL(18,2)"},
		{"a float", func(r [][]any) [][]any { r[0][5] = 0.5; return r }, "column dollars: a Go float64 does not fit DECIMAL(18,2)"},
		{"a year beyond an INTEGER", func(r [][]any) [][]any { r[2][1] = int64(1) << 32; return r }, "column year: a Go int64 does not fit INTEGER"},
		{"a row cut short", func(r [][]any) [][]any { r[2] = r[2][:3]; return r }, "row 3 has 3 values for 8 columns"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "refused.parquet")
			err := WriteTable(path, every, tt.rows(everyRows()))
			if err == nil || !strings.HasSuffix(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if _, err := os.Stat(path); err == nil {
				t.Error("a refused table left a file")
			}
		})
	}
}

// A trailing zero is no place: 0.500 fits two places.
func TestWriteTableTakesTrailingZeros(t *testing.T) {
	rows := everyRows()
	rows[0][5] = decimal.RequireFromString("0.500")
	if err := WriteTable(filepath.Join(t.TempDir(), "zeros.parquet"), every, rows); err != nil {
		t.Error(err)
	}
}

func TestNoPublishedTableHoldsAFloatOrATimestamp(t *testing.T) {
	for _, table := range schemas.Outputs() {
		if _, err := arrowSchema(table); err != nil {
			t.Errorf("%s: %v", table.Name, err)
		}
	}
}
