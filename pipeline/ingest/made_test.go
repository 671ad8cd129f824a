package ingest

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// A made source: rows as column values, laid out under CMS's headers.
type (
	cells map[string]string
	made  map[string][]cells // file name -> rows
)

const (
	summary08 = "DE1_0_2008_Beneficiary_Summary_File_Sample_X.csv"
	summary09 = "DE1_0_2009_Beneficiary_Summary_File_Sample_X.csv"
	carrierA  = "DE1_0_2008_to_2010_Carrier_Claims_Sample_XA.csv"
	inpatient = "DE1_0_2008_to_2010_Inpatient_Claims_Sample_X.csv"
	outpatnt  = "DE1_0_2008_to_2010_Outpatient_Claims_Sample_X.csv"
)

func numbered(prefix string, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = prefix + "_" + strconv.Itoa(i+1)
	}
	return names
}

// headerOf is CMS's header of a made file, without columns that no reading uses.
func headerOf(file string) []string {
	switch {
	case strings.Contains(file, "Beneficiary"):
		return strings.Split("DESYNPUF_ID,BENE_BIRTH_DT,BENE_DEATH_DT,BENE_SEX_IDENT_CD,BENE_ESRD_IND,SP_STATE_CODE,BENE_COUNTY_CD,"+
			"BENE_HI_CVRAGE_TOT_MONS,BENE_SMI_CVRAGE_TOT_MONS,BENE_HMO_CVRAGE_TOT_MONS,MEDREIMB_IP,MEDREIMB_OP", ",")
	case strings.Contains(file, "Carrier"):
		h := append([]string{"DESYNPUF_ID", "CLM_ID", "CLM_FROM_DT", "CLM_THRU_DT"}, numbered("ICD9_DGNS_CD", carrierDiagnoses)...)
		for _, prefix := range append([]string{"PRF_PHYSN_NPI", "TAX_NUM", "HCPCS_CD", "LINE_PRCSG_IND_CD", "LINE_ICD9_DGNS_CD"}, slotAmounts[:]...) {
			h = append(h, numbered(prefix, lineSlots)...)
		}
		return h
	}
	h := append(strings.Split("DESYNPUF_ID,CLM_ID,SEGMENT,CLM_FROM_DT,CLM_THRU_DT,PRVDR_NUM,CLM_PMT_AMT", ","), numbered("ICD9_DGNS_CD", institutionalDiagnoses)...)
	if strings.Contains(file, "Inpatient") {
		h = append(h, "CLM_ADMSN_DT", "NCH_BENE_DSCHRG_DT", "CLM_PASS_THRU_PER_DIEM_AMT", "CLM_UTLZTN_DAY_CNT")
	}
	return h
}

// write lays the made files into a new folder.
func (m made) write(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for file, rows := range m {
		f, err := os.Create(filepath.Join(folder, file))
		if err != nil {
			t.Fatal(err)
		}
		w := csv.NewWriter(f)
		header := headerOf(file)
		w.Write(header)
		for _, row := range rows {
			record := make([]string, len(header))
			for name, value := range row {
				at := slices.Index(header, name)
				if at < 0 {
					t.Fatalf("%s has no column %s", file, name)
				}
				record[at] = value
			}
			w.Write(record)
		}
		w.Flush()
		f.Close()
	}
	return folder
}

// with is a copy of the source with a file's rows replaced.
func (m made) with(file string, rows ...cells) made {
	c := maps.Clone(m)
	c[file] = rows
	return c
}

// and is a copy of the row with some values replaced.
func (c cells) and(more cells) cells {
	both := maps.Clone(c)
	maps.Copy(both, more)
	return both
}

// importMade imports a folder or archive into a new folder.
func importMade(t *testing.T, source string, change func(*Options)) (Report, string, error) {
	t.Helper()
	o := DefaultOptions()
	o.Source, o.Out = source, filepath.Join(t.TempDir(), "out")
	if change != nil {
		change(&o)
	}
	r, err := ImportDESynPUF(context.Background(), o)
	return r, o.Out, err
}

func mustImport(t *testing.T, source string, change func(*Options)) (Report, string) {
	t.Helper()
	r, out, err := importMade(t, source, change)
	if err != nil {
		t.Fatal(err)
	}
	return r, out
}

// readRows reads a table of an import back.
func readRows[T any](t *testing.T, out, table string) []T {
	t.Helper()
	f, err := os.Open(filepath.Join(out, parquetName(table)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := parquet.NewGenericReader[T](f)
	defer r.Close()
	rows := make([]T, r.NumRows())
	if n, err := r.Read(rows); n != len(rows) || err != nil && !errors.Is(err, io.EOF) {
		t.Fatalf("%s: read %d of %d rows: %v", table, n, len(rows), err)
	}
	return rows
}

func date(year, month, day int) int32 { return civil{year, month, day}.days() }

func of[T any](v T) *T { return &v }
