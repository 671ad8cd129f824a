package schemas

func claimTables() []Table {
	return []Table{professionalClaimLine(), institutionalClaim(), institutionalClaimLine()}
}

func professionalClaimLine() Table {
	return Table{
		Name:     "professional_claim_line",
		Doc:      "One row a line of a carrier or durable-equipment claim.",
		Key:      []string{"claim_id", "line_number"},
		Required: true,
		Columns: []Column{
			{Name: "claim_id", Type: Varchar, Doc: "the claim, unique across the extract together with the line number"},
			{Name: "line_number", Type: Integer, Doc: "the line within the claim"},
			{Name: "bene_id", Type: Varchar, Doc: "the beneficiary"},
			{Name: "claim_type_code", Type: Varchar, Codes: professionalTypes, Doc: "71 72 carrier, 81 82 durable equipment"},
			{Name: "from_date", Type: Date, Form: FormDate, Doc: "first day of the line's service"},
			{Name: "thru_date", Type: Date, Form: FormDate, Doc: "last day of the line's service: the service date (R2)"},
			{Name: "hcpcs_code", Type: Varchar, Nullable: true, Form: FormHCPCS, Doc: "procedure"},
			{Name: "place_of_service_code", Type: Varchar, Optional: true, Doc: "place of service; needed by restrictions of a code list"},
			{Name: "tin", Type: Varchar, Form: FormTIN, Doc: "tax number of the billing provider"},
			{Name: "npi", Type: Varchar, Nullable: true, Doc: "the clinician who rendered the service"},
			{Name: "specialty_code", Type: Varchar, Nullable: true, Form: FormSpecialty, Doc: "CMS specialty of the clinician: the class of the charge (A3)"},
			{Name: "allowed_amount", Type: Money, Unit: "dollars", Doc: "allowed charge of the line"},
			{Name: "paid_amount", Type: Money, Unit: "dollars", Doc: "what Medicare paid for the line"},
			{Name: "processing_indicator_code", Type: Varchar, Optional: true, Doc: "A allowed, R S counted where the allowed amount is above zero, any other denied (R4)"},
			adjustmentType(),
			{Name: "original_claim_id", Type: Varchar, Optional: true, Doc: "the claim that a cancellation takes back; it names that claim's line of its own line number (R3)"},
			diagnosisCodes(),
			processedDate(),
		},
	}
}

func institutionalClaim() Table {
	amount := func(name, doc string) Column {
		return Column{Name: name, Type: Money, Optional: true, Unit: "dollars", Doc: doc}
	}
	return Table{
		Name:     "institutional_claim",
		Doc:      "One row a claim of a hospital, facility, agency or hospice, with the payment of the whole claim.",
		Key:      []string{"claim_id"},
		Required: true,
		Columns: []Column{
			{Name: "claim_id", Type: Varchar, Doc: "the claim"},
			{Name: "bene_id", Type: Varchar, Doc: "the beneficiary"},
			{Name: "claim_type_code", Type: Varchar, Codes: institutionTypes, Doc: "10 home health, 20 30 skilled nursing, 40 outpatient, 50 hospice, 60 61 inpatient"},
			{Name: "bill_type_code", Type: Varchar, Optional: true, Doc: "type of bill; needed by institutional primary care (A7)"},
			{Name: "ccn", Type: Varchar, Nullable: true, Doc: "CMS certification number of the facility"},
			{Name: "from_date", Type: Date, Form: FormDate, Doc: "first day that the claim covers"},
			{Name: "thru_date", Type: Date, Form: FormDate, Doc: "last day that the claim covers: the service date (R2)"},
			{Name: "admission_date", Type: Date, Optional: true, Form: FormDate, Doc: "day of admission; absent or null: from_date (R20)"},
			{Name: "admission_type_code", Type: Varchar, Optional: true, Doc: "type of admission, 3 elective; needed by High Needs criterion c"},
			{Name: "discharge_date", Type: Date, Optional: true, Form: FormDate, Doc: "day of discharge"},
			{Name: "covered_day_count", Type: Integer, Optional: true, Unit: "days", Doc: "days that Medicare covered"},
			{Name: "paid_amount", Type: Money, Unit: "dollars", Doc: "what Medicare paid for the whole claim, once"},
			amount("ime_amount", "indirect medical education within the payment (C2)"),
			amount("dsh_amount", "disproportionate share within the payment (C2)"),
			amount("uncompensated_care_amount", "uncompensated care within the payment (C2)"),
			amount("pass_through_amount", "pass-through beside the payment (switch include_pass_through)"),
			adjustmentType(),
			{Name: "original_claim_id", Type: Varchar, Optional: true, Doc: "the claim that a cancellation takes back (R3)"},
			{Name: "nonpayment_code", Type: Varchar, Optional: true, Doc: "why Medicare paid nothing; any code takes the claim out (R4)"},
			diagnosisCodes(),
			processedDate(),
		},
	}
}

func institutionalClaimLine() Table {
	return Table{
		Name: "institutional_claim_line",
		Doc:  "One row a revenue-centre line of an institutional claim; needed by institutional primary care (A7).",
		Key:  []string{"claim_id", "line_number"},
		Columns: []Column{
			{Name: "claim_id", Type: Varchar, Doc: "the institutional claim"},
			{Name: "line_number", Type: Integer, Doc: "the line within the claim"},
			{Name: "revenue_center_code", Type: Varchar, Nullable: true, Doc: "revenue centre, four digits"},
			{Name: "hcpcs_code", Type: Varchar, Optional: true, Doc: "procedure"},
			{Name: "service_date", Type: Date, Optional: true, Form: FormDate, Doc: "day of the line's service"},
			{Name: "allowed_amount", Type: Money, Optional: true, Unit: "dollars", Doc: "allowed charge of the line"},
			{Name: "paid_amount", Type: Money, Optional: true, Unit: "dollars", Doc: "what Medicare paid for the line; never summed into expenditures (C1)"},
			{Name: "npi", Type: Varchar, Optional: true, Doc: "the clinician who rendered the service"},
		},
	}
}

func adjustmentType() Column {
	return Column{Name: "adjustment_type_code", Type: Varchar, Optional: true, Known: []string{"0", "1", "2"},
		Doc: "0 original, 1 cancellation, 2 adjustment; a cancellation counts with minus its amounts (R3)"}
}

func diagnosisCodes() Column {
	return Column{Name: "diagnosis_codes", Type: VarcharList, Optional: true,
		Doc: "all diagnoses, without the dot; needed by High Needs criterion a"}
}

func processedDate() Column {
	return Column{Name: "processed_date", Type: Date, Optional: true, Form: FormDate,
		Doc: "day the claim was processed; needed by run_out_months (C4)"}
}
