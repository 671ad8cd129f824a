package ingest

import (
	"os"
	"path/filepath"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// The rows of the contract's tables, with the columns that the layout can fill.
// Amounts are whole cents under DECIMAL(12,2), dates days since 1970. A column
// that may be null is a pointer, nil for null: a plain field with the optional
// tag loses nulls in parquet-go v0.32.0, which writes empty values for the last
// of 64 rows where the first n are null, the next n are not, and the rest are.

type professionalClaimLine struct {
	ClaimID                 string   `parquet:"claim_id"`
	LineNumber              int32    `parquet:"line_number"`
	BeneID                  string   `parquet:"bene_id,dict"`
	ClaimTypeCode           string   `parquet:"claim_type_code,dict"`
	FromDate                int32    `parquet:"from_date,date,dict"`
	ThruDate                int32    `parquet:"thru_date,date,dict"`
	HCPCSCode               *string  `parquet:"hcpcs_code,optional,dict"`
	TIN                     string   `parquet:"tin,dict"`
	NPI                     *string  `parquet:"npi,optional,dict"`
	SpecialtyCode           string   `parquet:"specialty_code,dict"`
	AllowedAmount           int64    `parquet:"allowed_amount,decimal(2:12)"`
	PaidAmount              int64    `parquet:"paid_amount,decimal(2:12)"`
	ProcessingIndicatorCode *string  `parquet:"processing_indicator_code,optional,dict"`
	DiagnosisCodes          []string `parquet:"diagnosis_codes,list" parquet-element:",dict"`
}

type institutionalClaim struct {
	ClaimID           string   `parquet:"claim_id"`
	BeneID            string   `parquet:"bene_id,dict"`
	ClaimTypeCode     string   `parquet:"claim_type_code,dict"`
	CCN               *string  `parquet:"ccn,optional,dict"`
	FromDate          int32    `parquet:"from_date,date,dict"`
	ThruDate          int32    `parquet:"thru_date,date,dict"`
	AdmissionDate     *int32   `parquet:"admission_date,optional,date"`
	DischargeDate     *int32   `parquet:"discharge_date,optional,date"`
	CoveredDayCount   *int32   `parquet:"covered_day_count,optional"`
	PaidAmount        int64    `parquet:"paid_amount,decimal(2:12)"`
	PassThroughAmount *int64   `parquet:"pass_through_amount,optional,decimal(2:12)"`
	DiagnosisCodes    []string `parquet:"diagnosis_codes,list" parquet-element:",dict"`
}

type enrollmentMonth struct {
	BeneID             string  `parquet:"bene_id,dict"`
	Month              int32   `parquet:"month,date,dict"`
	PartA              bool    `parquet:"part_a"`
	PartB              bool    `parquet:"part_b"`
	MedicareAdvantage  bool    `parquet:"medicare_advantage"`
	MedicareStatusCode string  `parquet:"medicare_status_code,dict"`
	CountyFIPS         *string `parquet:"county_fips,optional,dict"`
}

type beneficiary struct {
	BeneID    string  `parquet:"bene_id"`
	BirthDate *int32  `parquet:"birth_date,optional,date"`
	DeathDate *int32  `parquet:"death_date,optional,date"`
	SexCode   *string `parquet:"sex_code,optional,dict"`
}

const (
	rowGroupRows    = 1 << 20
	rowsPerBatch    = 1 << 10
	dataPageVersion = 2
	privateFolder   = 0o700
	privateFile     = 0o600
)

// A sink writes the rows of one table to its Parquet file.
type sink[T any] struct {
	table string
	rows  int64
	batch []T
	file  *os.File
	w     *parquet.GenericWriter[T]
}

func parquetName(table string) string { return table + ".parquet" }

// newSink makes folder/table.parquet.
func newSink[T any](folder, table string) (*sink[T], error) {
	f, err := os.OpenFile(filepath.Join(folder, parquetName(table)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateFile)
	if err != nil {
		return nil, err
	}
	return &sink[T]{table: table, file: f, w: parquet.NewGenericWriter[T](f,
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}),
		parquet.DataPageVersion(dataPageVersion),
		parquet.MaxRowsPerRowGroup(rowGroupRows),
		parquet.CreatedBy("leadline", "import", ""),
	)}, nil
}

func (s *sink[T]) add(row T) error {
	s.rows++
	if s.batch = append(s.batch, row); len(s.batch) < rowsPerBatch {
		return nil
	}
	return s.flush()
}

func (s *sink[T]) flush() error {
	_, err := s.w.Write(s.batch)
	s.batch = s.batch[:0]
	return err
}

// finish writes what is left and makes it durable.
func (s *sink[T]) finish() error {
	err := s.flush()
	if err == nil {
		err = s.w.Close()
	}
	if err == nil {
		err = s.file.Sync()
	}
	s.abandon()
	return err
}

// abandon closes the file of an import that failed. After finish it does nothing.
func (s *sink[T]) abandon() {
	if s.file != nil {
		s.file.Close()
		s.file = nil
	}
}

// orNull is a date as an optional Parquet DATE.
func orNull(d civil) *int32 {
	if d.isZero() {
		return nil
	}
	days := d.days()
	return &days
}

// unlessBlank is a text of the source as an optional Parquet column.
func unlessBlank(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
