package ingest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var (
	person1 = cells{"DESYNPUF_ID": "0001AA", "BENE_BIRTH_DT": "19400229", "BENE_SEX_IDENT_CD": "2", "BENE_ESRD_IND": "0",
		"SP_STATE_CODE": "05", "BENE_COUNTY_CD": "200", "BENE_HI_CVRAGE_TOT_MONS": "12", "BENE_SMI_CVRAGE_TOT_MONS": "10",
		"BENE_HMO_CVRAGE_TOT_MONS": "2", "MEDREIMB_IP": "4241.00", "MEDREIMB_OP": "150.00"}
	person2 = cells{"DESYNPUF_ID": "0002BB", "BENE_BIRTH_DT": "19301231", "BENE_DEATH_DT": "20080301", "BENE_SEX_IDENT_CD": "1",
		"BENE_ESRD_IND": "Y", "SP_STATE_CODE": "54", "BENE_COUNTY_CD": "999", "BENE_HI_CVRAGE_TOT_MONS": "12",
		"BENE_SMI_CVRAGE_TOT_MONS": "12", "BENE_HMO_CVRAGE_TOT_MONS": "0", "MEDREIMB_IP": "0.00", "MEDREIMB_OP": "0.00"}

	carrierClaim1 = cells{"DESYNPUF_ID": "0001AA", "CLM_ID": "887000000000001", "CLM_FROM_DT": "20080229", "CLM_THRU_DT": "20080301",
		"ICD9_DGNS_CD_1": "4019", "ICD9_DGNS_CD_2": "OTHER", "ICD9_DGNS_CD_3": "0389",
		// slot 1: an allowed visit; leading zeros; the line's diagnosis is one of the claim's
		"TAX_NUM_1": "012345678", "PRF_PHYSN_NPI_1": "0123456789", "HCPCS_CD_1": "99213", "LINE_PRCSG_IND_CD_1": "A",
		"LINE_NCH_PMT_AMT_1": "50.00", "LINE_ALOWD_CHRG_AMT_1": "60.00", "LINE_ICD9_DGNS_CD_1": "0389",
		// slot 2: empty. slot 3: denied; no NPI; a diagnosis of its own
		"TAX_NUM_3": "912345678", "HCPCS_CD_3": "99214", "LINE_PRCSG_IND_CD_3": "N", "LINE_NCH_PMT_AMT_3": "0.00",
		"LINE_ALOWD_CHRG_AMT_3": "70.00", "LINE_ICD9_DGNS_CD_3": "V700",
		// slot 13: no procedure code, and no TIN
		"LINE_NCH_PMT_AMT_13": "7.25", "LINE_PRCSG_IND_CD_13": "A"}

	stay = cells{"DESYNPUF_ID": "0001AA", "CLM_ID": "196000000000001", "SEGMENT": "1", "CLM_FROM_DT": "20081230", "CLM_THRU_DT": "20090102",
		"PRVDR_NUM": "0500AB", "CLM_PMT_AMT": "4000.00", "CLM_ADMSN_DT": "20081230", "NCH_BENE_DSCHRG_DT": "20090102",
		"CLM_PASS_THRU_PER_DIEM_AMT": "120.50", "CLM_UTLZTN_DAY_CNT": "2", "ICD9_DGNS_CD_1": "41071"}

	visit  = cells{"DESYNPUF_ID": "0001AA", "CLM_ID": "542000000000001", "SEGMENT": "1", "CLM_FROM_DT": "20080505", "CLM_THRU_DT": "20080506", "PRVDR_NUM": "050001", "CLM_PMT_AMT": "100.00"}
	second = cells{"DESYNPUF_ID": "0001AA", "CLM_ID": "542000000000001", "SEGMENT": "2", "PRVDR_NUM": "050001", "CLM_PMT_AMT": "30.00"}
	noFrom = cells{"DESYNPUF_ID": "0001AA", "CLM_ID": "542000000000002", "SEGMENT": "1", "CLM_THRU_DT": "20080601", "PRVDR_NUM": "050001", "CLM_PMT_AMT": "50.00"}
	orphan = cells{"DESYNPUF_ID": "0002BB", "CLM_ID": "542000000000003", "SEGMENT": "2", "PRVDR_NUM": "050001", "CLM_PMT_AMT": "-5.00"}

	madeSource = made{
		summary08: {person1, person2},
		summary09: {person1.and(cells{"MEDREIMB_IP": "0.00", "MEDREIMB_OP": "0.00"})},
		carrierA:  {carrierClaim1},
		inpatient: {stay},
		outpatnt:  {second, visit, noFrom, visit, orphan}, // the second segment before the first; a row twice
	}
)

