package schemas

import "slices"

// Outputs are the published tables, in the order in which a run makes them.
func Outputs() []Table {
	return slices.Concat(alignmentOutputs(), aggregateOutputs(), benchmarkOutputs(), laterOutputs())
}

// Output finds the definition of one published table.
func Output(name string) (Table, bool) { return find(Outputs(), name) }

var (
	// outputMoney holds sums of dollars to the four exact places of an
	// excluded share (R21), and two to spare.
	outputMoney = Decimal(24, 6)
	// outputPBPM is how baselines are shown (R12).
	outputPBPM = Decimal(18, 6)
	// outputStep is how worksheet lines are shown (R12).
	outputStep = Decimal(24, 8)

	alignmentTypes = []string{"claims", "voluntary"}
)

func column(name string, t Type, doc string) Column {
	return Column{Name: name, Type: t, Doc: doc}
}

func nullable(name string, t Type, doc string) Column {
	return Column{Name: name, Type: t, Nullable: true, Doc: doc}
}

func inUnit(unit string, c Column) Column {
	c.Unit = unit
	return c
}

func acoColumn() Column { return column("aco_id", Varchar, "the ACO") }

func alignmentTypeColumn() Column {
	return Column{Name: "alignment_type", Type: Varchar, Codes: alignmentTypes, Doc: "how the group is aligned"}
}

// groupColumns are the key by which aligned groups are counted.
func groupColumns() []Column {
	return []Column{acoColumn(), column("year", Integer, "calendar year"), categoryColumn(), alignmentTypeColumn()}
}

func calculable() []Column {
	return []Column{
		column("is_calculable", Boolean, "whether every input was there"),
		nullable("reason", Varchar, "why not"),
	}
}
