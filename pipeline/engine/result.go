package engine

import (
	"fmt"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/shopspring/decimal"
)

// Values returns every row of the result as Go values: nil for null, string,
// int64, bool, time.Time for a date, decimal.Decimal, or []string.
func (r *Result) Values() ([][]any, error) {
	rows := make([][]any, 0, r.Rows())
	for _, batch := range r.Batches {
		for i := range int(batch.NumRows()) {
			row := make([]any, batch.NumCols())
			for c := range row {
				v, err := value(batch.Column(c), i)
				if err != nil {
					return nil, fmt.Errorf("column %s: %w", r.Schema.Field(c).Name, err)
				}
				row[c] = v
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// Columns names the result's columns.
func (r *Result) Columns() []string {
	names := make([]string, r.Schema.NumFields())
	for i, f := range r.Schema.Fields() {
		names[i] = f.Name
	}
	return names
}

// A float has no case here on purpose: no DOUBLE may come back from a step.
func value(column arrow.Array, i int) (any, error) {
	if column.IsNull(i) {
		return nil, nil
	}
	switch a := column.(type) {
	case *array.String: // copied: the batch's memory is the engine's, and is given back
		return strings.Clone(a.Value(i)), nil
	case *array.Int64:
		return a.Value(i), nil
	case *array.Int32:
		return int64(a.Value(i)), nil
	case *array.Boolean:
		return a.Value(i), nil
	case *array.Date32:
		return a.Value(i).ToTime(), nil
	case *array.Decimal128:
		scale := a.DataType().(*arrow.Decimal128Type).Scale
		return decimal.NewFromBigInt(a.Value(i).BigInt(), -scale), nil
	case *array.Null:
		return nil, nil
	case *array.List:
		return texts(a, i)
	}
	return nil, fmt.Errorf("type %s is not one of the contract's", column.DataType())
}

func texts(a *array.List, i int) ([]string, error) {
	from, to := a.ValueOffsets(i)
	items := make([]string, 0, to-from)
	for j := from; j < to; j++ {
		v, err := value(a.ListValues(), int(j))
		if err != nil {
			return nil, err
		}
		text, _ := v.(string)
		items = append(items, text)
	}
	return items, nil
}

// Row is one row of a result, read by column name.
type Row struct {
	index  map[string]int
	values []any
}

// Each calls do for every row in order.
func (r *Result) Each(do func(Row) error) error {
	index := map[string]int{}
	for i, name := range r.Columns() {
		index[name] = i
	}
	rows, err := r.Values()
	if err != nil {
		return err
	}
	for _, values := range rows {
		if err := do(Row{index, values}); err != nil {
			return err
		}
	}
	return nil
}

// get panics on a name that the query did not select: a bug, never an input.
func get[T any](r Row, name string) T {
	i, ok := r.index[name]
	if !ok {
		panic("no column " + name + " in the result")
	}
	v, _ := r.values[i].(T)
	return v
}

// IsNull says whether the column is null.
func (r Row) IsNull(name string) bool { return r.values[r.index[name]] == nil }

// Text, Int, Bool, Date and Decimal read a column; null reads as the zero.
func (r Row) Text(name string) string { return get[string](r, name) }

// Int reads a BIGINT or INTEGER column.
func (r Row) Int(name string) int64 { return get[int64](r, name) }

// Bool reads a BOOLEAN column.
func (r Row) Bool(name string) bool { return get[bool](r, name) }

// Date reads a DATE column.
func (r Row) Date(name string) time.Time { return get[time.Time](r, name) }

// Decimal reads a DECIMAL column exactly.
func (r Row) Decimal(name string) decimal.Decimal { return get[decimal.Decimal](r, name) }
