package schemas

func enrollmentTables() []Table {
	return []Table{enrollmentMonth(), enrollmentSpan(), beneficiary()}
}

func enrollmentMonth() Table {
	columns := []Column{
		{Name: "bene_id", Type: Varchar, Doc: "the beneficiary"},
		{Name: "month", Type: Date, Form: FormMonthFirst, Doc: "the month, as its first day"},
	}
	return Table{
		Name:        "enrollment_month",
		Doc:         "One row a beneficiary and month of enrollment.",
		Key:         []string{"bene_id", "month"},
		Required:    true,
		Alternative: "enrollment_span",
		Columns:     append(columns, enrollmentAttributes()...),
	}
}

func enrollmentSpan() Table {
	columns := []Column{
		{Name: "bene_id", Type: Varchar, Doc: "the beneficiary"},
		{Name: "start_date", Type: Date, Form: FormDate, Doc: "first day of the span"},
		{Name: "end_date", Type: Date, Nullable: true, Form: FormEndDate, Doc: "last day of the span"},
	}
	return Table{
		Name:    "enrollment_span",
		Doc:     "One row a beneficiary and span of unchanged enrollment, in place of enrollment_month; months are derived.",
		Key:     []string{"bene_id", "start_date"},
		Columns: append(columns, enrollmentAttributes()...),
	}
}

func enrollmentAttributes() []Column {
	return []Column{
		{Name: "part_a", Type: Boolean, Doc: "has Part A"},
		{Name: "part_b", Type: Boolean, Doc: "has Part B"},
		{Name: "medicare_advantage", Type: Boolean, Doc: "in Medicare Advantage or other managed care"},
		{Name: "medicare_primary", Type: Boolean, Optional: true, Doc: "Medicare pays first; absent or null counts as true (R6)"},
		{Name: "medicare_status_code", Type: Varchar, Optional: true, Known: []string{"10", "11", "20", "21", "31"},
			Doc: "11 21 31 make an ESRD month; absent or null is not ESRD (R6)"},
		{Name: "original_entitlement_code", Type: Varchar, Optional: true, Doc: "original reason for entitlement; decides nothing alone"},
		{Name: "dual_status_code", Type: Varchar, Optional: true, Doc: "Medicaid status"},
		{Name: "county_fips", Type: Varchar, Nullable: true, Form: FormFIPS, Doc: "state and county of residence; null is no US residence (R6)"},
	}
}

func beneficiary() Table {
	return Table{
		Name:     "beneficiary",
		Doc:      "One row a beneficiary.",
		Key:      []string{"bene_id"},
		Required: true,
		Columns: []Column{
			{Name: "bene_id", Type: Varchar, Doc: "the beneficiary"},
			{Name: "birth_date", Type: Date, Nullable: true, Form: FormBirthDate, Doc: "day of birth"},
			{Name: "death_date", Type: Date, Nullable: true, Form: FormDate, Doc: "day of death; null if alive"},
			{Name: "sex_code", Type: Varchar, Optional: true, Doc: "sex"},
		},
	}
}