func TestProfessionalClaimLine(t *testing.T) {
	r, out := mustImport(t, madeSource.write(t), nil)
	want := []professionalClaimLine{
		{ClaimID: "887000000000001", LineNumber: 1, BeneID: "0001AA", ClaimTypeCode: "71", FromDate: date(2024, 2, 29), ThruDate: date(2024, 3, 1),
			HCPCSCode: of("99213"), TIN: "012345678", NPI: of("0123456789"), SpecialtyCode: "11", AllowedAmount: 6000, PaidAmount: 5000,
			ProcessingIndicatorCode: of("A"), DiagnosisCodes: []string{"4019", "0389"}},
		{ClaimID: "887000000000001", LineNumber: 3, BeneID: "0001AA", ClaimTypeCode: "71", FromDate: date(2024, 2, 29), ThruDate: date(2024, 3, 1),
			HCPCSCode: of("99214"), TIN: "912345678", SpecialtyCode: "11", AllowedAmount: 7000,
			ProcessingIndicatorCode: of("N"), DiagnosisCodes: []string{"4019", "0389", "V700"}},
	}
	if diff := cmp.Diff(want, readRows[professionalClaimLine](t, out, "professional_claim_line")); diff != "" {
		t.Error(diff)
	}
	if got := r.SetAsideTotal(LineWithoutTIN); got.Rows != 1 || got.Dollars.StringFixed(2) != "7.25" {
		t.Errorf("lines without TIN: %d rows, %s, want 1, 7.25", got.Rows, got.Dollars)
	}
}

func TestInstitutionalClaim(t *testing.T) {
	inpatientRow := institutionalClaim{ClaimID: "196000000000001", BeneID: "0001AA", ClaimTypeCode: "60", CCN: of("0500AB"),
		FromDate: date(2024, 12, 30), ThruDate: date(2025, 1, 2), AdmissionDate: of(date(2024, 12, 30)), DischargeDate: of(date(2025, 1, 2)),
		CoveredDayCount: of(int32(2)), PaidAmount: 400000, PassThroughAmount: of(int64(24100)), DiagnosisCodes: []string{"41071"}} // 120.50 x 2
	outpatient := func(claim string, from, thru int32, cents int64) institutionalClaim {
		return institutionalClaim{ClaimID: claim, BeneID: "0001AA", ClaimTypeCode: "40", CCN: of("050001"), FromDate: from, ThruDate: thru, PaidAmount: cents}
	}
	first := outpatient("542000000000001", date(2024, 5, 5), date(2024, 5, 6), 10000)
	filled := outpatient("542000000000002", date(2024, 6, 1), date(2024, 6, 1), 5000)
	tests := []struct {
		name  string
		rule  SegmentRule
		want  []institutionalClaim
		aside map[string]string // reason -> rows and dollars
	}{
		{"undated rows set aside", UndatedSetAside, []institutionalClaim{inpatientRow, first, filled},
			map[string]string{NoServiceDate: "2 25.00", RepeatedClaim: "1 100.00"}}, // 30 - 5
		{"dated by the first segment", DatedByFirstSegment,
			[]institutionalClaim{inpatientRow, first, filled, outpatient("542000000000001-2", date(2024, 5, 5), date(2024, 5, 6), 3000)},
			map[string]string{NoServiceDate: "1 -5.00", RepeatedClaim: "1 100.00"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, out := mustImport(t, madeSource.write(t), func(o *Options) { o.Segments = tt.rule })
			got := readRows[institutionalClaim](t, out, "institutional_claim")
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
			for reason, want := range tt.aside {
				a := r.SetAsideTotal(reason)
				if got := decimalRows(a); got != want {
					t.Errorf("%s: %s, want %s", reason, got, want)
				}
			}
		})
	}
}

