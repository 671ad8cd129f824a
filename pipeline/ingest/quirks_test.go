package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A slot that holds an amount and no code is a line too: here one without TIN.
func TestSlotOfAnAmountAlone(t *testing.T) {
	tests := []struct {
		name string
		row  cells
		want string // lines without TIN
	}{
		{"paid", cells{"LINE_NCH_PMT_AMT_5": "2.50"}, "2 9.75"}, // and slot 13's 7.25
		{"coinsurance", cells{"LINE_COINSRNC_AMT_5": "1.00"}, "2 7.25"},
		{"zeros", cells{"LINE_NCH_PMT_AMT_5": "0.00"}, "1 7.25"},
	}
	for _, tt := range tests {
		r, _ := mustImport(t, madeSource.with(carrierA, carrierClaim1.and(tt.row)).write(t), nil)
		if got := decimalRows(r.SetAsideTotal(LineWithoutTIN)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// Whole carrier claims are set aside with their lines.
func TestCarrierClaimsSetAside(t *testing.T) {
	undated := carrierClaim1.and(cells{"CLM_ID": "887000000000002", "CLM_FROM_DT": "", "CLM_THRU_DT": ""})
	r, out := mustImport(t, madeSource.with(carrierA, carrierClaim1, carrierClaim1, undated).write(t), nil)
	for reason, want := range map[string]string{
		LineWithoutTIN: "1 7.25",
		// Three lines of 50.00, 0.00 and 7.25, and what the outpatient file has.
		RepeatedClaim: "4 157.25", NoServiceDate: "5 82.25",
	} {
		if got := decimalRows(r.SetAsideTotal(reason)); got != want {
			t.Errorf("%s: %s, want %s", reason, got, want)
		}
	}
	if n := len(readRows[professionalClaimLine](t, out, "professional_claim_line")); n != 2 {
		t.Errorf("%d lines, want 2", n)
	}
	checkConserved(t, r)
}

func TestPersonTwiceInAYear(t *testing.T) {
	r, out := mustImport(t, madeSource.with(summary08, person1, person2, person1.and(cells{"MEDREIMB_OP": "9.00"})).write(t), nil)
	if got := decimalRows(r.SetAsideTotal(RepeatedPersonYear)); got != "1 4250.00" { // 4241.00 + 9.00
		t.Errorf("repeated: %s, want 1 4250.00", got)
	}
	if n := len(readRows[enrollmentMonth](t, out, "enrollment_month")); n != 12+12+3 {
		t.Errorf("%d months, want 27", n)
	}
	checkConserved(t, r)
}

// A death in an earlier summary stands though a later one does not repeat it.
func TestDeathStays(t *testing.T) {
	later := person2.and(cells{"BENE_DEATH_DT": "", "BENE_SEX_IDENT_CD": "2"})
	_, out := mustImport(t, madeSource.with(summary09, later).write(t), nil)
	for _, b := range readRows[beneficiary](t, out, "beneficiary") {
		if b.BeneID == "0002BB" && (b.DeathDate == nil || *b.DeathDate != date(2024, 3, 1) || b.SexCode == nil || *b.SexCode != "2") {
			t.Error("the death of the earlier summary, or the sex of the later one, is lost")
		}
	}
	if n := len(readRows[enrollmentMonth](t, out, "enrollment_month")); n != 12+3 {
		t.Errorf("%d months, want 15: none in the year after death", n)
	}
}

// Without a shift the years stay CMS's own, in the tables and the tie-out.
func TestNoShift(t *testing.T) {
	r, out := mustImport(t, madeSource.write(t), func(o *Options) { o.ShiftYears = 0 })
	if got := readRows[professionalClaimLine](t, out, "professional_claim_line")[0].FromDate; got != date(2008, 2, 29) {
		t.Errorf("from_date %d", got)
	}
	for _, o := range r.TieOut {
		if o.Year != o.SourceYear || o.Measure == OutpatientPayment && o.Unequal != 0 {
			t.Errorf("%s by %s: year %d of %d, %d unequal", o.Measure, o.DateBasis, o.Year, o.SourceYear, o.Unequal)
		}
	}
}

// A byte-order mark and CRLF, as spreadsheets and CMS's own files have them.
func TestByteOrderMarkAndCRLF(t *testing.T) {
	source := madeSource.write(t)
	entries, err := os.ReadDir(source)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text := byteOrderMark + strings.ReplaceAll(readText(t, source, e.Name()), "\n", "\r\n")
		write(t, filepath.Join(source, e.Name()), text)
	}
	r, _ := mustImport(t, source, nil)
	if r.People != 2 || r.PersonYears != 3 {
		t.Errorf("%d people, %d person-years, want 2, 3", r.People, r.PersonYears)
	}
}

func TestProgressReachesItsTotal(t *testing.T) {
	var last Progress
	mustImport(t, madeSource.write(t), func(o *Options) {
		o.Progress = func(p Progress) {
			if p.Bytes < last.Bytes {
				t.Errorf("went back from %d to %d bytes", last.Bytes, p.Bytes)
			}
			last = p
		}
	})
	if last.Bytes != last.Total || last.Total == 0 {
		t.Errorf("ended at %d of %d bytes", last.Bytes, last.Total)
	}
}

func TestReportText(t *testing.T) {
	r, _ := mustImport(t, madeSource.write(t), nil)
	var b strings.Builder
	if err := r.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"no_service_date 2 rows 25.00 dollars", "repeated_claim 1 rows 100.00 dollars", "from_january", "P11"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	if strings.Contains(b.String(), "0001AA") {
		t.Error("the report names a person")
	}
}
