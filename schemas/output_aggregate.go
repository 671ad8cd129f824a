package schemas

import "slices"

func aggregateOutputs() []Table {
	return []Table{exposure(), exposureCounty(), expenditure()}
}

func projectedColumn() Column {
	return column("projected", Boolean, "stand-in months of a year without enrollment (R5)")
}

func eligibleMonths() Column {
	return inUnit("months", column("eligible_months", Bigint, "eligible months of the group (R5)"))
}

func exposure() Table {
	return Table{
		Name: "exposure",
		Doc:  "Months, people and scores of the aligned, the denominators of every mean.",
		Key:  []string{"aco_id", "year", "category", "alignment_type"},
		Columns: append(groupColumns(),
			eligibleMonths(),
			column("beneficiaries", Bigint, "people with such a month"),
			inUnit("months", column("risk_score_months", Bigint, "months of those who have a score (R9)")),
			inUnit("score times months", column("risk_score_sum", Decimal(24, 6), "sum of score over those months")),
			projectedColumn(),
		),
	}
}

func exposureCounty() Table {
	return Table{
		Name: "exposure_county",
		Doc:  "Eligible months by county: what county weights and trends need (R10).",
		Key:  []string{"aco_id", "year", "category", "alignment_type", "county_fips"},
		Columns: append(groupColumns(),
			column("county_fips", Varchar, "county of the month"),
			eligibleMonths(),
			projectedColumn(),
		),
	}
}

func expenditure() Table {
	dollars := func(name, doc string) Column { return inUnit("dollars", column(name, outputMoney, doc)) }
	return Table{
		Name: "expenditure",
		Doc:  "Dollars in eligible months of the aligned, by claim type (section C).",
		Key:  []string{"aco_id", "year", "category", "alignment_type", "claim_type"},
		Columns: slices.Concat(groupColumns(), []Column{
			{Name: "claim_type", Type: Varchar, Codes: expenditureTypes, Doc: "claim type (R21)"},
			dollars("paid_amount", "paid, signed by R3"),
			dollars("excluded_amount", "excluded, all reasons"),
			dollars("excluded_ime_amount", "of which indirect medical education (C2)"),
			dollars("excluded_dsh_amount", "of which disproportionate share (C2)"),
			dollars("excluded_uncompensated_care_amount", "of which uncompensated care (C2)"),
			dollars("excluded_sahs_amount", "of which suspect billing codes (C3)"),
			dollars("excluded_skin_substitute_amount", "of which skin substitutes (C3)"),
			dollars("net_amount", "paid less excluded, before completion"),
			inUnit("factor", column("completion_factor", outputStep, "factor of the year and claim type (C4)")),
			dollars("truncated_amount", "cut above the truncation threshold (C5)"),
			dollars("completed_amount", "net times factor, less what was cut"),
		}),
	}
}
