package ingest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func decimalRows(a Amount) string { return fmt.Sprintf("%d %s", a.Rows, a.Dollars.StringFixed(2)) }

func plus(a, b Amount) Amount { return Amount{a.Rows + b.Rows, a.Dollars.Add(b.Dollars)} }

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), privateFile); err != nil {
		t.Fatal(err)
	}
}

// Each damage is said with its file, row and column, and no value of the row.
func TestDamagedRows(t *testing.T) {
	tests := []struct {
		name string
		in   made
		want string
	}{
		{"TIN without its leading zero", madeSource.with(carrierA, carrierClaim1, carrierClaim1.and(cells{"CLM_ID": "1", "TAX_NUM_3": "12345678"})),
			carrierA + ", row 2, column TAX_NUM_3: not 9 digits; a spreadsheet"},
		{"NPI as a float", madeSource.with(carrierA, carrierClaim1.and(cells{"PRF_PHYSN_NPI_1": "1.23E+08"})),
			carrierA + ", row 1, column PRF_PHYSN_NPI_1: not 10 digits"},
		{"claim id as a float", madeSource.with(outpatnt, visit.and(cells{"CLM_ID": "5.42E+14"})),
			outpatnt + ", row 1, column CLM_ID: is not a number of digits only"},
		{"claim id blank", madeSource.with(inpatient, stay.and(cells{"CLM_ID": ""})), inpatient + ", row 1, column CLM_ID"},
		{"beneficiary blank on a claim", madeSource.with(inpatient, stay.and(cells{"DESYNPUF_ID": " "})), inpatient + ", row 1, column DESYNPUF_ID: is blank"},
		{"beneficiary blank in a summary", madeSource.with(summary09, person1.and(cells{"DESYNPUF_ID": ""})), summary09 + ", row 1, column DESYNPUF_ID: is blank"},
		{"amount of three decimals", madeSource.with(outpatnt, visit.and(cells{"CLM_PMT_AMT": "1.005"})), outpatnt + ", row 1, column CLM_PMT_AMT: not an amount"},
		{"amount on a line", madeSource.with(carrierA, carrierClaim1.and(cells{"LINE_ALOWD_CHRG_AMT_1": "x"})), carrierA + ", row 1, column LINE_ALOWD_CHRG_AMT_1: not an amount"},
		{"no such day", madeSource.with(inpatient, stay.and(cells{"CLM_THRU_DT": "20090230"})), inpatient + ", row 1, column CLM_THRU_DT: not a date"},
		{"admission", madeSource.with(inpatient, stay.and(cells{"CLM_ADMSN_DT": "2009"})), inpatient + ", row 1, column CLM_ADMSN_DT: not a date"},
		{"days", madeSource.with(inpatient, stay.and(cells{"CLM_UTLZTN_DAY_CNT": "-1"})), inpatient + ", row 1, column CLM_UTLZTN_DAY_CNT: not a whole number"},
		{"pass-through too large", madeSource.with(inpatient, stay.and(cells{"CLM_PASS_THRU_PER_DIEM_AMT": "9999999999.99"})), inpatient + ", row 1, column CLM_PASS_THRU_PER_DIEM_AMT: times"},
		{"segment", madeSource.with(inpatient, stay.and(cells{"SEGMENT": "A"})), inpatient + ", row 1, column SEGMENT: not a whole number"},
		{"thirteen months", madeSource.with(summary08, person1.and(cells{"BENE_HI_CVRAGE_TOT_MONS": "13"})), summary08 + ", row 1, column BENE_HI_CVRAGE_TOT_MONS: not a whole number from 0 to 12"},
		{"state", madeSource.with(summary08, person1.and(cells{"SP_STATE_CODE": "CA"})), summary08 + ", row 1, column SP_STATE_CODE: not a code of 2 digits"},
		{"county", madeSource.with(summary08, person1.and(cells{"BENE_COUNTY_CD": "1000"})), summary08 + ", row 1, column BENE_COUNTY_CD: not a code of 3 digits"},
		{"birth", madeSource.with(summary08, person1.and(cells{"BENE_BIRTH_DT": "1940-01-01"})), summary08 + ", row 1, column BENE_BIRTH_DT: not a date"},
		{"CMS's total", madeSource.with(summary08, person1.and(cells{"MEDREIMB_OP": "n/a"})), summary08 + ", row 1, column MEDREIMB_OP: not an amount"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, out, err := importMade(t, tt.in.write(t), nil)
			checkInputError(t, err, tt.want)
			checkNothingLeft(t, out)
		})
	}
}

