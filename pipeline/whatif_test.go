package pipeline_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"leadline/benchmark"
	"leadline/pipeline"
	"leadline/pipeline/compare"
)

// listedTINs are the rows of a TIN list that have no dates.
func listedTINs(t tester, path string) []pipeline.ListedTIN {
	t.Helper()
	rows := rowsOfCSV(t, path)
	tin, aco := slices.Index(rows[0], "tin"), slices.Index(rows[0], "aco_id")
	var listed []pipeline.ListedTIN
	from, to := slices.Index(rows[0], "effective_date"), slices.Index(rows[0], "end_date")
	for _, row := range rows[1:] {
		if row[from] == "" && row[to] == "" {
			listed = append(listed, pipeline.ListedTIN{TIN: row[tin], ACO: row[aco]})
		}
	}
	return listed
}

// shorterList writes a TIN list without some of its rows.
func shorterList(t tester, list string, dropped ...pipeline.ListedTIN) string {
	t.Helper()
	shorter := filepath.Join(folder(t), "participant_tin.csv")
	rewriteCSV(t, list, shorter, func(header []string, rows [][]string) [][]string {
		tin, aco := slices.Index(header, "tin"), slices.Index(header, "aco_id")
		return slices.DeleteFunc(rows, func(row []string) bool {
			return slices.Contains(dropped, pipeline.ListedTIN{TIN: row[tin], ACO: row[aco]})
		})
	})
	return shorter
}

func whatIf(t tester, runFile string, q pipeline.Question, flags ...string) (compare.Diff, error) {
	t.Helper()
	r, err := request(t, runFile, flags...)
	if err != nil {
		t.Fatal(err)
	}
	return pipeline.WhatIf(context.Background(), r, q)
}

// The answer to a question is the diff of a run with the list that it asks
// about, and asking leaves the output folder as it was.
func TestWhatIfIsTheRunThatWouldBe(t *testing.T) {
	r := tiny(t)
	output := folder(t)
	list := filepath.Join(r.Dir, "participant_tin.csv")
	first := run(t, r.RunFile, "output="+output, "publish.row_level=false")
	listed := listedTINs(t, list)
	shorter := shorterList(t, list, listed[0], listed[2])
	q := pipeline.Question{Drop: []pipeline.ListedTIN{listed[0], listed[2]}}
	before := publishedFolder(t, output)
	asked, err := whatIf(t, r.RunFile, q, "output="+output)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, publishedFolder(t, output)); diff != "" {
		t.Errorf("asking changed the output folder: %s", diff)
	}
	second := run(t, r.RunFile, "output="+output, "publish.row_level=false", "inputs.participant_tin="+shorter)
	did, err := compare.Compare(t.Context(), compare.Request{From: first.Path, To: second.Path})
	if err != nil {
		t.Fatal(err)
	}
	if len(did.People.Changes) == 0 {
		t.Fatal("the TINs have no one; the test shows nothing")
	}
	for _, part := range []struct {
		name       string
		asked, did any
	}{{"bridges", asked.Bridges, did.Bridges}, {"people", asked.People, did.People}, {"groups", asked.Groups, did.Groups}} {
		if diff := cmp.Diff(part.did, part.asked, cmp.Comparer(decimal.Decimal.Equal)); diff != "" {
			t.Errorf("%s: of the run (-) and of the question (+) differ: %s", part.name, diff)
		}
	}
	// And back: the added TINs bring back what was lost.
	back, err := whatIf(t, r.RunFile, pipeline.Question{Add: q.Drop}, "output="+output, "inputs.participant_tin="+shorter)
	if err != nil {
		t.Fatal(err)
	}
	key := func(g compare.GroupChange) string { return fmt.Sprint(g.ACO, g.Year, g.Category, g.AlignmentType) }
	again := map[string]compare.GroupChange{}
	for _, g := range back.Groups {
		again[key(g)] = g
	}
	for _, w := range did.Groups {
		if g := again[key(w)]; g.To.EligibleMonths != w.From.EligibleMonths || !g.To.Dollars.Equal(w.From.Dollars) {
			t.Errorf("%s %d %s %s: added again %+v, before it was dropped %+v", w.ACO, w.Year, w.Category, w.AlignmentType, g.To, w.From)
		}
	}
}

// publishedFolder lists an output folder but for its cache.
func publishedFolder(t tester, output string) map[string]string {
	t.Helper()
	files := everything(t, output)
	for name := range files {
		if strings.HasPrefix(name, ".cache") {
			delete(files, name)
		}
	}
	return files
}

