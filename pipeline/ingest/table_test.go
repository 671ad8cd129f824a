package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// What the source leaves blank is null in the tables, in the pattern that
// parquet-go loses in a plain field with its optional tag: of 64 rows, as many
// null ones as the values after them, then only null ones (table.go).
func TestBlanksAreNull(t *testing.T) {
	const rows, first, run = 64, 2, 2
	given := func(i int, value string) string {
		if i < first || i >= first+run {
			return ""
		}
		return value
	}
	source := made{}
	for i := range rows {
		bene := fmt.Sprintf("%06d", i+1)
		person := person1.and(cells{"DESYNPUF_ID": bene, "BENE_SEX_IDENT_CD": given(i, "2"), "SP_STATE_CODE": "54"})
		if i == 1 { // the second person's twelve months follow the twelve of the first
			person["SP_STATE_CODE"] = "05"
		}
		line := cells{"DESYNPUF_ID": bene, "CLM_ID": "8870" + strconv.Itoa(i), "CLM_FROM_DT": "20080301", "CLM_THRU_DT": "20080301",
			"TAX_NUM_1": "012345678", "LINE_NCH_PMT_AMT_1": "50.00", "LINE_ALOWD_CHRG_AMT_1": "60.00",
			"PRF_PHYSN_NPI_1": given(i, "0123456789"), "HCPCS_CD_1": given(i, "99213"), "LINE_PRCSG_IND_CD_1": given(i, "A")}
		claim := visit.and(cells{"DESYNPUF_ID": bene, "CLM_ID": "5420" + strconv.Itoa(i), "PRVDR_NUM": given(i, "050001")})
		source[summary08] = append(source[summary08], person)
		source[carrierA] = append(source[carrierA], line)
		source[outpatnt] = append(source[outpatnt], claim)
	}
	source[inpatient] = []cells{}
	_, out := mustImport(t, source.write(t), nil)
	for _, column := range []struct {
		table, name string
		values      int
	}{
		{"professional_claim_line", "hcpcs_code", run},
		{"professional_claim_line", "npi", run},
		{"professional_claim_line", "processing_indicator_code", run},
		{"institutional_claim", "ccn", run},
		{"institutional_claim", "admission_date", 0},
		{"institutional_claim", "discharge_date", 0},
		{"institutional_claim", "covered_day_count", 0},
		{"institutional_claim", "pass_through_amount", 0},
		{"beneficiary", "sex_code", run},
		{"beneficiary", "death_date", 0},
		{"enrollment_month", "county_fips", monthsInYear},
	} {
		if got := valuesOf(t, filepath.Join(out, parquetName(column.table)), column.name); got != column.values {
			t.Errorf("%s.%s: %d rows have a value, want %d", column.table, column.name, got, column.values)
		}
	}
}

// valuesOf counts a column's rows that are not null.
func valuesOf(t *testing.T, path, column string) int {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := parquet.NewReader(f)
	defer r.Close()
	leaf, ok := r.Schema().Lookup(column)
	if !ok {
		t.Fatalf("no column %s", column)
	}
	values, rows := 0, make([]parquet.Row, r.NumRows())
	for read := 0; read < len(rows); {
		n, err := r.ReadRows(rows[read:])
		if n == 0 {
			t.Fatalf("read %d of %d rows: %v", read, len(rows), err)
		}
		for _, row := range rows[read : read+n] {
			row.Range(func(at int, v []parquet.Value) bool {
				if at == leaf.ColumnIndex && !v[0].IsNull() {
					values++
				}
				return true
			})
		}
		read += n
	}
	return values
}
