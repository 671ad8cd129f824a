package schemas

// laterOutputs are the tables made from published runs by other commands than
// run.
func laterOutputs() []Table {
	return []Table{alignmentChange(), alignmentChangeTotal(), tinContribution(), scenarioResult()}
}

func alignmentChange() Table {
	return Table{
		Name:       "alignment_change",
		Doc:        "Whose alignment of a year, or what it carries, differs from the run before. It lies under changes/<from>__<to>.",
		Key:        []string{"aligned_year", "bene_id"},
		Restricted: true,
		Columns: append([]Column{
			column("aligned_year", Integer, "the year aligned for"),
			column("bene_id", Varchar, "the beneficiary"),
			changeColumn(),
			nullable("from_aco_id", Varchar, "the ACO before"),
			nullable("to_aco_id", Varchar, "the ACO now"),
			nullable("from_alignment_type", Varchar, "claims or voluntary, before"),
			nullable("to_alignment_type", Varchar, "claims or voluntary, now"),
			nullable("from_category", Varchar, "the category of most months before"),
			nullable("to_category", Varchar, "the category of most months now"),
			causeColumn(),
		}, carriedColumns()...),
	}
}

func alignmentChangeTotal() Table {
	return Table{
		Name: "alignment_change_total",
		Doc:  "The changes counted, and what they carried. It lies under changes/<from>__<to>.",
		Key:  []string{"aligned_year", "change", "from_aco_id", "to_aco_id", "cause"},
		Columns: append([]Column{
			column("aligned_year", Integer, "the year aligned for"),
			changeColumn(),
			nullable("from_aco_id", Varchar, "the ACO before"),
			nullable("to_aco_id", Varchar, "the ACO now"),
			causeColumn(),
			column("people", Bigint, "how many"),
		}, carriedColumns()...),
	}
}

func changeColumn() Column {
	return column("change", Varchar, "gained, lost, moved, changed_type, changed_category, changed_months or changed_dollars")
}

func causeColumn() Column {
	return column("cause", Varchar, "TIN: and the number of the changed TIN that billed most for the person; or voluntary; or input")
}

func carriedColumns() []Column {
	return []Column{
		inUnit("months", column("from_months", Bigint, "months that counted before")),
		inUnit("months", column("to_months", Bigint, "months that count now")),
		inUnit("dollars", column("from_dollars", Decimal(18, 2), "dollars paid in them before")),
		inUnit("dollars", column("to_dollars", Decimal(18, 2), "dollars paid in them now")),
	}
}

func tinContribution() Table {
	t := Table{
		Name: "tin_contribution",
		Doc:  "What each Participant TIN brings to its ACO: what depends on it in an aligned year, and where the ACO stands with it and without it.",
		Key:  []string{"aco_id", "tin", "aligned_year"},
		Columns: []Column{
			acoColumn(),
			column("tin", Varchar, "the Participant TIN"),
			column("aligned_year", Integer, "the year aligned for"),
			column("beneficiaries", Bigint, "people aligned to the ACO who would not be without this TIN"),
			inUnit("months", column("eligible_months", Bigint, "their months that count")),
			inUnit("dollars", column("paid_amount", outputMoney, "dollars paid in them")),
		},
	}
	for _, list := range []struct{ suffix, doc string }{{"", ""}, {"_without", ", without this TIN"}} {
		t.Columns = append(t.Columns,
			column("aligned_beneficiaries"+list.suffix, Bigint, "people of the ACO in the performance year"+list.doc),
			inUnit(dollarsPBPM, nullable("baseline_pbpm"+list.suffix, outputPBPM, "mean baseline of the ACO's lines by months of the performance year"+list.doc)),
			inUnit(dollarsPBPM, nullable("settlement_benchmark_pbpm"+list.suffix, outputPBPM, "settlement benchmark of the ACO"+list.doc)),
			nullable("spending_group"+list.suffix, Varchar, "lower or higher"+list.doc),
			inUnit("share", nullable("high_needs_share"+list.suffix, outputPBPM, "people who are High Needs in a month of the performance year"+list.doc)),
			column("meets_alignment_minimum"+list.suffix, Boolean, "whether the ACO has as many people as CMS asks for"+list.doc),
		)
	}
	return t
}

func scenarioResult() Table {
	return Table{
		Name: "scenario_result",
		Doc:  "Benchmark, spending and savings by scenario.",
		Key:  []string{"scenario", "aco_id", "performance_year", "category", "alignment_type"},
		Columns: append([]Column{column("scenario", Varchar, "name of the scenario")}, append(lineColumns(),
			inUnit(dollarsPBPM, nullable("benchmark_pbpm", outputPBPM, "benchmark")),
			inUnit(dollarsPBPM, nullable("expenditure_pbpm", outputPBPM, "spending")),
			inUnit("dollars", nullable("savings", outputMoney, "benchmark less spending, times months")),
		)...),
	}
}
