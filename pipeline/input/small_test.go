package input_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"leadline/pipeline/input"
	"leadline/schemas"
)

// readOne reads one small table from a file.
func readOne(t *testing.T, table, path string) (*input.Rows, []input.Finding) {
	t.Helper()
	source, findings := input.Resolve(mustInput(t, table), filepath.Base(path), filepath.Dir(path))
	rows, found, err := input.ReadSmall(t.Context(), []input.Source{source}, performanceYear)
	if err != nil {
		t.Fatal(err)
	}
	return rows[table], append(findings, found...)
}

func TestResolveCrosswalk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mbi_crosswalk.csv")
	writeFile(t, path, []byte("old,new\nB1,B2\nB2,B3\nB7,B8\n"))
	rows, _ := readOne(t, "mbi_crosswalk", path)
	final, findings := input.ResolveCrosswalk(rows)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	want := map[string]string{"B1": "B3", "B2": "B3", "B7": "B8"}
	for old, end := range want {
		if final[old] != end {
			t.Errorf("%s leads to %s, want %s", old, final[old], end)
		}
	}
	if len(final) != len(want) {
		t.Errorf("%d identifiers, want %d", len(final), len(want))
	}
}

// A CSV's cells come out typed, its absent columns as nulls.
func TestSmallCSVValues(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "aco.csv")
	writeFile(t, path, []byte("aco_id,name,risk_option,experience,alignment_option,first_performance_year,prior_savings_2024,prior_person_years\n"+
		"A1,One,global,renewing,prospective,2027,-80.5,40\nA2,,professional,newly_entering,hybrid,2027,,\n"))
	rows, findings := readOne(t, "aco", path)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	if rows.Present["prior_savings_2025"] || !rows.Present["prior_savings_2024"] {
		t.Errorf("Present = %v, want prior_savings_2024 alone of its kind", rows.Present)
	}
	first := rows.Records[0]
	if first.Text("name") != "One" || first.Int("first_performance_year") != 2027 || first.Decimal("prior_savings_2024").String() != "-80.5" || first.NullDecimal("prior_savings_2025") != nil {
		t.Errorf("first row reads %v", first.Values())
	}
	if !rows.Records[1].IsNull("name") || !rows.Records[1].IsNull("prior_person_years") {
		t.Errorf("second row reads %v, want nulls where it was blank", rows.Records[1].Values())
	}
}

func TestSmallDatesAndBooleans(t *testing.T) {
	path := filepath.Join(t.TempDir(), "participant_tin.csv")
	writeFile(t, path, []byte(tinHeader+"A1,00-1234567,2024-02-29,1999-12-31,yes\n"))
	rows, _ := readOne(t, "participant_tin", path)
	r := rows.Records[0]
	if r.Text("tin") != "001234567" || !r.Bool("recent_mssp") ||
		r.Date("effective_date").Format(time.DateOnly) != "2024-02-29" || r.Date("end_date").Format(time.DateOnly) != "1999-12-31" {
		t.Errorf("row reads %v", r.Values())
	}
}

// A small table in Parquet is held against the same forms as in CSV.
func TestSmallParquet(t *testing.T) {
	dir := t.TempDir()
	tin := func(path, text string) {
		writeParquet(t, path, "participant_tin", []map[string]any{{"aco_id": "A1", "tin": text}}, nil, nil)
	}
	padded := filepath.Join(dir, "padded.parquet")
	tin(padded, " 12-3456789 ")
	rows, findings := readOne(t, "participant_tin", padded)
	if len(findings) > 0 || rows.Records[0].Text("tin") != "123456789" {
		t.Errorf("findings %v, want the TIN in its normal form", findings)
	}
	short := filepath.Join(dir, "short.parquet")
	tin(short, "12345678")
	_, findings = readOne(t, "participant_tin", short)
	compare(t, findings, []finding{failure(input.CheckIdentifier, "participant_tin", "tin").at("short.parquet", 0, 1).touching(1, "").saying("leading zero")})

	for name, n := range map[string]parquet.Node{
		"fixed": parquet.Decimal(4, 18, parquet.FixedLenByteArrayType(8)),
		"int32": parquet.Decimal(4, 9, parquet.Int32Type),
	} {
		path := filepath.Join(dir, name+".parquet")
		var v any = int32(-10500)
		if name == "fixed" {
			v = [8]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xd6, 0xfc} // -10500 in two's complement
		}
		row := map[string]any{"aco_id": "A1", "risk_option": "global", "experience": "renewing", "alignment_option": "hybrid", "first_performance_year": 2027, "prior_savings_2024": v}
		writeParquet(t, path, "aco", []map[string]any{row}, map[string]parquet.Node{"prior_savings_2024": n}, nil)
		rows, findings := readOne(t, "aco", path)
		if len(findings) > 0 || rows.Records[0].Decimal("prior_savings_2024").String() != "-1.05" {
			t.Errorf("%s: findings %v, want -1.05", name, findings)
		}
	}
}

// A small table whose Parquet is damaged is left out with one finding.
func TestDamagedSmallParquet(t *testing.T) {
	for name, damage := range map[string]func(*extract){
		"not Parquet":  func(e *extract) { e.files["aco.parquet"] = []byte("aco_id,name\n") },
		"a wrong type": func(e *extract) { e.nodes["aco"] = map[string]parquet.Node{"name": parquet.Int(32)} },
		"a column":     func(e *extract) { e.drop["aco"] = []string{"experience"} },
		"no row":       func(e *extract) { e.rows["aco"] = nil },
	} {
		t.Run(name, func(t *testing.T) {
			e := sound()
			delete(e.csv, "aco")
			e.rows["aco"] = []map[string]any{{"aco_id": "A1", "risk_option": "global", "experience": "renewing", "alignment_option": "hybrid", "first_performance_year": 2027}}
			damage(e)
			findings := e.check(t, nil)
			if name != "no row" && len(findings) != 1 {
				t.Errorf("%d findings, want one: %v", len(findings), findings)
			}
			if name == "no row" && (findings[0].Check != input.CheckEmptyTable || input.CountErrors(findings) != 2) { // and the list's ACOs are unknown
				t.Errorf("findings %v, want an empty table and a list of unknown ACOs", findings)
			}
		})
	}
}

// Asserts no values: every column of a small table can be read from text.
func TestEveryColumnIsReadable(t *testing.T) {
	text := map[schemas.Kind]string{
		schemas.KindVarchar: "01001", schemas.KindInteger: "2027", schemas.KindBigint: "1",
		schemas.KindBoolean: "true", schemas.KindDate: "2027-01-01", schemas.KindDecimal: "0.5",
	}
	for _, table := range schemas.Inputs() {
		if !table.CSV {
			continue
		}
		header, row := "", ""
		for _, c := range table.Columns {
			v := text[c.Type.Kind]
			switch {
			case len(c.Codes) > 0:
				v = c.Codes[0]
			case len(c.Known) > 0:
				v = c.Known[0]
			case c.Form == schemas.FormTIN:
				v = "001234567"
			}
			header, row = header+c.Name+",", row+v+","
		}
		path := filepath.Join(t.TempDir(), table.Name+".csv")
		writeFile(t, path, []byte(header+"\n"+row+"\n"))
		rows, findings := readOne(t, table.Name, path)
		for _, f := range findings {
			t.Error(f)
		}
		if rows == nil || len(rows.Records) != 1 {
			t.Errorf("%s: not read", table.Name)
		}
	}
}
