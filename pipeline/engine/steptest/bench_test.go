package steptest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leadline/schemas"
)

// The bench stands on a step of its own, small enough to see through: the
// claims of more than ten dollars.
const header = `-- step:   named_claim
-- does:   Lists the claims of more than ten dollars.
-- reads:  institutional_claim (key: claim_id)
-- writes: named_claim
-- key:    claim_id
-- unit:   one row a claim
-- source: this test

`

const query = `select claim_id from institutional_claim where paid_amount > 10`

func step(t *testing.T, text string) schemas.Step {
	t.Helper()
	s, err := schemas.ParseStep(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func openWith(t *testing.T, steps ...schemas.Step) *Bench {
	t.Helper()
	return Open(t, Suite{Steps: steps, Relations: func(Run) ([]schemas.Relation, error) { return nil, nil }})
}

// A bench that lets a wrong case pass would look just like correct steps.
func TestHold(t *testing.T) {
	claims := "claim_id, paid_amount\nC1, 10.00\nC2, 10.01\nC3, null\n"
	tests := []struct {
		name  string
		files map[string]string
		want  string // a part of what is wrong; empty: nothing
	}{
		{"as it is", map[string]string{"institutional_claim.csv": claims, "want.csv": "claim_id\nC2\n"}, ""},
		{"in any order", map[string]string{"institutional_claim.csv": "claim_id, paid_amount\nC1, 11\nC2, 12\n", "want.csv": "claim_id\nC2\nC1\n"}, ""},
		{"a table without a file is empty", map[string]string{"want.csv": "claim_id\n"}, ""},
		{"a row too few", map[string]string{"institutional_claim.csv": claims, "want.csv": "claim_id\n"}, "C2"},
		{"a row too many", map[string]string{"institutional_claim.csv": claims, "want.csv": "claim_id\nC2\nC9\n"}, "C9"},
		{"another row", map[string]string{"institutional_claim.csv": claims, "want.csv": "claim_id\nC1\n"}, "C1"},
		{"a null that is not", map[string]string{"institutional_claim.csv": claims, "want.csv": "claim_id\nnull\n"}, "null"},
		{"a key twice", map[string]string{"institutional_claim.csv": "claim_id, paid_amount\nC1, 11\nC1, 12\n", "want.csv": "claim_id\nC1\nC1\n"}, "1 keys (claim_id)"},
		{"no want.csv", map[string]string{"institutional_claim.csv": claims}, "the case has no want.csv"},
		{"a file that nothing reads", map[string]string{"beneficiary.csv": "bene_id\n", "want.csv": "claim_id\n"}, "does not read beneficiary.csv"},
		{"a file of another kind", map[string]string{"notes.txt": "", "want.csv": "claim_id\n"}, "does not read notes.txt"},
		{"a column that the table lacks", map[string]string{"institutional_claim.csv": "claim_id, colour\nC1, red\n", "want.csv": "claim_id\n"}, "column colour"},
		{"a column twice", map[string]string{"institutional_claim.csv": "claim_id, claim_id\nC1, C1\n", "want.csv": "claim_id\n"}, "column claim_id"},
		{"a column that the step lacks", map[string]string{"want.csv": "colour\n"}, "column colour"},
		{"a date that is none", map[string]string{"institutional_claim.csv": "claim_id, thru_date\nC1, 2025-02-30\n", "want.csv": "claim_id\n"}, "row 1, column thru_date"},
		{"an empty cell that is no text", map[string]string{"institutional_claim.csv": "claim_id, paid_amount\nC1,\n", "want.csv": "claim_id\n"}, "row 1, column paid_amount"},
		{"a fraction of a cent", map[string]string{"institutional_claim.csv": "claim_id, paid_amount\nC1, 1.005\n", "want.csv": "claim_id\n"}, "more places"},
		{"an empty file", map[string]string{"want.csv": ""}, "no line of column names"},
		{"an unknown setting", map[string]string{"run.csv": "name, value\n", "want.csv": "claim_id\n"}, "setting and value"},
	}
	s := step(t, header+query)
	b := openWith(t, s)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			tt.files["case.md"] = "A case.\n"
			for name, text := range tt.files {
				if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			got := message(b.hold(context.Background(), s, folder))
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("hold says %q, want %q", got, tt.want)
			}
			if err := b.drop(s); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestCaseWithoutWords(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "want.csv"), []byte("claim_id\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (&Bench{}).files(step(t, header+query), folder); !strings.Contains(message(err), "no case.md") {
		t.Errorf("files says %v, want the missing case.md", err)
	}
}

func TestPlace(t *testing.T) {
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "no_step"), 0o700); err != nil {
		t.Fatal(err)
	}
	folders, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	b := openWith(t, step(t, header+query))
	got := message(b.place(folders))
	for _, want := range []string{"folder no_step is named after no step", "step named_claim has no case"} {
		if !strings.Contains(got, want) {
			t.Errorf("place says %q, want %q", got, want)
		}
	}
}

// The header and the query must name the same tables.
func TestReadsAndColumns(t *testing.T) {
	tests := []struct{ name, text, reads, writes string }{
		{"as it is", header + query, "", ""},
		{"a table that it does not read", strings.Replace(header, "(key: claim_id)", "(key: claim_id)\n--         beneficiary (key: bene_id)", 1) + query,
			"its header reads beneficiary, its query does not", ""},
		{"a table that it does not say", header + query + " and bene_id in (select bene_id from beneficiary)",
			"with the tables of its header alone", "beneficiary"},
		{"another column", header + strings.Replace(query, "claim_id", "claim_id, bene_id", 1), "", "bene_id VARCHAR"},
		{"another type", header + strings.Replace(query, "claim_id", "length(claim_id) as claim_id", 1), "", "claim_id BIGINT"},
	}
	b := openWith(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := step(t, tt.text)
			if got := message(b.reads(s)); tt.reads == "" && got != "" || !strings.Contains(got, tt.reads) {
				t.Errorf("reads says %q, want %q", got, tt.reads)
			}
			got := message(b.writes(s))
			if err := b.drop(s); err != nil {
				t.Fatal(err)
			}
			if tt.writes == "" && got != "" || !strings.Contains(got, tt.writes) {
				t.Errorf("writes says %q, want %q", got, tt.writes)
			}
		})
	}
}

// A result with sums is put together from parts: a column that is neither key
// nor sum would be lost, one of another type would differ from a whole run's.
func TestAddsUp(t *testing.T) {
	text := "-- step:   aligned_people\n-- does:   x\n-- reads:  aligned_month\n-- writes: aligned_people\n" +
		"-- key:    aco_id, year, alignment_type\n%s-- unit:   people\n-- source: this test\n\nselect 1"
	tests := []struct{ name, sums, want string }{
		{"all", "-- sums:   people bigint\n--         high_needs_people bigint\n", ""},
		{"no sums", "", ""},
		{"one left out", "-- sums:   people bigint\n", "people BIGINT, high_needs_people BIGINT"},
		{"one of the key", "-- sums:   people bigint\n--         high_needs_people bigint\n--         year integer\n", "year INTEGER"},
		{"one that is not there", "-- sums:   people bigint\n--         months bigint\n", "months BIGINT"},
		{"another type", "-- sums:   people bigint\n--         high_needs_people decimal(18, 2)\n", "high_needs_people DECIMAL(18,2)"},
	}
	tables, err := Written()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := message(addsUp(step(t, fmt.Sprintf(text, tt.sums)), tables["aligned_people"]))
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("addsUp says %q, want %q", got, tt.want)
			}
		})
	}
}
