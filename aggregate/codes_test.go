package aggregate_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"leadline/aggregate"
	"leadline/pipeline/engine/steptest"
	"leadline/schemas"
)

func text(v any) string { return fmt.Sprint(v) }

// listed is a row of an excluded list; a blank share takes the list's own.
type listed struct{ list, code, from, to, share string }

func codeLists(t *testing.T, rows []listed) map[string]schemas.CodeList {
	t.Helper()
	lists := map[string]schemas.CodeList{}
	for _, r := range rows {
		code := schemas.ListedCode{Code: r.code, Effective: schemas.Always, End: schemas.Forever}
		if r.from != "" {
			code.Effective = day(t, r.from)
		}
		if r.to != "" {
			code.End = day(t, r.to)
		}
		if r.share != "" {
			share := decimal.RequireFromString(r.share)
			code.Share = &share
		}
		list := lists[r.list]
		list.Name = r.list
		list.Codes = append(list.Codes, code)
		lists[r.list] = list
	}
	return lists
}

func stretch(e aggregate.Exclusion) string {
	return fmt.Sprintf("%s %s %s %s..%s", e.Code, e.List, e.Share, e.Effective.Format(time.DateOnly), e.End.Format(time.DateOnly))
}

// C3, R21, R22: on several lists the largest share, in the days that both are in
// force; between equal shares the list that comes first by name (our reading).
// What comes out never overlaps.
func TestExclusions(t *testing.T) {
	tests := []struct {
		name string
		rows []listed
		want []string
	}{
		{"one row", []listed{{"sahs", "A1", "2025-01-01", "2025-06-30", "1"}}, []string{"A1 sahs 1 2025-01-01..2025-06-30"}},
		{"without dates", []listed{{"sahs", "A1", "", "", "1"}}, []string{"A1 sahs 1 1900-01-01..9999-12-31"}},
		{"codes in order", []listed{{"sahs", "B1", "", "2025-06-30", "1"}, {"skin_substitute", "A1", "", "2025-06-30", "0.65"}},
			[]string{"A1 skin_substitute 0.65 1900-01-01..2025-06-30", "B1 sahs 1 1900-01-01..2025-06-30"}},
		{"the larger share within the smaller", []listed{
			{"skin_substitute", "A1", "2025-01-01", "2025-12-31", "0.65"}, {"sahs", "A1", "2025-03-01", "2025-03-31", "1"},
		}, []string{
			"A1 skin_substitute 0.65 2025-01-01..2025-02-28", "A1 sahs 1 2025-03-01..2025-03-31", "A1 skin_substitute 0.65 2025-04-01..2025-12-31",
		}},
		{"the smaller share within the larger", []listed{
			{"skin_substitute", "A1", "2025-03-01", "2025-03-31", "0.65"}, {"sahs", "A1", "2025-01-01", "2025-12-31", "1"},
		}, []string{
			"A1 sahs 1 2025-01-01..2025-02-28", "A1 sahs 1 2025-03-01..2025-03-31", "A1 sahs 1 2025-04-01..2025-12-31",
		}},
		{"one day in common", []listed{
			{"skin_substitute", "A1", "2025-01-01", "2025-03-31", "0.65"}, {"sahs", "A1", "2025-03-31", "2025-06-30", "1"},
		}, []string{
			"A1 skin_substitute 0.65 2025-01-01..2025-03-30", "A1 sahs 1 2025-03-31..2025-03-31", "A1 sahs 1 2025-04-01..2025-06-30",
		}},
		{"a gap stays a gap", []listed{
			{"sahs", "A1", "2025-01-01", "2025-01-31", "1"}, {"sahs", "A1", "2025-03-01", "2025-03-31", "1"},
		}, []string{"A1 sahs 1 2025-01-01..2025-01-31", "A1 sahs 1 2025-03-01..2025-03-31"}},
		{"equal shares: the list first by name", []listed{
			{"skin_substitute", "A1", "2025-01-01", "2025-06-30", "0.5"}, {"sahs", "A1", "2025-01-01", "2025-06-30", "0.5"},
		}, []string{"A1 sahs 0.5 2025-01-01..2025-06-30"}},
		{"the same list twice, two shares", []listed{
			{"sahs", "A1", "2025-01-01", "2025-06-30", "0.4"}, {"sahs", "A1", "2025-04-01", "2025-06-30", "0.9"},
		}, []string{"A1 sahs 0.4 2025-01-01..2025-03-31", "A1 sahs 0.9 2025-04-01..2025-06-30"}},
		{"no list", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lists := codeLists(t, tt.rows)
			var got []string
			for _, e := range aggregate.Exclusions([]schemas.CodeList{lists["skin_substitute"], lists["sahs"]}) {
				got = append(got, stretch(e))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Exclusions (-want +got):\n%s", diff)
			}
		})
	}
}

