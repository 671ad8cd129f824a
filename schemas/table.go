package schemas

import "slices"

// Table is the one definition of a table that goes in or comes out. The check,
// the reading and the documentation are all driven by it.
type Table struct {
	Name string `json:"name"`
	Doc  string `json:"doc"`
	// Key names the columns that tell rows apart. A key column that is
	// Nullable counts null as a value of its own.
	Key []string `json:"key"`
	// Required input tables must be given and hold rows.
	Required bool `json:"required,omitempty"`
	// Alternative is the input table that may be given in this one's place.
	Alternative string `json:"alternative,omitempty"`
	// CSV tells that the table may also be a CSV file: it is small, kept in
	// spreadsheets, and read by Go rather than by the engine.
	CSV bool `json:"csv,omitempty"`
	// Restricted published tables hold rows of single beneficiaries.
	Restricted bool     `json:"restricted,omitempty"`
	Columns    []Column `json:"columns"`
}

// Column is one column of a Table.
type Column struct {
	Name string `json:"name"`
	Type Type   `json:"type"`
	// Optional columns may be absent; the rules that need them are then
	// reported as not evaluated.
	Optional bool `json:"optional,omitempty"`
	// Nullable columns may hold nulls. Optional columns are always nullable.
	Nullable bool `json:"nullable,omitempty"`
	// Codes is the closed list of values; any other value is an error.
	Codes []string `json:"codes,omitempty"`
	// Known is the open list of values; any other value is a warning.
	Known []string `json:"known,omitempty"`
	Form  Form     `json:"form,omitempty"`
	Unit  string   `json:"unit,omitempty"`
	Doc   string   `json:"doc"`
}

// The model's performance years, first and last.
const (
	FirstModelYear = 2027
	LastModelYear  = 2036
)

// Form is what a column's values must look like beyond their type.
type Form string

const (
	// FormNone asks for nothing beyond the type.
	FormNone Form = ""
	// FormTIN is nine digits, once surrounding blanks and one hyphen after the
	// second digit are taken off (R25).
	FormTIN Form = "nine digits"
	// FormFIPS is a state and county code.
	FormFIPS Form = "five digits"
	// FormDate is a day from 1990 to the end of the year after the performance
	// year.
	FormDate Form = "from 1990-01-01 to the end of the year after the performance year"
	// FormMonthFirst is a FormDate on the first day of its month.
	FormMonthFirst Form = "the first day of a month"
	// FormEndDate is a last day; it may lie in the future, and 9999-12-31
	// stands for an open end.
	FormEndDate Form = "from 1990-01-01; 9999-12-31 or null is an open end"
	// FormBirthDate is a day from 1880 on: people in an extract were born
	// before 1990.
	FormBirthDate Form = "from 1880-01-01 to the end of the year after the performance year"
	// FormOpenDate is a day of a list that is kept for several years.
	FormOpenDate Form = "from 1990-01-01"
	// FormYear is a calendar year; reference tables reach to the model's end.
	FormYear Form = "a year from 1990 to 2037"
	// FormPerformanceYear is one of the model's ten years.
	FormPerformanceYear Form = "a year from 2027 to 2036"
	// FormShare is a share of one, with at most two decimals.
	FormShare Form = "from 0 to 1, at most two decimals"
	// FormPositive is a number above zero.
	FormPositive Form = "above zero"
	// FormNotNegative is a number of zero or more.
	FormNotNegative Form = "zero or more"
	// FormSpecialty is a CMS specialty code; any other value is a warning.
	FormSpecialty Form = "two characters, a CMS specialty code"
	// FormHCPCS is a procedure code; any other value is a warning.
	FormHCPCS Form = "five characters, a HCPCS code"
)

// Column finds a column by its name.
func (t Table) Column(name string) (Column, bool) {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		return Column{}, false
	}
	return t.Columns[i], true
}

// ColumnNames lists the columns in the contract's order.
func (t Table) ColumnNames() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}

// MayBeNull tells whether a value of the column may be missing.
func (c Column) MayBeNull() bool { return c.Optional || c.Nullable }

func find(tables []Table, name string) (Table, bool) {
	i := slices.IndexFunc(tables, func(t Table) bool { return t.Name == name })
	if i < 0 {
		return Table{}, false
	}
	return tables[i], true
}
