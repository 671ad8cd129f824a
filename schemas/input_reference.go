package schemas

// referenceValue holds rates, factors and per-capita dollars of the reference
// tables, eight places being more than CMS prints.
var referenceValue = Decimal(18, 8)

func scoreTables() []Table {
	return []Table{
		{
			Name: "risk_score",
			Doc:  "One row a beneficiary, year and category: the normalised score of the category's model.",
			Key:  []string{"bene_id", "year", "category"},
			Columns: []Column{
				{Name: "bene_id", Type: Varchar, Doc: "the beneficiary"},
				yearColumn("calendar year of the score"),
				categoryColumn(),
				{Name: "model", Type: Varchar, Nullable: true, Doc: "name and version of the model; one a category over all years"},
				{Name: "score", Type: Decimal(9, 6), Form: FormNotNegative, Unit: "factor", Doc: "normalised risk score"},
			},
		},
		{
			Name: "high_needs_score",
			Doc:  "One row a beneficiary, date and model: the score held against the High Needs thresholds (criteria b, c).",
			Key:  []string{"bene_id", "check_date", "model"},
			Columns: []Column{
				{Name: "bene_id", Type: Varchar, Doc: "the beneficiary"},
				{Name: "check_date", Type: Date, Form: FormDate, Doc: "the day from which the score is known"},
				{Name: "model", Type: Varchar, Nullable: true, Doc: "name and version of the model"},
				{Name: "score", Type: Decimal(9, 6), Form: FormNotNegative, Unit: "factor", Doc: "risk score"},
			},
		},
	}
}

func referenceTables() []Table {
	return []Table{
		countyExpenditure(), nationalExpenditure(), acpt(), completionFactor(), truncationThreshold(),
		rateBook(), mbiCrosswalk(), ccnCrosswalk(), codeList(), growthAssumption(),
	}
}

func countyExpenditure() Table {
	return Table{
		Name: "county_expenditure",
		Doc:  "Fee-for-service spending and risk by county, for regional trend and the regional average.",
		Key:  []string{"county_fips", "year", "category"},
		CSV:  true,
		Columns: []Column{
			{Name: "county_fips", Type: Varchar, Form: FormFIPS, Doc: "state and county"},
			yearColumn("calendar year"),
			categoryColumn(),
			{Name: "per_capita_expenditure", Type: referenceValue, Form: FormNotNegative, Unit: "annual dollars per capita", Doc: "average spending of the county"},
			{Name: "person_years", Type: referenceValue, Nullable: true, Form: FormNotNegative, Unit: "person-years", Doc: "person-years behind the average"},
			{Name: "risk_score", Type: referenceValue, Form: FormPositive, Unit: "factor", Doc: "average risk score of the county"},
			{Name: "assignable_person_years", Type: referenceValue, Optional: true, Form: FormNotNegative, Unit: "person-years", Doc: "person-years of assignable beneficiaries; column absent: person_years (R11)"},
		},
	}
}

func nationalExpenditure() Table {
	return Table{
		Name: "national_expenditure",
		Doc:  "National fee-for-service spending by year and category.",
		Key:  []string{"year", "category"},
		CSV:  true,
		Columns: []Column{
			yearColumn("calendar year"),
			categoryColumn(),
			{Name: "per_capita_expenditure", Type: referenceValue, Form: FormPositive, Unit: "annual dollars per capita", Doc: "national average"},
			{Name: "uspcc_pbpm", Type: referenceValue, Optional: true, Form: FormPositive, Unit: "dollars PBPM", Doc: "United States per capita cost, for the cap on the adjustment (E5)"},
		},
	}
}

func acpt() Table {
	return Table{
		Name: "acpt",
		Doc:  "The Accountable Care Prospective Trend: one factor from BY3 to the performance year (F4).",
		Key:  []string{"performance_year", "category"},
		CSV:  true,
		Columns: []Column{
			performanceYearColumn(), categoryColumn(),
			{Name: "factor", Type: referenceValue, Form: FormPositive, Unit: "factor", Doc: "growth from BY3 to the performance year, 1 for none"},
		},
	}
}