// What every TIN brings is what the question about it alone says.
func TestContributionsAreWhatDroppingDoes(t *testing.T) {
	r := tiny(t)
	output := "output=" + folder(t)
	listed := listedTINs(t, filepath.Join(r.Dir, "participant_tin.csv"))
	asked, err := request(t, r.RunFile, output)
	if err != nil {
		t.Fatal(err)
	}
	aco := listed[0].ACO
	all, err := pipeline.Contributions(t.Context(), asked, aco)
	if err != nil {
		t.Fatal(err)
	}
	got := map[pipeline.ListedTIN]string{}
	for _, k := range all {
		l := pipeline.ListedTIN{TIN: k.TIN, ACO: k.ACO}
		got[l] += fmt.Sprintf("%d: %d people, %d months, %s; ", k.AlignedYear, k.Beneficiaries, k.Months, k.Dollars.StringFixed(2))
	}
	some := 0
	for l := range got {
		alone, err := whatIf(t, r.RunFile, pipeline.Question{Drop: []pipeline.ListedTIN{l}, ACO: aco}, output)
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		for year := 2024; year <= 2027; year++ {
			people, months, dollars := int64(0), int64(0), decimal.Decimal{}
			for _, c := range alone.People.Changes {
				if c.AlignedYear == year && (c.Change == "lost" || c.Change == "moved_out") {
					people, months, dollars = people+c.People, months-*c.Months, dollars.Sub(*c.Dollars)
				}
			}
			some += int(people)
			want += fmt.Sprintf("%d: %d people, %d months, %s; ", year, people, months, dollars.StringFixed(2))
		}
		if got[l] != want {
			t.Errorf("a TIN of %s: with --each %s, alone %s", l.ACO, got[l], want)
		}
		for _, k := range all {
			if k.TIN != l.TIN {
				continue
			}
			total := alone.Bridges[slices.IndexFunc(alone.Bridges, func(b benchmark.Bridge) bool { return b.Category == "all" })]
			if !same(k.With.SettlementPBPM, total.From.PBPM) || !same(k.Without.SettlementPBPM, total.To.PBPM) {
				t.Errorf("settlement benchmark: --each %v to %v, alone %v to %v", k.With.SettlementPBPM, k.Without.SettlementPBPM, total.From.PBPM, total.To.PBPM)
			}
		}
	}
	if some == 0 {
		t.Error("no TIN has anyone; the test shows nothing")
	}
}

func same(a, b *decimal.Decimal) bool { return a == b || a != nil && b != nil && a.Equal(*b) }

// A question that makes no sense is refused, without printing a TIN, which may
// be a clinician's own number.
func TestQuestionsRefused(t *testing.T) {
	r := tiny(t)
	output := "output=" + folder(t)
	listed := listedTINs(t, filepath.Join(r.Dir, "participant_tin.csv"))
	mine := listed[0]
	other := listed[slices.IndexFunc(listed, func(l pipeline.ListedTIN) bool { return l.ACO != mine.ACO })]
	one := func(tin, aco string) []pipeline.ListedTIN { return []pipeline.ListedTIN{{TIN: tin, ACO: aco}} }
	for _, tt := range []struct {
		name string
		q    pipeline.Question
		says string
	}{
		{"dropped where it is not", pipeline.Question{Drop: one(mine.TIN, other.ACO)}, "--drop: TIN 1 of those given is not on the list of " + other.ACO},
		{"added where it is", pipeline.Question{Add: one(mine.TIN, mine.ACO)}, "on the list of " + mine.ACO + " already"},
		{"added where another has it", pipeline.Question{Add: one(mine.TIN, other.ACO)}, "drop it there with --drop TIN@" + mine.ACO},
		{"not nine digits", pipeline.Question{Add: one("12345678", mine.ACO)}, "--add: TIN 1 of those given is not nine digits"},
		{"of no ACO", pipeline.Question{Drop: one(mine.TIN, "")}, "--drop: say whose list"},
		{"of an unknown ACO", pipeline.Question{Drop: one(mine.TIN, "Z9999")}, "--drop: say whose list"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := whatIf(t, r.RunFile, tt.q, output)
			if err == nil || pipeline.ExitCode(err) != pipeline.ExitUsage || !strings.Contains(err.Error(), tt.says) {
				t.Fatalf("%v, want exit 64 and %q", err, tt.says)
			}
			if strings.Contains(err.Error(), mine.TIN) || strings.Contains(err.Error(), "12345678") {
				t.Error("the error prints the TIN")
			}
		})
	}
}