// R22: a blank share is 1 on sahs and 0.65 on skin_substitute, a list of the run
// stands in for the default whole; a share of the run's own stays.
func TestExcludedShares(t *testing.T) {
	run := steptest.DefaultRun()
	s, err := settingsOf(run, codeLists(t, []listed{
		{"sahs", "A1", "", "", ""}, {"sahs", "A2", "", "", "0.25"}, {"sahs", "A3", "", "", "1"},
		{"skin_substitute", "B1", "", "", ""}, {"skin_substitute", "B2", "", "", "1"},
	}), aggregate.Tables{})
	if err != nil {
		t.Fatal(err)
	}
	shares := map[any]string{} // by number
	for _, row := range relation(t, s, "exclusion").Rows {
		shares[row[0]] = text(row[1]) + " " + text(row[2])
	}
	if shares[int64(0)] != "none 0" {
		t.Errorf("number 0 is %s, want none 0", shares[int64(0)])
	}
	var got []string
	for _, row := range relation(t, s, "exclusion_code").Rows {
		got = append(got, text(row[0])+" "+shares[row[1]])
	}
	if diff := cmp.Diff([]string{"A1 sahs 1", "A2 sahs 0.25", "A3 sahs 1", "B1 skin_substitute 0.65", "B2 skin_substitute 1"}, got); diff != "" {
		t.Errorf("exclusion_code (-want +got):\n%s", diff)
	}
	if n := len(relation(t, settings(t, run), "exclusion_code").Rows); n != 300 { // Q4100 to Q4399
		t.Errorf("the default lists have %d rows, want 300", n)
	}
}

// R22: a diagnosis matches as a prefix, without the dot. It is looked up by its
// first three characters: an entry of two has 36 of them, one of one 36 * 36.
func TestDiagnosisStems(t *testing.T) {
	tests := []struct {
		code         string
		stems        int
		first, last  string
		prefix       string
		prefixLength int64
	}{
		{"G35", 1, "G35", "G35", "G35", 3},
		{"I69.05", 1, "I69", "I69", "I6905", 5},
		{"G8", 36, "G80", "G8Z", "G8", 2},
		{"G", 36 * 36, "G00", "GZZ", "G", 1},
	}
	for _, tt := range tests {
		t.Run(tt.code, func(t *testing.T) {
			s, err := settingsOf(steptest.DefaultRun(), codeLists(t, []listed{{"mobility_diagnosis", tt.code, "2025-01-01", "2025-06-30", ""}}), aggregate.Tables{})
			if err != nil {
				t.Fatal(err)
			}
			rows := relation(t, s, "diagnosis_prefix").Rows
			if len(rows) != tt.stems || rows[0][0] != tt.first || rows[len(rows)-1][0] != tt.last {
				t.Fatalf("%d stems from %v to %v, want %d from %s to %s", len(rows), rows[0][0], rows[len(rows)-1][0], tt.stems, tt.first, tt.last)
			}
			want := []any{tt.prefix, tt.prefixLength, day(t, "2025-01-01"), day(t, "2025-06-30")}
			for _, row := range rows {
				if diff := cmp.Diff(want, row[1:]); diff != "" {
					t.Fatalf("a row (-want +got):\n%s", diff)
				}
			}
		})
	}
}

// R22: the default lists, by their sizes and ends, and a list of the run in place
// of one.
func TestEquipmentCodes(t *testing.T) {
	rows := relation(t, settings(t, steptest.DefaultRun()), "equipment_code").Rows
	if len(rows) != 33 || rows[0][0] != "E0250" || rows[32][0] != "E1036" {
		t.Errorf("%d default codes, from %v, want 33 from E0250 to E1036", len(rows), rows[0][0])
	}
	s, err := settingsOf(steptest.DefaultRun(), codeLists(t, []listed{{"frailty_equipment", "E9999", "", "2025-06-30", ""}}), aggregate.Tables{})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]any{{"E9999", schemas.Always, day(t, "2025-06-30")}}
	if diff := cmp.Diff(want, relation(t, s, "equipment_code").Rows); diff != "" {
		t.Errorf("equipment_code (-want +got):\n%s", diff)
	}
}
