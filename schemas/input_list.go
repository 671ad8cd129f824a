package schemas

func listTables() []Table {
	return []Table{participantTIN(), aco(), voluntaryAlignment()}
}

func participantTIN() Table {
	return Table{
		Name:     "participant_tin",
		Doc:      "The current Participant TIN list: this is what changes between runs.",
		Key:      []string{"aco_id", "tin"},
		Required: true,
		CSV:      true,
		Columns: []Column{
			{Name: "aco_id", Type: Varchar, Doc: "the ACO whose list it is"},
			{Name: "tin", Type: Varchar, Form: FormTIN, Doc: "the Participant TIN"},
			{Name: "effective_date", Type: Date, Optional: true, Form: FormDate, Doc: "first day in force; blank: always (R8)"},
			{Name: "end_date", Type: Date, Optional: true, Form: FormEndDate, Doc: "last day in force"},
			{Name: "recent_mssp", Type: Boolean, Optional: true, Doc: "the TIN comes from a recent MSSP ACO; blank: no (E5)"},
		},
	}
}

func aco() Table {
	savings := func(year string) Column {
		return Column{Name: "prior_savings_" + year, Type: Decimal(18, 6), Optional: true, Unit: "dollars per capita",
			Doc: "savings of " + year + " in the earlier programme; negative for a loss, blank for none (R15)"}
	}
	return Table{
		Name:     "aco",
		Doc:      "One row an ACO with the attributes that drive rules.",
		Key:      []string{"aco_id"},
		Required: true,
		CSV:      true,
		Columns: []Column{
			{Name: "aco_id", Type: Varchar, Doc: "the ACO"},
			{Name: "name", Type: Varchar, Optional: true, Doc: "its name, for reports"},
			{Name: "risk_option", Type: Varchar, Codes: []string{"global", "professional"}, Doc: "risk option"},
			{Name: "experience", Type: Varchar, Codes: []string{"renewing", "newly_entering"}, Doc: "weights of the base years and the prior savings adjustment (D1, E3)"},
			{Name: "alignment_option", Type: Varchar, Codes: []string{"prospective", "hybrid"}, Doc: "hybrid adds mid-year alignment (A10)"},
			{Name: "first_performance_year", Type: Integer, Form: FormPerformanceYear, Doc: "the base years are the three years before it; one for all ACOs of a run (R1)"},
			savings("2024"), savings("2025"), savings("2026"),
			{Name: "prior_person_years", Type: Decimal(18, 6), Optional: true, Form: FormNotNegative, Unit: "person-years", Doc: "person-years in the earlier programme; blank: no proration (R15)"},
		},
	}
}

func voluntaryAlignment() Table {
	return Table{
		Name: "voluntary_alignment",
		Doc:  "One row a beneficiary's designation of an ACO.",
		Key:  []string{"bene_id", "aco_id", "start_date"},
		CSV:  true,
		Columns: []Column{
			{Name: "bene_id", Type: Varchar, Doc: "the beneficiary"},
			{Name: "aco_id", Type: Varchar, Doc: "the ACO designated"},
			{Name: "start_date", Type: Date, Form: FormDate, Doc: "first day of the designation"},
			{Name: "end_date", Type: Date, Optional: true, Form: FormEndDate, Doc: "last day of the designation"},
		},
	}
}
