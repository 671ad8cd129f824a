package publish

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/shopspring/decimal"

	"leadline/schemas"
)

var errNull = errors.New("a null in a column that may not be null")

// appendValue adds one value. Messages name the kind of what was wrong, never
// the value: it may be a person's.
func appendValue(b array.Builder, c schemas.Column, value any) error {
	if value == nil {
		if !c.MayBeNull() {
			return errNull
		}
		b.AppendNull()
		return nil
	}
	switch b := b.(type) {
	case *array.StringBuilder:
		if v, ok := value.(string); ok {
			b.Append(v)
			return nil
		}
	case *array.BooleanBuilder:
		if v, ok := value.(bool); ok {
			b.Append(v)
			return nil
		}
	case *array.Int64Builder:
		if v, ok := whole(value); ok {
			b.Append(v)
			return nil
		}
	case *array.Int32Builder:
		if v, ok := whole(value); ok && v >= math.MinInt32 && v <= math.MaxInt32 {
			b.Append(int32(v))
			return nil
		}
	case *array.Date32Builder:
		if v, ok := value.(time.Time); ok {
			b.Append(arrow.Date32FromTime(v))
			return nil
		}
	case *array.Decimal128Builder:
		if v, ok := value.(decimal.Decimal); ok {
			return appendDecimal(b, c.Type, v)
		}
	case *array.ListBuilder:
		if v, ok := value.([]string); ok {
			b.Append(true)
			items := b.ValueBuilder().(*array.StringBuilder)
			for _, item := range v {
				items.Append(item)
			}
			return nil
		}
	}
	return fmt.Errorf("a Go %T does not fit %s", value, c.Type)
}

func whole(value any) (int64, bool) {
	switch v := value.(type) {
	case int64:
		return v, true
	case int32:
		return int64(v), true
	case int:
		return int64(v), true
	}
	return 0, false
}

func appendDecimal(b *array.Decimal128Builder, t schemas.Type, v decimal.Decimal) error {
	units := v.Shift(int32(t.Scale))
	if !units.IsInteger() {
		return fmt.Errorf("a decimal has more than %d places; round it by its rule before publishing", t.Scale)
	}
	n := units.BigInt()
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(t.Precision)), nil)
	if n.CmpAbs(limit) >= 0 {
		return fmt.Errorf("a decimal does not fit %s", t)
	}
	b.Append(decimal128.FromBigInt(n))
	return nil
}

// checkOrder proves that the rows ascend strictly by the table's key, which
// also proves the key unique. Null comes first where a key may be null.
func checkOrder(t schemas.Table, rows [][]any) error {
	key := make([]int, len(t.Key))
	for i, name := range t.Key {
		key[i] = slices.IndexFunc(t.Columns, func(c schemas.Column) bool { return c.Name == name })
		if key[i] < 0 {
			return fmt.Errorf("key column %s is not a column", name)
		}
	}
	for r := 1; r < len(rows); r++ {
		order := 0
		for _, column := range key {
			if column >= len(rows[r]) || column >= len(rows[r-1]) {
				return fmt.Errorf("row %d is too short", r+1)
			}
			if order = compare(rows[r-1][column], rows[r][column]); order != 0 {
				break
			}
		}
		if order == 0 && len(key) > 0 {
			return fmt.Errorf("rows %d and %d have one key (%s)", r, r+1, strings.Join(t.Key, ", "))
		}
		if order > 0 {
			return fmt.Errorf("row %d comes before row %d by the key (%s)", r+1, r, strings.Join(t.Key, ", "))
		}
	}
	return nil
}

func compare(a, b any) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	switch a := a.(type) {
	case string:
		if b, ok := b.(string); ok {
			return strings.Compare(a, b)
		}
	case time.Time:
		if b, ok := b.(time.Time); ok {
			return a.Compare(b)
		}
	case decimal.Decimal:
		if b, ok := b.(decimal.Decimal); ok {
			return a.Cmp(b)
		}
	case bool:
		if b, ok := b.(bool); ok {
			return cmp.Compare(rank(a), rank(b))
		}
	default:
		x, ok := whole(a)
		y, also := whole(b)
		if ok && also {
			return cmp.Compare(x, y)
		}
	}
	// Values of other types are refused when they are written.
	return -1
}

func rank(b bool) int {
	if b {
		return 1
	}
	return 0
}