func completionFactor() Table {
	return Table{
		Name: "completion_factor",
		Doc:  "Factors that complete a year's net payments for claims not yet in (C4).",
		Key:  []string{"year", "claim_type"},
		CSV:  true,
		Columns: []Column{
			yearColumn("calendar year of service"),
			{Name: "claim_type", Type: Varchar, Codes: expenditureTypes, Doc: "claim type (R21)"},
			{Name: "factor", Type: referenceValue, Form: FormPositive, Unit: "factor", Doc: "multiplies the net amount; no row: 1"},
		},
	}
}

func truncationThreshold() Table {
	return Table{
		Name: "truncation_threshold",
		Doc:  "Annual dollars at which one person's spending is cut, where truncation is on (C5).",
		Key:  []string{"year", "category"},
		CSV:  true,
		Columns: []Column{
			yearColumn("calendar year"), categoryColumn(),
			{Name: "annual_dollars", Type: referenceValue, Form: FormPositive, Unit: "annual dollars", Doc: "the threshold of twelve months"},
		},
	}
}

func rateBook() Table {
	return Table{
		Name: "rate_book",
		Doc:  "The regional rate book of performance years 2032 to 2036 (H2).",
		Key:  []string{"county_fips", "performance_year", "category"},
		CSV:  true,
		Columns: []Column{
			{Name: "county_fips", Type: Varchar, Form: FormFIPS, Doc: "state and county"},
			performanceYearColumn(), categoryColumn(),
			{Name: "rate_pbpm", Type: referenceValue, Form: FormNotNegative, Unit: "dollars PBPM", Doc: "the county's rate"},
			{Name: "weight", Type: referenceValue, Optional: true, Form: FormNotNegative, Unit: "share", Doc: "weight of the rate book in this county; blank: the year's (R19)"},
		},
	}
}

func mbiCrosswalk() Table {
	return Table{
		Name: "mbi_crosswalk",
		Doc:  "Changed beneficiary identifiers, followed to their end before anything else (R25).",
		Key:  []string{"old"},
		CSV:  true,
		Columns: []Column{
			{Name: "old", Type: Varchar, Doc: "the earlier identifier"},
			{Name: "new", Type: Varchar, Doc: "the one that replaced it"},
		},
	}
}

func ccnCrosswalk() Table {
	return Table{
		Name: "ccn_crosswalk",
		Doc:  "The TIN under which a facility takes part (A7).",
		Key:  []string{"ccn"},
		CSV:  true,
		Columns: []Column{
			{Name: "ccn", Type: Varchar, Doc: "CMS certification number"},
			{Name: "tin", Type: Varchar, Form: FormTIN, Doc: "the facility's TIN"},
		},
	}
}

func codeList() Table {
	return Table{
		Name: "code_list",
		Doc:  "Code lists of this run; a list named here replaces the default list whole (R22).",
		Key:  []string{"list_name", "code", "effective_date", "restriction"},
		CSV:  true,
		Columns: []Column{
			{Name: "list_name", Type: Varchar, Known: []string{"pqem", "mobility_diagnosis", "frailty_equipment", "sahs", "skin_substitute"}, Doc: "the list"},
			{Name: "code", Type: Varchar, Doc: "procedure code, matched whole, or diagnosis, matched as a prefix without the dot"},
			{Name: "effective_date", Type: Date, Optional: true, Form: FormOpenDate, Doc: "first service date in force"},
			{Name: "end_date", Type: Date, Optional: true, Form: FormEndDate, Doc: "last service date in force"},
			{Name: "share", Type: Decimal(5, 2), Optional: true, Form: FormShare, Unit: "share", Doc: "share excluded; blank: 1 for sahs, 0.65 for skin_substitute"},
			{Name: "restriction", Type: Varchar, Optional: true,
				Known: []string{"pos_12_only", "not_pos_31", "not_in_snf", "not_inpatient", "eta_only", "base_code_listed"},
				Doc:   "the condition under which the code counts (A2)"},
		},
	}
}

func growthAssumption() Table {
	return Table{
		Name: "growth_assumption",
		Doc:  "Assumed growth of a year over the year before, for projections.",
		Key:  []string{"year", "category"},
		CSV:  true,
		Columns: []Column{
			{Name: "year", Type: Integer, Form: FormPerformanceYear, Doc: "the year grown to"},
			categoryColumn(),
			{Name: "growth", Type: referenceValue, Form: FormPositive, Unit: "factor", Doc: "growth over the year before, 1 for none"},
		},
	}
}
