package input

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/shopspring/decimal"

	"leadline/schemas"
)

func joined(names []string) string { return strings.Join(names, " + ") }

// WriteRows writes a small table to a Parquet file, so that an engine can
// read what was checked here. Columns that the input lacks are null.
func WriteRows(path string, rows *Rows) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write %s: %w", rows.Table.Name, err)
	}
	schema := parquetSchema(rows.Table)
	writer := parquet.NewWriter(f, schema, parquet.Compression(&parquet.Zstd))
	err = writeRecords(writer, schema, rows)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", rows.Table.Name, err)
	}
	return nil
}

func writeRecords(writer *parquet.Writer, schema *parquet.Schema, rows *Rows) error {
	leaf := map[string]int{}
	for i, path := range schema.Columns() {
		leaf[path[0]] = i
	}
	for _, record := range rows.Records {
		row := make(parquet.Row, len(rows.Table.Columns))
		for i, c := range rows.Table.Columns {
			at := leaf[c.Name]
			row[at] = toParquet(c, record.values[i]).Level(0, definitionLevel(record.values[i]), at)
		}
		if _, err := writer.WriteRows([]parquet.Row{row}); err != nil {
			return err
		}
	}
	return writer.Close()
}

func definitionLevel(v any) int {
	if v == nil {
		return 0
	}
	return 1
}

func parquetSchema(t schemas.Table) *parquet.Schema {
	group := parquet.Group{}
	for _, c := range t.Columns {
		group[c.Name] = parquet.Optional(parquetNode(c.Type))
	}
	return parquet.NewSchema(t.Name, group)
}

// int32Digits is the widest decimal that Parquet keeps in 32 bits.
const int32Digits = 9

func parquetNode(t schemas.Type) parquet.Node {
	switch t.Kind {
	case schemas.KindInteger:
		return parquet.Int(integerBits)
	case schemas.KindBigint:
		return parquet.Int(bigintBits)
	case schemas.KindBoolean:
		return parquet.Leaf(parquet.BooleanType)
	case schemas.KindDate:
		return parquet.Date()
	case schemas.KindDecimal:
		if t.Precision <= int32Digits {
			return parquet.Decimal(t.Scale, t.Precision, parquet.Int32Type)
		}
		return parquet.Decimal(t.Scale, t.Precision, parquet.Int64Type)
	}
	return parquet.String()
}

func toParquet(c schemas.Column, v any) parquet.Value {
	switch v := v.(type) {
	case string:
		return parquet.ByteArrayValue([]byte(v))
	case bool:
		return parquet.BooleanValue(v)
	case int64:
		if c.Type.Kind == schemas.KindInteger {
			return parquet.Int32Value(int32(v))
		}
		return parquet.Int64Value(v)
	case time.Time:
		return parquet.Int32Value(int32(v.Unix() / secondsADay))
	case decimal.Decimal:
		n := v.Shift(int32(c.Type.Scale)).IntPart()
		if c.Type.Precision <= int32Digits {
			return parquet.Int32Value(int32(n))
		}
		return parquet.Int64Value(n)
	}
	return parquet.NullValue()
}

const secondsADay = 24 * 60 * 60
