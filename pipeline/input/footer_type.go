package input

import (
	"fmt"

	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// family is what a Parquet column holds, as far as the contract cares.
type family int

const (
	familyOther family = iota
	familyText
	familyBytes // bytes that nothing marks as text
	familyInteger
	familyUnsigned
	familyFloat
	familyBoolean
	familyDate
	familyTimestamp
	familyDecimal
	familyTextList
)

// physicalType is a column's type as a file has it.
type physicalType struct {
	family           family
	bits             int // of integers
	precision, scale int // of decimals
	name             string
}

// describeColumns reads the top level of a schema, which Parquet keeps
// flattened, depth first.
func describeColumns(schema []format.SchemaElement) ([]string, map[string]physicalType) {
	var order []string
	columns := map[string]physicalType{}
	for i := 1; i < len(schema); {
		end := subtreeEnd(schema, i)
		order = append(order, schema[i].Name)
		columns[schema[i].Name] = describeColumn(schema[i:end])
		i = end
	}
	return order, columns
}

func subtreeEnd(schema []format.SchemaElement, i int) int {
	end := i + 1
	for range schema[i].NumChildren.V {
		if end >= len(schema) {
			return len(schema)
		}
		end = subtreeEnd(schema, end)
	}
	return end
}

func describeColumn(e []format.SchemaElement) physicalType {
	if e[0].NumChildren.V == 0 {
		if e[0].RepetitionType.V == format.Repeated {
			return physicalType{name: "repeated " + describeLeaf(e[0]).name}
		}
		return describeLeaf(e[0])
	}
	_, list := e[0].LogicalType.Value.(*format.ListType)
	list = list || e[0].ConvertedType.Valid && e[0].ConvertedType.V == deprecated.List
	leaf := describeLeaf(e[len(e)-1])
	if list && len(e) == 3 && leaf.family == familyText {
		return physicalType{family: familyTextList, name: "a list of text"}
	}
	if list {
		return physicalType{name: "a list of " + leaf.name}
	}
	return physicalType{name: "a group"}
}

func describeLeaf(e format.SchemaElement) physicalType {
	if p, ok := describeLogical(e); ok {
		return p
	}
	switch e.Type.V {
	case format.Boolean:
		return physicalType{family: familyBoolean, name: "BOOLEAN"}
	case format.Int32:
		return physicalType{family: familyInteger, bits: 32, name: "INT32"}
	case format.Int64:
		return physicalType{family: familyInteger, bits: 64, name: "INT64"}
	case format.Int96:
		return physicalType{family: familyTimestamp, name: "INT96 TIMESTAMP"}
	case format.Float:
		return physicalType{family: familyFloat, name: "FLOAT"}
	case format.Double:
		return physicalType{family: familyFloat, name: "DOUBLE"}
	}
	return physicalType{family: familyBytes, name: e.Type.V.String() + " without a text annotation"}
}

// describeLogical reads the annotation, in its new form or the one that older
// writers use.
func describeLogical(e format.SchemaElement) (physicalType, bool) {
	switch l := e.LogicalType.Value.(type) {
	case *format.StringType, *format.EnumType:
		return physicalType{family: familyText, name: "text"}, true
	case *format.DateType:
		return physicalType{family: familyDate, name: "DATE"}, true
	case *format.TimestampType:
		return physicalType{family: familyTimestamp, name: "TIMESTAMP"}, true
	case *format.DecimalType:
		return decimalType(int(l.Precision), int(l.Scale)), true
	case *format.IntType:
		return integerType(int(l.BitWidth), l.IsSigned), true
	case nil:
	default:
		return physicalType{name: l.String()}, true
	}
	if !e.ConvertedType.Valid {
		return physicalType{}, false
	}
	switch c := e.ConvertedType.V; c {
	case deprecated.UTF8, deprecated.Enum:
		return physicalType{family: familyText, name: "text"}, true
	case deprecated.Date:
		return physicalType{family: familyDate, name: "DATE"}, true
	case deprecated.TimestampMillis, deprecated.TimestampMicros:
		return physicalType{family: familyTimestamp, name: "TIMESTAMP"}, true
	case deprecated.Decimal:
		return decimalType(int(e.Precision.V), int(e.Scale.V)), true
	case deprecated.Int8, deprecated.Int16, deprecated.Int32, deprecated.Int64:
		return integerType(8<<(c-deprecated.Int8), true), true
	case deprecated.Uint8, deprecated.Uint16, deprecated.Uint32, deprecated.Uint64:
		return integerType(8<<(c-deprecated.Uint8), false), true
	default:
		return physicalType{name: fmt.Sprintf("converted type %d", c)}, true
	}
}

func decimalType(precision, scale int) physicalType {
	return physicalType{family: familyDecimal, precision: precision, scale: scale,
		name: fmt.Sprintf("DECIMAL(%d,%d)", precision, scale)}
}

func integerType(bits int, signed bool) physicalType {
	if signed {
		return physicalType{family: familyInteger, bits: bits, name: fmt.Sprintf("INT%d", bits)}
	}
	return physicalType{family: familyUnsigned, bits: bits, name: fmt.Sprintf("UINT%d", bits)}
}
