package schemas

// Relation is a small table made in Go that SQL steps read: a rule's numbers
// and dates as rows, so that no number stands in a query. A nil value is null;
// others are string, int64, bool, time.Time or decimal.Decimal.
type Relation struct {
	Name    string
	Columns []Column
	Rows    [][]any
}
