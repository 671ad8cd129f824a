package publish

import (
	"errors"
	"fmt"
	"os"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"leadline/schemas"
)

// What the bytes of a published file depend on, besides its rows. A change of
// any of them, or of the Parquet writer's version, changes every file's hash.
const (
	createdBy       = "leadline"
	contractVersion = "1"
	rowGroupRows    = 100_000
	pageBytes       = 1 << 20
	dictionaryBytes = 1 << 30 // beyond what a row group of texts can fill
)

// WriteTable writes rows as the Parquet file of a published table and syncs
// it. The rows stand in the order of the table's key, without two of one key;
// equal rows give equal bytes.
//
// A value is nil for null, string, bool, int64 (or int), []string, time.Time
// for a DATE (its day), or decimal.Decimal. A decimal with more places than
// its column is refused: rounding belongs to a rule, not to the writer.
func WriteTable(path string, t schemas.Table, rows [][]any) error {
	if err := checkOrder(t, rows); err != nil {
		return fmt.Errorf("table %s: %w", t.Name, err)
	}
	schema, err := arrowSchema(t)
	if err != nil {
		return fmt.Errorf("table %s: %w", t.Name, err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fileMode)
	if err != nil {
		return cannot("table %s: %w", t.Name, err)
	}
	// The Parquet writer closes what it is given, so it is given less.
	err = writeParquet(unclosed{f}, schema, t, rows)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(fmt.Errorf("table %s: %w", t.Name, err), os.Remove(path))
	}
	return nil
}

type unclosed struct{ f *os.File }

func (u unclosed) Write(p []byte) (int, error) {
	n, err := u.f.Write(p)
	if err != nil {
		return n, &Error{err}
	}
	return n, nil
}

func writeParquet(out unclosed, schema *arrow.Schema, t schemas.Table, rows [][]any) error {
	w, err := pqarrow.NewFileWriter(schema, out, writerProperties(t), pqarrow.DefaultWriterProps())
	if err != nil {
		return err
	}
	for _, pair := range [][2]string{{"leadline.contract", contractVersion}, {"leadline.table", t.Name}} {
		if err := w.AppendKeyValueMetadata(pair[0], pair[1]); err != nil {
			return err
		}
	}
	for start := 0; start < len(rows); start += rowGroupRows {
		group := rows[start:min(start+rowGroupRows, len(rows))]
		if err := writeGroup(w, schema, t, group); err != nil {
			return errors.Join(err, w.Close())
		}
	}
	return w.Close()
}

// writerProperties keeps each column to one data encoding. Where a dictionary
// outgrows its limit, arrow-go falls back to plain pages and then lists the two
// encodings in the order of a Go map, another one in each run; so text, which
// repeats, has a dictionary that no row group can outgrow, and numbers none.
func writerProperties(t schemas.Table) *parquet.WriterProperties {
	properties := []parquet.WriterProperty{
		parquet.WithCreatedBy(createdBy),
		parquet.WithCompression(compress.Codecs.Zstd),
		parquet.WithCompressionLevel(3),
		parquet.WithDataPageVersion(parquet.DataPageV2),
		parquet.WithDataPageSize(pageBytes),
		parquet.WithMaxRowGroupLength(rowGroupRows),
		parquet.WithDictionaryPageSizeLimit(dictionaryBytes),
		parquet.WithDictionaryDefault(false),
		parquet.WithStats(true),
		parquet.WithStoreDecimalAsInteger(true),
	}
	for _, c := range t.Columns {
		switch c.Type.Kind {
		case schemas.KindVarchar:
			properties = append(properties, parquet.WithDictionaryFor(c.Name, true))
		case schemas.KindVarcharList:
			properties = append(properties, parquet.WithDictionaryFor(c.Name+".list.element", true))
		}
	}
	return parquet.NewWriterProperties(properties...)
}

func writeGroup(w *pqarrow.FileWriter, schema *arrow.Schema, t schemas.Table, rows [][]any) error {
	builder := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer builder.Release()
	for i, row := range rows {
		if len(row) != len(t.Columns) {
			return fmt.Errorf("row %d has %d values for %d columns", i+1, len(row), len(t.Columns))
		}
		for j, value := range row {
			if err := appendValue(builder.Field(j), t.Columns[j], value); err != nil {
				return fmt.Errorf("column %s: %w", t.Columns[j].Name, err)
			}
		}
	}
	batch := builder.NewRecordBatch()
	defer batch.Release()
	return w.Write(batch)
}

func arrowSchema(t schemas.Table) (*arrow.Schema, error) {
	fields := make([]arrow.Field, len(t.Columns))
	for i, c := range t.Columns {
		kind, err := arrowType(c.Type)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		fields[i] = arrow.Field{Name: c.Name, Type: kind, Nullable: c.MayBeNull()}
	}
	return arrow.NewSchema(fields, nil), nil
}

func arrowType(t schemas.Type) (arrow.DataType, error) {
	switch t.Kind {
	case schemas.KindVarchar:
		return arrow.BinaryTypes.String, nil
	case schemas.KindInteger:
		return arrow.PrimitiveTypes.Int32, nil
	case schemas.KindBigint:
		return arrow.PrimitiveTypes.Int64, nil
	case schemas.KindBoolean:
		return arrow.FixedWidthTypes.Boolean, nil
	case schemas.KindDate:
		return arrow.FixedWidthTypes.Date32, nil
	case schemas.KindDecimal:
		return &arrow.Decimal128Type{Precision: int32(t.Precision), Scale: int32(t.Scale)}, nil
	case schemas.KindVarcharList:
		return arrow.ListOf(arrow.BinaryTypes.String), nil
	}
	return nil, fmt.Errorf("type %s is not published", t)
}
