package compare

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/pipeline/publish"
)

func exposureRow(year int, alignmentType string, months int) []any {
	return []any{"A1", year, "AD", alignmentType, months, months / 12, months, dec("1.5"), false}
}

func expenditureRow(year int, alignmentType, claimType, dollars string) []any {
	row := []any{"A1", year, "AD", alignmentType, claimType}
	for range 8 {
		row = append(row, dec("0"))
	}
	return append(row, dec("1"), dec("0"), dec(dollars))
}

// groupRun has claims-aligned months and dollars of BY3 and P, and voluntary
// months of BY3.
func groupRun(by3Months, pMonths, voluntaryMonths int, carrier string) tables {
	return tables{
		"exposure/exposure.parquet": {
			exposureRow(2026, "claims", by3Months), exposureRow(2026, "voluntary", voluntaryMonths), exposureRow(2027, "claims", pMonths),
		},
		"expenditure/expenditure.parquet": {
			expenditureRow(2026, "claims", "carrier", carrier), expenditureRow(2026, "claims", "inpatient", "1000.25"),
		},
	}
}

// Files keep their bytes or not; base years are compared by their claims-aligned
// rows, whatever else of the table has changed.
func TestKept(t *testing.T) {
	output := t.TempDir()
	a := published(t, output, "aa11", groupRun(120, 96, 12, "500"))
	quarter := published(t, output, "bb22", groupRun(120, 108, 24, "500"))
	list := published(t, output, "cc33", groupRun(132, 96, 12, "510.50"))

	kept := compared(t, Request{From: a, To: quarter}).Kept
	if !kept.BaseYearsUnchanged() || !kept.ACPT.unchanged() {
		t.Errorf("newer months of P and other volunteers: %+v, want the base years and the ACPT unchanged", kept)
	}
	states := map[string]State{}
	for _, f := range kept.Files {
		states[shortName(f.Path)] = f.State
	}
	want := map[string]State{"baseline": Identical, "benchmark": Identical, "benchmark_step": Identical,
		"expenditure": Identical, "exposure": Changed, "exposure_county": Identical}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Error(diff)
	}

	kept = compared(t, Request{From: a, To: list}).Kept
	wantRows := []RowState{{"exposure", 1, 1}, {"exposure_county", 0, 0}, {"expenditure", 1, 1}, {"baseline", 0, 0}}
	if diff := cmp.Diff(wantRows, kept.BaseYears); diff != "" || kept.BaseYearsUnchanged() {
		t.Error(diff)
	}
}

// A step of the ACPT that differs is said, beside base years that do not; the
// line of new volunteers is no other ACPT.
func TestKeptACPT(t *testing.T) {
	step := func(value string, alignmentTypes ...string) tables {
		var rows [][]any
		for _, alignmentType := range alignmentTypes {
			rows = append(rows, []any{"A1", 2027, "AD", alignmentType, 11, "acpt", "ACPT from BY3", dec(value), "factor", "acpt of 2027", "F4", "published", true, nil})
		}
		return tables{"benchmark_step/benchmark_step.parquet": rows}
	}
	output := t.TempDir()
	a, b := published(t, output, "aa11", step("1.06", "claims")), published(t, output, "bb22", step("1.07", "claims"))
	kept := compared(t, Request{From: a, To: b}).Kept
	if want := (RowState{"benchmark_step", 1, 1}); kept.ACPT != want || !kept.BaseYearsUnchanged() {
		t.Errorf("%+v, want the ACPT %+v", kept, want)
	}
	volunteers := published(t, output, "cc33", step("1.06", "claims", "voluntary"))
	if kept := compared(t, Request{From: a, To: volunteers}).Kept; !kept.ACPT.unchanged() {
		t.Errorf("%+v, want the ACPT unchanged", kept.ACPT)
	}
	var text bytes.Buffer
	p := &printer{out: &text}
	kept.write(p)
	if want := "Base years unchanged. ACPT changed: 1 rows gone, 1 new."; !strings.Contains(text.String(), want) {
		t.Errorf("%s\nwant %q in it", text.String(), want)
	}
}

// A file of one run only is said so.
func TestFileStates(t *testing.T) {
	a := []publish.File{{Path: "b/b.parquet", SHA256: "1"}, {Path: "a/a.parquet", SHA256: "2"}, {Path: "c/c.parquet", SHA256: "3"}}
	b := []publish.File{{Path: "b/b.parquet", SHA256: "1"}, {Path: "d/d.parquet", SHA256: "2"}, {Path: "c/c.parquet", SHA256: "4"}}
	want := []FileState{{"a/a.parquet", OnlyFrom}, {"b/b.parquet", Identical}, {"c/c.parquet", Changed}, {"d/d.parquet", OnlyTo}}
	if diff := cmp.Diff(want, fileStates(a, b)); diff != "" {
		t.Error(diff)
	}
}

// Months, people and dollars of both runs; dollars are the sum over claim types,
// a group without claims has none.
func TestGroups(t *testing.T) {
	output := t.TempDir()
	a := published(t, output, "aa11", groupRun(120, 96, 12, "500"))
	b := published(t, output, "bb22", groupRun(132, 96, 0, "510.50"))
	var got []string
	for _, g := range compared(t, Request{From: a, To: b}).Groups {
		got = append(got, fmt.Sprintln(g.ACO, g.Year, g.Category, g.AlignmentType, g.From, g.To, g.Difference, g.unchanged()))
	}
	want := []string{ // 500 + 1000.25 and 510.50 + 1000.25
		"A1 2026 AD claims {120 10 1500.25} {132 11 1510.75} {12 1 10.5} false\n",
		"A1 2026 AD voluntary {12 1 0} {0 0 0} {-12 -1 0} false\n",
		"A1 2027 AD claims {96 8 0} {96 8 0} {0 0 0} true\n",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
