package schemas

const thirdCents = "thirds of a cent"

func alignmentOutputs() []Table {
	return []Table{alignmentTable(), alignmentCandidate(), highNeeds()}
}

func alignmentTable() Table {
	return Table{
		Name:       "alignment",
		Doc:        "One row for everyone with a qualified service in the alignment period or an alignment-eligible month in the year (A11).",
		Key:        []string{"aligned_year", "bene_id"},
		Restricted: true,
		Columns: []Column{
			column("aligned_year", Integer, "the year aligned for: a base year or the performance year"),
			column("bene_id", Varchar, "the beneficiary"),
			nullable("aco_id", Varchar, "the ACO aligned to; null if none"),
			{Name: "alignment_type", Type: Varchar, Codes: []string{"claims", "voluntary", "none"}, Doc: "how"},
			nullable("stage", Integer, "1 on primary-care charges, 2 on specialist charges (A4)"),
			nullable("winner_entity_id", Varchar, "aco_id, or TIN: or CCN: and the number"),
			inUnit(thirdCents, nullable("winner_weighted_charge", Bigint, "AY1 cents + 2 * AY2 cents, exact (A3)")),
			nullable("winner_latest_date", Date, "latest qualified service of the stage's class (A6)"),
			nullable("runner_up_entity_id", Varchar, "the entity next to the winner"),
			inUnit(thirdCents, nullable("runner_up_weighted_charge", Bigint, "its charge")),
			nullable("runner_up_latest_date", Date, "its latest qualified service"),
			inUnit(thirdCents, nullable("margin", Bigint, "winner's charge less the runner-up's; the winner's where there is none")),
			column("tie_unresolved", Boolean, "charges and dates were equal; the lowest entity id won (A6)"),
			nullable("reason_code", Varchar, "why not aligned, or added_mid_year; null for who is aligned on 1 January (A10, A11)"),
		},
	}
}

func alignmentCandidate() Table {
	return Table{
		Name:       "alignment_candidate",
		Doc:        "Every entity that competed for a beneficiary (optional).",
		Key:        []string{"aligned_year", "bene_id", "entity_id"},
		Restricted: true,
		Columns: []Column{
			column("aligned_year", Integer, "the year aligned for"),
			column("bene_id", Varchar, "the beneficiary"),
			column("entity_id", Varchar, "aco_id, or TIN: or CCN: and the number"),
			column("stage", Integer, "the stage of the beneficiary's test"),
			column("class", Varchar, "class of the charges compared: primary_care or specialist"),
			inUnit("cents", column("ay1_charge", Bigint, "allowed in the first alignment year")),
			inUnit("cents", column("ay2_charge", Bigint, "allowed in the second alignment year")),
			inUnit(thirdCents, column("weighted_charge", Bigint, "AY1 cents + 2 * AY2 cents")),
			nullable("latest_date", Date, "latest qualified service of the class"),
			column("rank", Integer, "1 for the winner"),
		},
	}
}

func highNeeds() Table {
	return Table{
		Name:       "high_needs",
		Doc:        "One row a beneficiary who is High Needs from some month on, for good (R20).",
		Key:        []string{"bene_id"},
		Restricted: true,
		Columns: []Column{
			column("bene_id", Varchar, "the beneficiary"),
			column("first_month", Date, "the check from which it holds"),
			column("criteria", Varchar, "letters met at that check, e.g. ad"),
			column("mobility_inpatient_count", Bigint, "inpatient claims with a listed diagnosis (a)"),
			column("mobility_other_date_count", Bigint, "service dates of other claims with a listed diagnosis (a)"),
			nullable("score", Decimal(9, 6), "the score held against the thresholds (b, c)"),
			column("unplanned_admission_count", Bigint, "distinct unplanned admission dates (c)"),
			column("frailty_date_count", Bigint, "service dates of listed equipment (d)"),
			column("snf_day_count", Bigint, "covered skilled-nursing days (e)"),
			column("window_truncated", Boolean, "a look-back window starts before the extract's first claim"),
		},
	}
}
