package ingest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sample finds CMS's subset TestB: 500 synthetic people.
func sample(t *testing.T) string {
	t.Helper()
	shared := os.Getenv("LEADLINE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(shared, "data", "desynpuf", "sample-test-b.tar.bz2")
	if _, err := os.Stat(path); err != nil {
		t.Skip("SKIP: not offered: no DE-SynPUF sample (data/desynpuf/sample-test-b.tar.bz2) in LEADLINE_SHARED or beside the repository")
	}
	return path
}

// The archive is imported as it stands, and once more unpacked.
func TestSample(t *testing.T) {
	archive := sample(t)
	report, out := mustImport(t, archive, nil)
	folder := t.TempDir()
	if _, err := unpack(context.Background(), archive, folder); err != nil {
		t.Fatal(err)
	}
	t.Run("whole", func(t *testing.T) { checkSampleWhole(t, report, out) })
	t.Run("ties out", func(t *testing.T) { checkSampleTieOut(t, report, out) })
	t.Run("second segments", func(t *testing.T) { checkSampleSegments(t, folder) })
	t.Run("same bytes again", func(t *testing.T) {
		_, again := mustImport(t, folder, nil)
		for _, name := range ownFiles() {
			if readText(t, out, name) != readText(t, again, name) {
				t.Errorf("%s differs between two imports", name)
			}
		}
	})
}

// The whole of CMS's subset TestB. Counted apart from this code with SQL over
// the CSV files.
func checkSampleWhole(t *testing.T, r Report, out string) {
	checkConserved(t, r)
	files := map[string]string{
		"beneficiary_summary": "1477: 1477 3508330.00 = 1477 3508330.00",
		"carrier":             "21187: 42440 1908390.00 = 42440 1908390.00",
		"inpatient":           "264: 264 2463400.00 = 264 2463400.00",
		"outpatient":          "3454: 3454 1100390.00 = 3383 1000090.00", // 71 second segments without dates
	}
	if diff := cmp.Diff(files, byLayout(r)); diff != "" {
		t.Error(diff)
	}
	if got := decimalRows(r.SetAsideTotal(NoServiceDate)); got != "71 100300.00" {
		t.Errorf("without a service date: %s, want 71 100300.00", got)
	}
	tables := map[string]string{
		"beneficiary":             "500 0.00",
		"enrollment_month":        "17578 0.00", // 1477 x 12, less 146 months after death
		"professional_claim_line": "42440 1908390.00",
		"institutional_claim":     "3647 3463490.00", // 264 + 3383
	}
	got := make(map[string]string)
	for _, w := range r.Tables {
		got[w.Table] = decimalRows(w.Amount)
	}
	if diff := cmp.Diff(tables, got); diff != "" {
		t.Error(diff)
	}
	if r.MonthsAfterDeath != 146 || r.Counties != (CountyUse{Placeholder: 1457, None: 20}) {
		t.Errorf("%d months after death, counties %+v", r.MonthsAfterDeath, r.Counties)
	}
	checkSampleLines(t, out)
}

// checkSampleLines asserts that zeros at the front and denied lines are kept.
func checkSampleLines(t *testing.T, out string) {
	t.Helper()
	var zeroTIN, zeroNPI, noNPI, noCode, allowed int
	for _, line := range readRows[professionalClaimLine](t, out, "professional_claim_line") {
		count := func(n *int, holds bool) {
			if holds {
				*n++
			}
		}
		count(&zeroTIN, strings.HasPrefix(line.TIN, "0"))
		count(&zeroNPI, line.NPI != nil && strings.HasPrefix(*line.NPI, "0"))
		count(&noNPI, line.NPI == nil)
		count(&noCode, line.HCPCSCode == nil)
		count(&allowed, line.ProcessingIndicatorCode != nil && *line.ProcessingIndicatorCode == "A")
	}
	got := [...]int{zeroTIN, zeroNPI, noNPI, noCode, allowed}
	if want := [...]int{3957, 4348, 77, 2374, 36348}; got != want {
		t.Errorf("TIN 0, NPI 0, no NPI, no code, allowed: %v, want %v", got, want)
	}
}

func byLayout(r Report) map[string]string {
	sums := make(map[string]string)
	rows := make(map[string]int64)
	read, kept := make(map[string]Amount), make(map[string]Amount)
	for _, f := range r.Files {
		rows[f.Layout] += f.Rows
		read[f.Layout] = plus(read[f.Layout], f.Read)
		kept[f.Layout] = plus(kept[f.Layout], f.Kept)
	}
	for l, n := range rows {
		sums[l] = strings.Join([]string{decimalRows(read[l]), "=", decimalRows(kept[l])}, " ")
		sums[l] = itoa(n) + ": " + sums[l]
	}
	return sums
}

// CMS's annual totals, person-year by person-year. Claim payments alone agree
// by from date for 95.3% to 99.0% of a year's people; by through date, with the
// pass-through, for all.
func checkSampleTieOut(t *testing.T, r Report, out string) {
	type key struct{ measure, by string }
	want := map[key][3]int64{ // of 500, 492 and 485
		{InpatientPayment, ByFromDate}:         {484, 469, 462}, // 96.8%, 95.3%, 95.3%
		{InpatientPayment, ByThruDate}:         {485, 470, 462},
		{InpatientWithPassThrough, ByFromDate}: {499, 491, 485},
		{InpatientWithPassThrough, ByThruDate}: {500, 492, 485}, // all
		{OutpatientPayment, ByFromDate}:        {495, 481, 479}, // 99.0%, 97.8%, 98.8%
		{OutpatientPayment, ByThruDate}:        {500, 492, 485}, // all
	}
	got := make(map[key][3]int64)
	unequal := 0
	for _, o := range r.TieOut {
		k := key{o.Measure, o.DateBasis}
		years := got[k]
		years[o.Year-2024] = o.Equal
		got[k] = years
		unequal += int(o.Unequal)
		if people := [...]int64{500, 492, 485}[o.Year-2024]; o.PersonYears != people || o.Equal+o.Unequal != people {
			t.Errorf("%s by %s %d: %d person-years, want %d", o.Measure, o.DateBasis, o.Year, o.PersonYears, people)
		}
		if o.Unequal == 0 && !o.Imported.Equal(o.CMS) {
			t.Errorf("%s by %s %d: all agree, the sums do not", o.Measure, o.DateBasis, o.Year)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	listed := strings.Count(readText(t, out, reconciliationFile), "\n") - 1
	if listed != unequal || unequal != 146 {
		t.Errorf("%d person-years listed, %d unequal, want 146", listed, unequal)
	}
}

// Second segments dated by the first: money that CMS's totals do not hold.
func checkSampleSegments(t *testing.T, folder string) {
	r, _ := mustImport(t, folder, func(o *Options) { o.Segments = DatedByFirstSegment })
	checkConserved(t, r)
	if got := decimalRows(r.SetAsideTotal(NoServiceDate)); got != "1 200.00" { // one has no first segment
		t.Errorf("without a service date: %s", got)
	}
	want := map[int]int64{2024: 490, 2025: 476, 2026: 477}
	for _, o := range r.TieOut {
		if o.Measure == OutpatientPayment && o.DateBasis == ByThruDate && o.Equal != want[o.Year] {
			t.Errorf("%d: %d equal, want %d", o.Year, o.Equal, want[o.Year])
		}
	}
}
