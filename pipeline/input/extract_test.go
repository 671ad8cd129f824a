package input_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/shopspring/decimal"

	"leadline/pipeline/engine"
	"leadline/pipeline/input"
	"leadline/schemas"
)

const performanceYear = 2027

// extract is a small extract in the making: tables as rows of column to value,
// lists as CSV text.
type extract struct {
	rows  map[string][]map[string]any
	nodes map[string]map[string]parquet.Node // types other than the contract's
	drop  map[string][]string                // columns left out
	csv   map[string]string
	files map[string][]byte // written as they are, over what was made
	entry map[string]string // run file entries other than table.parquet
	plain bool              // footers without extremes
}

// sound is an extract without a finding.
func sound() *extract {
	return &extract{
		rows: map[string][]map[string]any{
			"professional_claim_line": {
				line("C1", 1, "B1", "2018-11-01", nil), line("C1", 2, "B1", "2018-11-01", nil),
				line("C2", 1, "B2", "2024-03-05", nil), line("C3", 1, "B2", "2025-03-05", map[string]any{"tin": "00-1234567"}),
			},
			"institutional_claim": {claim("I1", "B1", "2024-05-06", nil), claim("I2", "B2", "2024-05-06", nil)},
			"beneficiary":         {person("B1", "1950-02-03", nil), person("B2", "1951-02-03", "2025-12-31")},
			"enrollment_month":    slices.Concat(months("B1", 14), months("B2", 14)),
		},
		csv: map[string]string{
			"aco":             "aco_id,risk_option,experience,alignment_option,first_performance_year\nA1,global,renewing,prospective,2027\nA2,global,renewing,hybrid,2027\n",
			"participant_tin": "aco_id,tin\nA1,123456789\nA2,001234567\n",
		},
		nodes: map[string]map[string]parquet.Node{}, drop: map[string][]string{}, files: map[string][]byte{}, entry: map[string]string{},
	}
}

func with(row, more map[string]any) map[string]any {
	maps.Copy(row, more)
	return row
}

func line(claimID string, number int, bene, date string, more map[string]any) map[string]any {
	return with(map[string]any{
		"claim_id": claimID, "line_number": number, "bene_id": bene, "claim_type_code": "71", "from_date": date, "thru_date": date,
		"hcpcs_code": "99213", "tin": "123456789", "npi": "0000000001", "specialty_code": "11",
		"allowed_amount": "100.00", "paid_amount": fmt.Sprintf("%d.50", 10*number),
	}, more)
}

func claim(id, bene, date string, more map[string]any) map[string]any {
	return with(map[string]any{
		"claim_id": id, "bene_id": bene, "claim_type_code": "60", "ccn": "010001", "from_date": date, "thru_date": date, "paid_amount": "5000.00",
	}, more)
}

func person(id, birth string, death any) map[string]any {
	return map[string]any{"bene_id": id, "birth_date": birth, "death_date": death}
}

// months are the given number of enrollment months from January 2024.
func months(bene string, n int) []map[string]any {
	var rows []map[string]any
	for i := range n {
		month := schemas.FirstOf(2024, time.January).AddDate(0, i, 0).Format(time.DateOnly)
		rows = append(rows, map[string]any{"bene_id": bene, "month": month, "part_a": true, "part_b": true, "medicare_advantage": false, "county_fips": "01001"})
	}
	return rows
}

// write puts the extract into a folder and returns its run file entries.
func (e *extract) write(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries := map[string]string{}
	for table, rows := range e.rows {
		var options []parquet.WriterOption
		if e.plain {
			options = skipBounds(table)
		}
		writeParquet(t, filepath.Join(dir, table+".parquet"), table, rows, e.nodes[table], e.drop[table], options...)
		entries[table] = table + ".parquet"
	}
	for table, text := range e.csv {
		writeFile(t, filepath.Join(dir, table+".csv"), []byte(text))
		entries[table] = table + ".csv"
	}
	for name, content := range e.files {
		writeFile(t, filepath.Join(dir, name), content)
	}
	maps.Copy(entries, e.entry)
	return entries
}

