package input

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// Rows is a small table, read whole: every cell has its contract type.
type Rows struct {
	Table   schemas.Table
	Records []Record
	// Present tells which of the contract's columns the files have: a rule
	// may ask for a column's absence, not only for nulls.
	Present map[string]bool
}

// Record is one row of a small table and where it stood.
type Record struct {
	File string
	Row  int64 // from 1 within the file, headers not counted
	rows *Rows
	// values hold string, int64, bool, time.Time, decimal.Decimal or nil, in
	// the order of the table's columns.
	values []any
}

func (r Record) value(column string) any {
	i := slices.IndexFunc(r.rows.Table.Columns, func(c schemas.Column) bool { return c.Name == column })
	if i < 0 {
		panic("no column " + column + " in table " + r.rows.Table.Name) // a bug, never an input
	}
	return r.values[i]
}

// IsNull tells whether the cell is empty. The other accessors read null as
// the zero of their type.
func (r Record) IsNull(column string) bool { return r.value(column) == nil }

// Text reads a VARCHAR column.
func (r Record) Text(column string) string { v, _ := r.value(column).(string); return v }

// Int reads an INTEGER or BIGINT column.
func (r Record) Int(column string) int64 { v, _ := r.value(column).(int64); return v }

// Bool reads a BOOLEAN column.
func (r Record) Bool(column string) bool { v, _ := r.value(column).(bool); return v }

// Date reads a DATE column as midnight UTC.
func (r Record) Date(column string) time.Time { v, _ := r.value(column).(time.Time); return v }

// Decimal reads a DECIMAL column exactly.
func (r Record) Decimal(column string) decimal.Decimal {
	v, _ := r.value(column).(decimal.Decimal)
	return v
}

// NullDecimal reads a DECIMAL column, null as nil.
func (r Record) NullDecimal(column string) *decimal.Decimal {
	if v, ok := r.value(column).(decimal.Decimal); ok {
		return &v
	}
	return nil
}

// Values are the row's cells in the order of the table's columns: string,
// int64, bool, time.Time, decimal.Decimal or nil.
func (r Record) Values() []any { return slices.Clone(r.values) }

// covers tells whether an interval column pair touches [from, to]; a null end
// is open.
func (r Record) covers(start, end string, from, to time.Time) bool {
	return (r.IsNull(start) || !r.Date(start).After(to)) && (r.IsNull(end) || !r.Date(end).Before(from))
}

// key writes the given columns so that equal keys are equal texts.
func (r Record) key(columns []string) string {
	var b []byte
	for _, c := range columns {
		b = appendCell(b, r.value(c))
	}
	return string(b)
}

func appendCell(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		b = append(b, 0)
	case string:
		b = append(b, v...)
	case int64:
		b = append(b, decimal.NewFromInt(v).String()...)
	case bool:
		if v {
			b = append(b, 1)
		}
	case time.Time:
		b = append(b, v.Format(time.DateOnly)...)
	case decimal.Decimal:
		b = append(b, v.String()...)
	}
	return append(b, 0x1f) // the unit separator: no cell holds it
}