func TestEnrollmentMonth(t *testing.T) {
	_, out := mustImport(t, madeSource.write(t), nil)
	rows := readRows[enrollmentMonth](t, out, "enrollment_month")
	const want = 12 + 12 + 3 // two years of the first person, three months of the second
	if len(rows) != want {
		t.Fatalf("%d rows, want %d", len(rows), want)
	}
	month := func(bene string, day int32) enrollmentMonth {
		for _, row := range rows {
			if row.BeneID == bene && row.Month == day {
				return row
			}
		}
		t.Fatalf("no month %d", day)
		return enrollmentMonth{}
	}
	for _, want := range []enrollmentMonth{
		{"0001AA", date(2024, 2, 1), true, true, true, "10", of("06200")},    // the second HMO month
		{"0001AA", date(2024, 3, 1), true, true, false, "10", of("06200")},   // no HMO any more
		{"0001AA", date(2024, 11, 1), true, false, false, "10", of("06200")}, // ten months of Part B
		{"0001AA", date(2025, 12, 1), true, false, false, "10", of("06200")}, // the second summary
		{"0002BB", date(2024, 3, 1), true, true, false, "11", nil},           // the month of death
	} {
		if diff := cmp.Diff(want, month(want.BeneID, want.Month)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestBeneficiary(t *testing.T) {
	_, out := mustImport(t, madeSource.write(t), nil)
	want := []beneficiary{
		{"0001AA", of(date(1956, 2, 29)), nil, of("2")},
		{"0002BB", of(date(1946, 12, 31)), of(date(2024, 3, 1)), of("1")},
	}
	if diff := cmp.Diff(want, readRows[beneficiary](t, out, "beneficiary")); diff != "" {
		t.Error(diff)
	}
}

// The stay runs over New Year: by from date it is 2008's, by through date
// 2009's. CMS's total of 2008 is 4000.00 + 2 x 120.50.
func TestTieOut(t *testing.T) {
	r, out := mustImport(t, madeSource.write(t), nil)
	type key struct {
		measure, by string
		year        int
	}
	got := make(map[key][2]int64)
	for _, o := range r.TieOut {
		got[key{o.Measure, o.DateBasis, o.Year}] = [2]int64{o.Equal, o.Unequal}
	}
	want := map[key][2]int64{
		{InpatientPayment, ByFromDate, 2024}: {1, 1}, {InpatientPayment, ByFromDate, 2025}: {1, 0},
		{InpatientPayment, ByThruDate, 2024}: {1, 1}, {InpatientPayment, ByThruDate, 2025}: {0, 1},
		{InpatientWithPassThrough, ByFromDate, 2024}: {2, 0}, {InpatientWithPassThrough, ByFromDate, 2025}: {1, 0},
		{InpatientWithPassThrough, ByThruDate, 2024}: {1, 1}, {InpatientWithPassThrough, ByThruDate, 2025}: {0, 1},
		{OutpatientPayment, ByFromDate, 2024}: {2, 0}, {OutpatientPayment, ByFromDate, 2025}: {1, 0}, // 100 + 50
		{OutpatientPayment, ByThruDate, 2024}: {2, 0}, {OutpatientPayment, ByThruDate, 2025}: {1, 0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	const listed = `measure,date_basis,year,summary_file,summary_row,imported_dollars,cms_dollars,difference_dollars
inpatient_payment,from_date,2024,DE1_0_2008_Beneficiary_Summary_File_Sample_X.csv,1,4000.00,4241.00,-241.00
inpatient_payment,thru_date,2024,DE1_0_2008_Beneficiary_Summary_File_Sample_X.csv,1,0.00,4241.00,-4241.00
inpatient_payment,thru_date,2025,DE1_0_2009_Beneficiary_Summary_File_Sample_X.csv,1,4000.00,0.00,4000.00
inpatient_payment_and_pass_through,thru_date,2024,DE1_0_2008_Beneficiary_Summary_File_Sample_X.csv,1,0.00,4241.00,-4241.00
inpatient_payment_and_pass_through,thru_date,2025,DE1_0_2009_Beneficiary_Summary_File_Sample_X.csv,1,4241.00,0.00,4241.00
`
	if diff := cmp.Diff(listed, readText(t, out, reconciliationFile)); diff != "" {
		t.Error(diff)
	}
}

// A claim of a year without a summary is imported and said, not compared.
func TestTieOutNamesClaimsWithoutSummary(t *testing.T) {
	late := visit.and(cells{"CLM_ID": "542000000000009", "CLM_FROM_DT": "20101231", "CLM_THRU_DT": "20101231"})
	r, _ := mustImport(t, madeSource.with(outpatnt, visit, noFrom, late).write(t), nil)
	for _, u := range r.Unmatched {
		want := "0 0.00"
		if u.Measure == OutpatientPayment {
			want = "1 100.00"
		}
		if got := decimalRows(u.Amount); got != want {
			t.Errorf("%s by %s: %s, want %s", u.Measure, u.DateBasis, got, want)
		}
	}
}

func TestRunFiles(t *testing.T) {
	_, out := mustImport(t, madeSource.write(t), nil)
	if diff := cmp.Diff("aco_id,tin\nA0001,012345678\nA0002,912345678\n", readText(t, out, participantFile)); diff != "" {
		t.Error(diff)
	}
	const acos = `aco_id,name,risk_option,experience,alignment_option,first_performance_year
A0001,Made-up Global ACO,global,newly_entering,prospective,2026
A0002,Made-up Professional ACO,professional,newly_entering,prospective,2026
`
	if diff := cmp.Diff(acos, readText(t, out, acoFile)); diff != "" { // the year after the last summary, 2009 + 16
		t.Error(diff)
	}
}

func TestOverrides(t *testing.T) {
	folder := t.TempDir()
	specialties, crosswalk := filepath.Join(folder, "npi.csv"), filepath.Join(folder, "county.csv")
	write(t, specialties, "npi,specialty_code\n0123456789,06\n")
	write(t, crosswalk, "ssa,fips\n05200,06037\n")
	r, out := mustImport(t, madeSource.write(t), func(o *Options) {
		o.SpecialtyFile, o.CountyFile, o.SpecialtyCode = specialties, crosswalk, "08"
		o.ShiftYears, o.Months = 17, MonthsToDecember
	})
	lines := readRows[professionalClaimLine](t, out, "professional_claim_line")
	if lines[0].SpecialtyCode != "06" || lines[1].SpecialtyCode != "08" {
		t.Errorf("specialties %s %s, want 06 08", lines[0].SpecialtyCode, lines[1].SpecialtyCode)
	}
	if want := date(2025, 2, 28); lines[0].FromDate != want { // 29 February 2008 and 17 years
		t.Errorf("from_date %d, want %d", lines[0].FromDate, want)
	}
	months := readRows[enrollmentMonth](t, out, "enrollment_month")
	want := enrollmentMonth{"0001AA", date(2025, 1, 1), true, false, false, "10", of("06037")} // Part B from March, HMO from November
	if diff := cmp.Diff(want, months[0]); diff != "" {
		t.Error(diff)
	}
	for _, rule := range r.Rules {
		if changed := map[string]bool{"P1": true, "P5": true, "P6": true, "P8": true}[rule.Number]; rule.Default == changed {
			t.Errorf("rule %s marked default %v", rule.Number, rule.Default)
		}
	}
}

// Every row and dollar read is kept or set aside.
func TestFilesAreConserved(t *testing.T) {
	r, _ := mustImport(t, madeSource.write(t), nil)
	checkConserved(t, r)
}

func checkConserved(t *testing.T, r Report) {
	t.Helper()
	for _, f := range r.Files {
		rows, sum := f.Kept.Rows, f.Kept.Dollars
		for _, s := range f.SetAside {
			rows, sum = rows+s.Rows, sum.Add(s.Dollars)
		}
		if rows != f.Read.Rows || !sum.Equal(f.Read.Dollars) {
			t.Errorf("%s: read %s, kept and set aside %d %s", f.File, decimalRows(f.Read), rows, sum)
		}
	}
}

func readText(t *testing.T, folder, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
