package compare

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/schemas"
)

// transitionTable is alignment_change_total as a transition writes it.
func transitionTable() schemas.Table {
	t := schemas.Table{Name: "alignment_change_total", Key: []string{"aligned_year", "change", "cause"}}
	for _, c := range changeColumns {
		c.Nullable = c.Name == "from_aco_id" || c.Name == "to_aco_id"
		t.Columns = append(t.Columns, c)
	}
	return t
}

// transitionRows: in 2027 A1 gains two people by one TIN (12 months, 1000.50
// and 8 months, 500), loses one by another (12, 300), gives one to A2 (12 before,
// 10 after), and keeps one whose months fell from 12 to 9.
func transitionRows() [][]any {
	return [][]any{
		{2027, "changed_months", "A1", "A1", "input", 1, 12, 9, dec("90"), dec("60")},
		{2027, "gained", nil, "A1", "TIN:000000001", 2, 0, 20, dec("0"), dec("1500.50")},
		{2027, "lost", "A1", nil, "TIN:000000002", 1, 12, 0, dec("300"), dec("0")},
		{2027, "moved", "A1", "A2", "TIN:000000003", 1, 12, 10, dec("40"), dec("35")},
	}
}

func putTransition(t *testing.T, output, from, to string) {
	t.Helper()
	path := filepath.Join(output, "changes", from+"__"+to, "alignment_change_total.parquet")
	parquet(t, path, transitionTable(), transitionRows())
}

func writtenPeople(p People) []string {
	lines := []string{string(p.Source)}
	for _, c := range p.Changes {
		carried := "-"
		if c.Months != nil {
			carried = fmt.Sprint(*c.Months, " ", c.Dollars)
		}
		lines = append(lines, fmt.Sprintf("%s %d %s %d: %s", c.ACO, c.AlignedYear, c.Change, c.People, carried))
	}
	for _, c := range p.Causes {
		lines = append(lines, fmt.Sprintf("%s %s %d: %d %s", c.ACO, c.Cause, c.People, c.Months, c.Dollars))
	}
	return lines
}

// The transition's table says who, by what and how much; each ACO sees its own
// side. Causes come by the dollars they carried in and out: A1's TIN 1 carried
// 1500.50, TIN 2 300, the inputs 90 + 60, TIN 3 40.
func TestPeopleOfTransition(t *testing.T) {
	output := t.TempDir()
	a, b := published(t, output, "aa11", nil), published(t, output, "bb22", nil)
	putTransition(t, output, "aa11", "bb22")
	want := []string{
		"alignment_change_total",
		"A1 2027 changed_months 1: -3 -30",
		"A1 2027 gained 2: 20 1500.5",
		"A1 2027 lost 1: -12 -300",
		"A1 2027 moved_out 1: -12 -40",
		"A2 2027 moved_in 1: 10 35",
		"A1 TIN:000000001 2: 20 1500.5",
		"A1 TIN:000000002 1: -12 -300",
		"A1 input 1: -3 -30",
		"A1 TIN:000000003 1: -12 -40",
		"A2 TIN:000000003 1: 10 35",
	}
	if diff := cmp.Diff(want, writtenPeople(compared(t, Request{From: a, To: b}).People)); diff != "" {
		t.Error(diff)
	}
	// Backwards: what was gained is lost.
	want = []string{
		"alignment_change_total_reversed",
		"A1 2027 changed_months 1: 3 30",
		"A1 2027 gained 1: 12 300",
		"A1 2027 lost 2: -20 -1500.5",
		"A1 2027 moved_in 1: 12 40",
		"A2 2027 moved_out 1: -10 -35",
		"A1 TIN:000000001 2: -20 -1500.5",
		"A1 TIN:000000002 1: 12 300",
		"A1 input 1: 3 30",
		"A1 TIN:000000003 1: 12 40",
		"A2 TIN:000000003 1: -10 -35",
	}
	if diff := cmp.Diff(want, writtenPeople(compared(t, Request{From: b, To: a}).People)); diff != "" {
		t.Error(diff)
	}
}

