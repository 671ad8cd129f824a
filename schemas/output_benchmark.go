package schemas

import (
	"fmt"
	"slices"
)

const dollarsPBPM = "dollars PBPM"

func benchmarkOutputs() []Table {
	return []Table{baseline(), benchmarkStep(), benchmarkTable(), identity()}
}

func baseline() Table {
	columns := []Column{acoColumn(), categoryColumn(), alignmentTypeColumn()}
	for by := 1; by <= 3; by++ {
		prefix := fmt.Sprintf("by%d_", by)
		name := fmt.Sprintf("BY%d", by)
		columns = append(columns,
			column(prefix+"year", Integer, "calendar year of "+name),
			inUnit(dollarsPBPM, nullable(prefix+"pbpm", outputPBPM, "spending of "+name)),
			inUnit("share", nullable(prefix+"weight", outputPBPM, "weight of "+name+" (D1, R13)")),
			inUnit("factor", nullable(prefix+"trend", outputPBPM, "two-way trend from "+name+" to BY3 (D2)")),
			inUnit("factor", nullable(prefix+"risk_ratio", outputPBPM, "risk mean of BY3 over that of "+name+" (D3)")),
		)
	}
	columns = append(columns, inUnit(dollarsPBPM, nullable("baseline_pbpm", outputPBPM, "historical baseline (D)")))
	return Table{
		Name:    "baseline",
		Doc:     "The historical baseline and the base years that make it.",
		Key:     []string{"aco_id", "category", "alignment_type"},
		Columns: append(columns, calculable()...),
	}
}

// lineColumns are the key of a worksheet's line; category and type are `all`
// where the line is the ACO's.
func lineColumns() []Column {
	return []Column{
		acoColumn(),
		performanceYearColumn(),
		{Name: "category", Type: Varchar, Codes: append(slices.Clone(inputCategories), "all"), Doc: "beneficiary category, or all"},
		{Name: "alignment_type", Type: Varchar, Codes: append(slices.Clone(alignmentTypes), "all"), Doc: "how the group is aligned, or all"},
	}
}

func benchmarkStep() Table {
	return Table{
		Name: "benchmark_step",
		Doc:  "The worksheet: each rule of the benchmark as a line, in the methodology's order.",
		Key:  []string{"aco_id", "performance_year", "category", "alignment_type", "line"},
		Columns: slices.Concat(lineColumns(), []Column{
			column("line", Integer, "place in the worksheet"),
			column("step", Varchar, "code of the step"),
			column("label", Varchar, "its name"),
			nullable("value", outputStep, "result, in the unit"),
			{Name: "unit", Type: Varchar, Codes: []string{"pbpm", "factor", "share", "dollars", "months"}, Doc: "unit of the value"},
			nullable("formula", Varchar, "the formula with the numbers in it"),
			column("source", Varchar, "document and section"),
			{Name: "status", Type: Varchar, Codes: []string{"published", "reported", "assumed"}, Doc: "the weakest status of its parts"},
		}, calculable()),
	}
}

func benchmarkTable() Table {
	pbpm := func(name, doc string) Column {
		return inUnit(dollarsPBPM, nullable(name, Money, doc))
	}
	dollars := func(name, doc string) Column {
		return inUnit("dollars", nullable(name, Decimal(18, 2), doc))
	}
	return Table{
		Name: "benchmark",
		Doc:  "The performance year benchmark, rounded once to the cent (R12).",
		Key:  []string{"aco_id", "performance_year", "category", "alignment_type"},
		Columns: slices.Concat(lineColumns(), []Column{
			pbpm("benchmark_before_discount_pbpm", "before the discount"),
			pbpm("benchmark_after_discount_pbpm", "after the discount"),
			pbpm("quality_withhold_pbpm", "withheld for quality"),
			pbpm("settlement_benchmark_pbpm", "held against spending at settlement"),
			pbpm("administrative_add_on_pbpm", "add-on of higher-spending ACOs, outside the benchmark (E6)"),
			inUnit("share", nullable("discount_rate", outputPBPM, "discount (H)")),
			{Name: "spending_group", Type: Varchar, Nullable: true, Codes: []string{"lower", "higher"}, Doc: "spending group of the ACO (E1)"},
			eligibleMonths(),
			dollars("benchmark_before_discount_dollars", "unrounded PBPM times months, rounded once"),
			dollars("benchmark_after_discount_dollars", "unrounded PBPM times months, rounded once"),
			dollars("quality_withhold_dollars", "unrounded PBPM times months, rounded once"),
			dollars("settlement_benchmark_dollars", "unrounded PBPM times months, rounded once"),
			dollars("administrative_add_on_dollars", "unrounded PBPM times months, rounded once"),
		}, calculable()),
	}
}

func identity() Table {
	return Table{
		Name: "identity",
		Doc:  "What every run proves: dollars, months and people in equal those out (C7).",
		Key:  []string{"check", "scope"},
		Columns: []Column{
			column("check", Varchar, "what is proved"),
			column("scope", Varchar, "of which group and year"),
			column("left_side", outputMoney, "by a separate query straight from the extract"),
			column("right_side", outputMoney, "from the published tables and what was set aside"),
			column("difference", outputMoney, "left less right"),
			column("pass", Boolean, "the difference is zero"),
		},
	}
}
