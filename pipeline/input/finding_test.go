package input_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"leadline/pipeline/engine"
	"leadline/pipeline/input"
	"leadline/schemas"
)

func TestPromote(t *testing.T) {
	findings := []input.Finding{{Check: input.CheckMonthGap, Severity: input.Warning}, {Check: input.CheckHCPCS, Severity: input.Warning}}
	if err := input.Promote(findings, []string{input.CheckMonthGap}); err != nil {
		t.Fatal(err)
	}
	if findings[0].Severity != input.Error || findings[1].Severity != input.Warning || input.CountErrors(findings) != 1 {
		t.Errorf("severities %s, %s: want the month gap alone an error", findings[0].Severity, findings[1].Severity)
	}
	for _, name := range []string{"month_gaps", input.CheckNull} {
		if err := input.Promote(findings, []string{name}); err == nil || !strings.Contains(err.Error(), input.CheckMonthGap) {
			t.Errorf("Promote(%s) = %v, want an error that lists the warnings", name, err)
		}
	}
}

func TestFindingInText(t *testing.T) {
	f := input.Finding{
		Check: input.CheckNull, Severity: input.Error, Table: "professional_claim_line", File: "a.parquet", Column: "tin", RowGroup: 2, Row: 3,
		Rows: 1, Dollars: decimal.RequireFromString("10.5"), Rule: "contract 1", Message: "1 row without tin", Remedy: "give a value in every row",
	}
	want := "error: professional_claim_line: 1 row without tin, 10.50 dollars paid (file a.parquet, row group 2, column tin, row 3); give a value in every row [null_value, contract 1]"
	if got := f.String(); got != want {
		t.Errorf("String = %q, want %q", got, want)
	}
}

func TestFindingInJSON(t *testing.T) {
	got, err := json.Marshal(input.Finding{Check: input.CheckNoFile, Severity: input.Error, Table: "aco", Rule: "contract 1", Message: "m", Remedy: "r"})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"check":"no_file","severity":"error","table":"aco","rule":"contract 1","message":"m","remedy":"r"}`
	if string(got) != want {
		t.Errorf("JSON = %s, want %s", got, want)
	}
}

func TestSortFindings(t *testing.T) {
	findings := []input.Finding{
		{Severity: input.Warning, Table: "aco"}, {Severity: input.Error, Table: "beneficiary", Row: 2},
		{Severity: input.Error, Table: "beneficiary", Row: 1}, {Severity: input.Error, Table: "aco"},
	}
	input.SortFindings(findings)
	var got []string
	for _, f := range findings {
		got = append(got, string(f.Severity)+" "+f.Table)
	}
	if want := "error aco,error beneficiary,error beneficiary,warning aco"; strings.Join(got, ",") != want || findings[1].Row != 1 {
		t.Errorf("order %v, want %s", got, want)
	}
}

type broken struct{}

var errEngine = errors.New("out of memory")

func (broken) QueryRows(context.Context, string) ([]string, [][]any, error) {
	return nil, nil, errEngine
}

func TestEngineFails(t *testing.T) {
	for _, table := range []string{lines, claims, enrollment, "beneficiary", "risk_score"} {
		tables := map[string]input.TableFooters{table: {Table: mustInput(t, table), Rows: 1}}
		_, err := input.CheckData(t.Context(), broken{}, input.Extract{Years: schemas.Years{Performance: 2027, FirstPerformance: 2027}, Tables: tables})
		if !errors.Is(err, errEngine) || !strings.Contains(err.Error(), table) {
			t.Errorf("%s: error %v, want the engine's, with the table", table, err)
		}
	}
}

// Without a short key, and with identifiers that are not the files', the same
// rows are counted; people's are not placed. An earlier identifier is no
// stranger and dies on its person's day.
func TestMappedExtract(t *testing.T) {
	e := sound()
	with(e.rows[lines][0], set{"bene_id": "B0", "from_date": "2026-01-01", "thru_date": "2026-01-01"})
	e.rows[lines][3]["bene_id"] = "B9"
	e.rows[enrollment] = append(e.rows[enrollment], months("B2", 1)...)
	dir, duck := t.TempDir(), open(t)
	sources, _ := input.ResolveAll(e.write(t, dir), dir)
	footers, _, err := input.CheckFooters(t.Context(), sources)
	if err != nil {
		t.Fatal(err)
	}
	tables := input.Checkable(footers, nil)
	bindMapped(t, duck, tables)
	findings, err := input.CheckData(t.Context(), querier{duck}, input.Extract{
		Years: schemas.Years{Performance: 2027, FirstPerformance: 2027}, Tables: tables, Scan: duck.ScanRows, PlaceWarnings: true, Mapped: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	input.SortFindings(findings)
	compare(t, findings, []finding{
		failure(input.CheckDuplicateKey, enrollment, "").touching(2, ""),
		warning(input.CheckNoBeneficiary, lines, "bene_id").touching(1, "10.50"),
		warning(input.CheckNoEnrollment, lines, "bene_id").touching(1, "10.50"),
		warning(input.CheckAfterDeath, lines, "thru_date").touching(1, "10.50"),
	})
}

// bindMapped binds tables with the crosswalk of B0, who is now B2.
func bindMapped(t *testing.T, duck *engine.DuckDB, tables map[string]input.TableFooters) {
	t.Helper()
	crosswalk := schemas.Relation{
		Name: input.Crosswalk, Columns: []schemas.Column{{Name: "given", Type: schemas.Varchar}, {Name: "latest", Type: schemas.Varchar}},
		Rows: [][]any{{"B0", "B2"}, {"B2", "B2"}},
	}
	if err := duck.Load(t.Context(), crosswalk); err != nil {
		t.Fatal(err)
	}
	for name, table := range tables {
		if err := duck.Bind(t.Context(), name+input.AsGiven, dataset(table)); err != nil {
			t.Fatal(err)
		}
		query := fmt.Sprintf("select t.* replace (coalesce(x.latest, t.bene_id) as bene_id) from %s as t left join %s as x on x.given = t.bene_id", name+input.AsGiven, input.Crosswalk)
		if err := duck.View(t.Context(), name, query); err != nil {
			t.Fatal(err)
		}
	}
}

// A TIN reads the same in SQL and in Go.
func TestTINExpression(t *testing.T) {
	duck := open(t)
	for _, text := range []string{"123456789", " 12-3456789 ", "00-1234567", "  001234567"} {
		query := "select " + input.TINExpression("tin") + " as tin from (select " + engine.Literal(text) + " as tin) as t"
		_, rows, err := querier{duck}.QueryRows(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		want, err := schemas.ParseTIN(text)
		if err != nil {
			t.Fatal(err)
		}
		if rows[0][0] != string(want) {
			t.Errorf("TINExpression(%q) = %v, want %s", text, rows[0][0], want)
		}
	}
}
