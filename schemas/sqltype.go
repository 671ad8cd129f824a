package schemas

import "fmt"

// Kind is the family of a column's type.
type Kind string

// The kinds of the contract. There is no floating point and no timestamp
// among them: neither adds up the same way twice.
const (
	KindVarchar     Kind = "VARCHAR"
	KindInteger     Kind = "INTEGER"
	KindBigint      Kind = "BIGINT"
	KindBoolean     Kind = "BOOLEAN"
	KindDate        Kind = "DATE"
	KindDecimal     Kind = "DECIMAL"
	KindVarcharList Kind = "VARCHAR[]"
)

// Type is a column's SQL type. Precision and Scale belong to decimals only.
type Type struct {
	Kind      Kind
	Precision int
	Scale     int
}

// The types without a precision.
var (
	Varchar     = Type{Kind: KindVarchar}
	Integer     = Type{Kind: KindInteger}
	Bigint      = Type{Kind: KindBigint}
	Boolean     = Type{Kind: KindBoolean}
	Date        = Type{Kind: KindDate}
	VarcharList = Type{Kind: KindVarcharList}
)

// Money is the dollars and cents of one row of an extract.
var Money = Decimal(12, 2)

// Decimal is the exact decimal type of the given precision and scale.
func Decimal(precision, scale int) Type {
	return Type{Kind: KindDecimal, Precision: precision, Scale: scale}
}

// String is the type as SQL writes it.
func (t Type) String() string { return t.SQL() }

// SQL is the type as DuckDB and Spark write it, but for lists, which Spark
// spells otherwise.
func (t Type) SQL() string {
	if t.Kind == KindDecimal {
		return fmt.Sprintf("DECIMAL(%d,%d)", t.Precision, t.Scale)
	}
	return string(t.Kind)
}

// MarshalText makes JSON carry the SQL spelling.
func (t Type) MarshalText() ([]byte, error) { return []byte(t.String()), nil }
