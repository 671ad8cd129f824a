package schemas

// laterOutputs are the tables made from published runs by other commands than
// run.
func laterOutputs() []Table {
	return []Table{alignmentChange(), tinContribution(), scenarioResult()}
}

func alignmentChange() Table {
	return Table{
		Name:       "alignment_change",
		Doc:        "Who was gained, lost or moved against the previous published run.",
		Key:        []string{"aligned_year", "bene_id"},
		Restricted: true,
		Columns: []Column{
			column("aligned_year", Integer, "the year aligned for"),
			column("bene_id", Varchar, "the beneficiary"),
			column("change", Varchar, "gained, lost, moved, category or type"),
			nullable("from_aco_id", Varchar, "the ACO before"),
			nullable("to_aco_id", Varchar, "the ACO now"),
			nullable("cause_tin", Varchar, "the TIN whose change caused it"),
			inUnit("months", column("eligible_months", Bigint, "eligible months moved")),
			inUnit("dollars", column("paid_amount", outputMoney, "dollars moved")),
		},
	}
}

func tinContribution() Table {
	return Table{
		Name: "tin_contribution",
		Doc:  "What each Participant TIN brings to its ACO.",
		Key:  []string{"aco_id", "tin", "aligned_year"},
		Columns: []Column{
			acoColumn(),
			column("tin", Varchar, "the Participant TIN"),
			column("aligned_year", Integer, "the year aligned for"),
			column("beneficiaries", Bigint, "people whose alignment depends on this TIN"),
			inUnit("months", column("eligible_months", Bigint, "their eligible months")),
			inUnit("dollars", column("paid_amount", outputMoney, "their dollars")),
			inUnit(dollarsPBPM, nullable("marginal_pbpm", outputPBPM, "change of the baseline if the TIN were dropped")),
		},
	}
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