// Without a transition, the runs' own tables count people and no more; a run
// without them leaves nothing to count.
func TestPeopleOfAlignment(t *testing.T) {
	output := t.TempDir()
	row := func(person string, aco any, alignmentType string) []any {
		values := []any{2027, person, aco, alignmentType}
		for range 8 {
			values = append(values, nil)
		}
		return append(values, false, nil)
	}
	before := tables{"alignment/alignment_2027.parquet": {
		row("p1", nil, "none"), row("p3", "A1", "claims"), row("p4", "A1", "claims"), row("p5", "A1", "claims"), row("p6", "A1", "claims"),
	}}
	after := tables{"alignment/alignment_2027.parquet": {
		row("p1", "A1", "claims"), row("p2", "A1", "voluntary"), row("p4", "A2", "claims"), row("p5", "A1", "voluntary"), row("p6", "A1", "claims"),
	}}
	a, b := published(t, output, "aa11", before), published(t, output, "bb22", after)
	want := []string{
		"alignment", "A1 2027 changed_type 1: -", "A1 2027 gained 2: -", "A1 2027 lost 1: -", "A1 2027 moved_out 1: -", "A2 2027 moved_in 1: -",
	}
	if diff := cmp.Diff(want, writtenPeople(compared(t, Request{From: a, To: b}).People)); diff != "" {
		t.Error(diff)
	}
	without := published(t, output, "cc33", nil)
	if diff := cmp.Diff([]string{"none"}, writtenPeople(compared(t, Request{From: a, To: without}).People)); diff != "" {
		t.Error(diff)
	}
}

// At most ten causes of each ACO are shown, those that carried most.
func TestCausesShown(t *testing.T) {
	output := t.TempDir()
	a, b := published(t, output, "aa11", nil), published(t, output, "bb22", nil)
	var rows [][]any
	for i := range 12 {
		rows = append(rows, []any{2027, "gained", nil, "A1", fmt.Sprintf("TIN:%09d", i), 1, 0, 1, dec("0"), dec(fmt.Sprint(i))})
	}
	rows = append(rows, []any{2027, "gained", nil, "A2", "voluntary", 1, 0, 1, dec("0"), dec("0.01")})
	parquet(t, filepath.Join(output, "changes", "aa11__bb22", "alignment_change_total.parquet"), transitionTable(), rows)
	causes := compared(t, Request{From: a, To: b}).People.Causes
	if len(causes) != 11 || causes[0].Cause != "TIN:000000011" || causes[9].Cause != "TIN:000000002" || causes[10].ACO != "A2" {
		t.Errorf("%d causes, %+v; want ten of A1, from the one with 11 dollars to that with 2, and that of A2", len(causes), causes)
	}
}

// The engine's folder, where it may spill, does not outlive the comparison.
func TestNothingIsLeftBehind(t *testing.T) {
	output := t.TempDir()
	a, b := published(t, output, "aa11", nil), published(t, output, "bb22", nil)
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	compared(t, Request{From: a, To: b})
	left, err := os.ReadDir(temporary)
	if err != nil || len(left) > 0 {
		t.Errorf("%v left in the temporary folder (%v)", left, err)
	}
}

// A transition's table of another form is refused by its path.
func TestTransitionOfAnotherForm(t *testing.T) {
	output := t.TempDir()
	a, b := published(t, output, "aa11", nil), published(t, output, "bb22", nil)
	other := schemas.Table{Name: "alignment_change_total", Columns: []schemas.Column{{Name: "bene_id", Type: schemas.Varchar}}}
	parquet(t, filepath.Join(output, "changes", "aa11__bb22", "alignment_change_total.parquet"), other, [][]any{{"p1"}})
	_, err := Compare(t.Context(), Request{From: a, To: b})
	var coded *Error
	if !errors.As(err, &coded) || coded.ExitCode() != 65 || !strings.Contains(err.Error(), "aa11__bb22/alignment_change_total.parquet is not the table") {
		t.Errorf("%v, want exit code 65 and the table's path", err)
	}
}
