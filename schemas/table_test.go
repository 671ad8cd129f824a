package schemas

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// Asserts no values: every definition is complete enough to drive the check
// and to be read.
func TestDefinitionsAreComplete(t *testing.T) {
	for _, group := range [][]Table{Inputs(), Outputs()} {
		var names []string
		for _, table := range group {
			names = append(names, table.Name)
			if table.Doc == "" || !strings.HasSuffix(table.Doc, ".") {
				t.Errorf("%s: doc %q, want a sentence", table.Name, table.Doc)
			}
			if len(table.Key) == 0 {
				t.Errorf("%s: no key", table.Name)
			}
			for _, k := range table.Key {
				if _, ok := table.Column(k); !ok {
					t.Errorf("%s: key column %s is not a column", table.Name, k)
				}
			}
			checkColumns(t, table)
		}
		if dup := firstDuplicate(names); dup != "" {
			t.Errorf("table %s is defined twice", dup)
		}
	}
}

func checkColumns(t *testing.T, table Table) {
	t.Helper()
	if dup := firstDuplicate(table.ColumnNames()); dup != "" {
		t.Errorf("%s: column %s is defined twice", table.Name, dup)
	}
	for _, c := range table.Columns {
		if c.Doc == "" {
			t.Errorf("%s.%s: no doc", table.Name, c.Name)
		}
		if c.Type.Kind == KindDecimal && (c.Type.Precision < c.Type.Scale || c.Type.Precision > 38) {
			t.Errorf("%s.%s: type %s", table.Name, c.Name, c.Type)
		}
		if c.Type.Kind == KindDecimal && c.Unit == "" && c.Name != "score" && c.Name != "value" && table.Name != "identity" {
			t.Errorf("%s.%s: a number without a unit", table.Name, c.Name)
		}
	}
}

func firstDuplicate(names []string) string {
	sorted := slices.Sorted(slices.Values(names))
	for i := 1; i < len(sorted); i++ {
		if sorted[i] == sorted[i-1] {
			return sorted[i]
		}
	}
	return ""
}

func TestMissingInputs(t *testing.T) {
	required := []string{"professional_claim_line", "institutional_claim", "enrollment_month", "beneficiary", "participant_tin", "aco"}
	if got := MissingInputs(nil); !slices.Equal(got, required) {
		t.Errorf("MissingInputs(nil) = %v, want %v", got, required)
	}
	if got := MissingInputs(required); got != nil {
		t.Errorf("MissingInputs(all) = %v, want none", got)
	}
	spans := append(slices.Clone(required[:2]), "enrollment_span", "beneficiary", "participant_tin", "aco")
	if got := MissingInputs(spans); got != nil {
		t.Errorf("MissingInputs(with spans) = %v, want none: spans stand in for months", got)
	}
}

func TestWriteMarkdown(t *testing.T) {
	table, ok := Input("mbi_crosswalk")
	if !ok {
		t.Fatal("mbi_crosswalk is not an input")
	}
	var b strings.Builder
	if err := WriteMarkdown(&b, []Table{table}); err != nil {
		t.Fatal(err)
	}
	want := `## mbi_crosswalk

Changed beneficiary identifiers, followed to their end before anything else (R25).

Key: old. Parquet or CSV.

| column | type | may be | meaning |
|---|---|---|---|
| old | VARCHAR |  | the earlier identifier |
| new | VARCHAR |  | the one that replaced it |
`
	if b.String() != want {
		t.Errorf("WriteMarkdown =\n%s\nwant\n%s", b.String(), want)
	}
}

func TestTypeInJSON(t *testing.T) {
	got, err := json.Marshal(column("paid_amount", Money, "paid"))
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"name":"paid_amount","type":"DECIMAL(12,2)","doc":"paid"}`; string(got) != want {
		t.Errorf("JSON = %s, want %s", got, want)
	}
}