// Damage to whole files, made in the folder that a good source was written to.
func TestDamagedFiles(t *testing.T) {
	in := func(name, text string) func(*testing.T, string) {
		return func(t *testing.T, folder string) { write(t, filepath.Join(folder, name), text) }
	}
	tests := []struct {
		name   string
		damage func(*testing.T, string)
		want   string
	}{
		{"no carrier file", func(_ *testing.T, f string) { os.Remove(filepath.Join(f, carrierA)) }, "holds no DE-SynPUF file of carrier"},
		{"columns missing", in(outpatnt, "DESYNPUF_ID,CLM_ID,SEGMENT,CLM_FROM_DT\n"), "has no column CLM_THRU_DT, PRVDR_NUM, CLM_PMT_AMT, ICD9_DGNS_CD_1"},
		{"row cut short", in(outpatnt, strings.Join(headerOf(outpatnt), ",")+"\n0001AA,54\n"), outpatnt + ", row 1: line 2 of the file is not CSV"},
		{"empty file", in(outpatnt, ""), outpatnt + ": is empty"},
		{"summary without a year", func(_ *testing.T, f string) {
			os.Rename(filepath.Join(f, summary08), filepath.Join(f, "Beneficiary.csv"))
		}, "Beneficiary.csv: is a beneficiary summary without a year in its name"},
		{"a file twice", func(t *testing.T, f string) {
			os.Mkdir(filepath.Join(f, "again"), privateFolder)
			write(t, filepath.Join(f, "again", carrierA), strings.Join(headerOf(carrierA), ",")+"\n")
		}, carrierA + ": is in the source twice"},
		{"not a zip", in("more.zip", "PK?"), "more.zip: cannot be unpacked"},
		{"a tar cut short", in("more.tar.gz", "\x1f\x8b\x08"), "more.tar.gz: cannot be unpacked"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			folder := madeSource.write(t)
			tt.damage(t, folder)
			_, out, err := importMade(t, folder, nil)
			checkInputError(t, err, tt.want)
			checkNothingLeft(t, out)
		})
	}
	_, _, err := importMade(t, filepath.Join(t.TempDir(), "absent"), nil)
	checkInputError(t, err, "cannot be opened")
}

func TestDamagedOverrides(t *testing.T) {
	tests := []struct{ name, specialties, crosswalk, want string }{
		{"specialty header", "npi,code\n", "", "file.csv: has no column specialty_code; its header must be npi,specialty_code"},
		{"short NPI", "npi,specialty_code\n123,06\n", "", "file.csv, row 1, column npi: not ten digits"},
		{"specialty of one character", "npi,specialty_code\n0123456789,6\n", "", "file.csv, row 1, column specialty_code: not two characters"},
		{"two specialties", "npi,specialty_code\n0123456789,06\n0123456789,08\n", "", "file.csv, row 2, column npi: given before with another specialty_code"},
		{"short SSA", "", "ssa,fips\n5200,06037\n", "file.csv, row 1, column ssa: not five digits"},
		{"short FIPS", "", "ssa,fips\n05200,6037\n", "file.csv, row 1, column fips: not five digits"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file.csv")
			write(t, path, tt.specialties+tt.crosswalk)
			_, _, err := importMade(t, madeSource.write(t), func(o *Options) {
				if tt.specialties != "" {
					o.SpecialtyFile = path
				} else {
					o.CountyFile = path
				}
			})
			checkInputError(t, err, tt.want)
		})
	}
}

func TestOptionsAreChecked(t *testing.T) {
	err := Options{ShiftYears: -1, Months: "spread", Segments: "drop", SpecialtyCode: "1"}.check()
	if !errors.Is(err, ErrOptions) {
		t.Fatalf("%v, want ErrOptions", err)
	}
	for _, want := range []string{"no source", "no output", "shift of -1", `months rule "spread"`, `segments rule "drop"`, `specialty code "1"`, "0 participant TINs"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %s", err, want)
		}
	}
}

func TestCancelledImportLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	o := DefaultOptions()
	o.Source, o.Out = madeSource.write(t), filepath.Join(t.TempDir(), "out")
	o.Progress = func(p Progress) {
		if p.File == outpatnt {
			cancel()
		}
	}
	o.Segments = DatedByFirstSegment // the second pass meets the cancelled context
	if _, err := ImportDESynPUF(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
	checkNothingLeft(t, o.Out)
}

func checkInputError(t *testing.T, err error, want string) {
	t.Helper()
	var input *InputError
	if !errors.As(err, &input) {
		t.Fatalf("%v, want an InputError", err)
	}
	if !strings.Contains(err.Error(), want) {
		t.Errorf("%v\ndoes not say: %s", err, want)
	}
	for _, bene := range []string{"0001AA", "0002BB"} {
		if strings.Contains(err.Error(), bene) {
			t.Errorf("error names a person: %v", err)
		}
	}
}

// checkNothingLeft finds neither the output nor the folder aside.
func checkNothingLeft(t *testing.T, out string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(out))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		t.Errorf("%s is left behind", e.Name())
	}
}
