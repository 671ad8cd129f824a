package schemas

import "slices"

// Inputs are the tables that a run file may name, the claims first.
func Inputs() []Table {
	return slices.Concat(claimTables(), enrollmentTables(), listTables(), scoreTables(), referenceTables())
}

// Input finds the definition of one input table.
func Input(name string) (Table, bool) { return find(Inputs(), name) }

// MissingInputs names the required tables that are not among the given ones,
// in the contract's order. A table is not missing where its alternative is
// given.
func MissingInputs(given []string) []string {
	var missing []string
	for _, t := range Inputs() {
		if t.Required && !slices.Contains(given, t.Name) && !slices.Contains(given, t.Alternative) {
			missing = append(missing, t.Name)
		}
	}
	return missing
}

// The closed lists that several tables share.
var (
	inputCategories   = []string{"AD", "ESRD", "HN"}
	professionalTypes = []string{"71", "72", "81", "82"}
	institutionTypes  = []string{"10", "20", "30", "40", "50", "60", "61"}
	expenditureTypes  = []string{"inpatient", "outpatient", "snf", "home_health", "hospice", "professional", "dme"}
)

// year and category are the columns by which reference tables are cut.
func yearColumn(doc string) Column {
	return Column{Name: "year", Type: Integer, Form: FormYear, Doc: doc}
}

func categoryColumn() Column {
	return Column{Name: "category", Type: Varchar, Codes: inputCategories, Doc: "beneficiary category"}
}

func performanceYearColumn() Column {
	return Column{Name: "performance_year", Type: Integer, Form: FormPerformanceYear, Doc: "performance year"}
}