func writeFile(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// writeParquet writes rows with the contract's types, but for the nodes given.
func writeParquet(t *testing.T, path, table string, rows []map[string]any, nodes map[string]parquet.Node, drop []string, options ...parquet.WriterOption) {
	t.Helper()
	definition, ok := schemas.Input(table)
	if !ok {
		t.Fatalf("no table %s", table)
	}
	group := parquet.Group{}
	types := map[string]schemas.Type{}
	for _, c := range definition.Columns {
		used := !c.Optional || slices.ContainsFunc(rows, func(r map[string]any) bool { _, ok := r[c.Name]; return ok })
		if used && !slices.Contains(drop, c.Name) && c.Type != schemas.VarcharList {
			group[c.Name], types[c.Name] = parquet.Optional(node(c.Type)), c.Type
		}
	}
	for name, n := range nodes {
		group[name] = n
	}
	schema := parquet.NewSchema(table, group)
	var content strings.Builder
	writer := parquet.NewWriter(&content, append(options, schema, parquet.MaxRowsPerRowGroup(2))...)
	for _, row := range rows {
		values := make(parquet.Row, 0, len(group))
		for i, column := range schema.Columns() {
			v := value(t, types[column[0]], nodes[column[0]], row[column[0]])
			level := 1
			if v.IsNull() || nodes[column[0]] != nil && !nodes[column[0]].Optional() {
				level = 0
			}
			values = append(values, v.Level(0, level, i))
		}
		if _, err := writer.WriteRows([]parquet.Row{values}); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	writeFile(t, path, []byte(content.String()))
}

func skipBounds(table string) []parquet.WriterOption {
	definition, _ := schemas.Input(table)
	var options []parquet.WriterOption
	for _, c := range definition.Columns {
		options = append(options, parquet.SkipPageBounds(c.Name))
	}
	return options
}

func node(t schemas.Type) parquet.Node {
	switch t.Kind {
	case schemas.KindInteger:
		return parquet.Int(32)
	case schemas.KindBoolean:
		return parquet.Leaf(parquet.BooleanType)
	case schemas.KindDate:
		return parquet.Date()
	case schemas.KindDecimal:
		if t.Precision < 10 {
			return parquet.Decimal(t.Scale, t.Precision, parquet.Int32Type)
		}
		return parquet.Decimal(t.Scale, t.Precision, parquet.Int64Type)
	}
	return parquet.String()
}

// value stores a cell as its column's type, or as its Go type where the column
// has a node of its own.
func value(t *testing.T, typ schemas.Type, own parquet.Node, v any) parquet.Value {
	t.Helper()
	text, isText := v.(string)
	switch {
	case v == nil:
		return parquet.NullValue()
	case own != nil:
		return parquet.ValueOf(v)
	case isText && typ.Kind == schemas.KindDate:
		d, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return parquet.ValueOf(int32(d.Unix() / 86400))
	case isText && typ.Kind == schemas.KindDecimal:
		n := decimal.RequireFromString(text).Shift(int32(typ.Scale)).IntPart()
		if typ.Precision < 10 {
			return parquet.ValueOf(int32(n))
		}
		return parquet.ValueOf(n)
	case typ.Kind == schemas.KindInteger:
		return parquet.ValueOf(int32(v.(int)))
	}
	return parquet.ValueOf(v)
}

// querier runs checks on the embedded engine.
type querier struct{ *engine.DuckDB }

func (q querier) QueryRows(ctx context.Context, query string) ([]string, [][]any, error) {
	result, err := q.Query(ctx, query)
	if err != nil {
		return nil, nil, err
	}
	defer result.Release()
	rows, err := result.Values()
	return result.Columns(), rows, err
}

// open starts an engine, which the cases of a test share.
func open(t *testing.T) *engine.DuckDB {
	t.Helper()
	duck, err := engine.OpenDuckDB(t.Context(), engine.Options{WorkFolder: t.TempDir(), Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := duck.Close(); err != nil {
			t.Error(err)
		}
	})
	return duck
}

// check makes every check, as a run would.
func (e *extract) check(t *testing.T, duck *engine.DuckDB) []input.Finding {
	t.Helper()
	dir := t.TempDir()
	return checkEntries(t, duck, dir, e.write(t, dir))
}

func checkEntries(t *testing.T, duck *engine.DuckDB, dir string, entries map[string]string) []input.Finding {
	t.Helper()
	ctx := t.Context()
	sources, findings := input.ResolveAll(entries, dir)
	footers, found, err := input.CheckFooters(ctx, sources)
	if err != nil {
		t.Fatal(err)
	}
	findings = append(findings, found...)
	small, found, err := input.ReadSmall(ctx, sources, performanceYear)
	if err != nil {
		t.Fatal(err)
	}
	findings = append(findings, found...)
	findings = append(findings, input.CheckLists(small, performanceYear)...)
	if duck != nil {
		findings = append(findings, checkData(t, duck, input.Checkable(footers, findings), small)...)
	}
	input.SortFindings(findings)
	return findings
}

func checkData(t *testing.T, duck *engine.DuckDB, tables map[string]input.TableFooters, small map[string]*input.Rows) []input.Finding {
	t.Helper()
	ctx := t.Context()
	for name, table := range tables {
		if err := duck.Bind(ctx, name, dataset(table)); err != nil {
			t.Fatal(err)
		}
	}
	findings, err := input.CheckData(ctx, querier{duck}, input.Extract{
		Years: schemas.Years{Performance: performanceYear, FirstPerformance: 2027}, Tables: tables, Small: small, Scan: duck.ScanRows, PlaceWarnings: true,
		GroupKey: func(expression string) string { return "hash(" + expression + ")" },
	})
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

func dataset(table input.TableFooters) engine.Dataset {
	d := engine.Dataset{Files: table.Paths()}
	for _, c := range table.Table.Columns {
		d.Columns = append(d.Columns, engine.BoundColumn{Name: c.Name, Type: c.Type, Absent: !table.Has(c.Name)})
	}
	return d
}
