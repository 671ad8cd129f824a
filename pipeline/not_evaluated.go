package pipeline

// notEvaluated is a rule that the extract does not allow, and why.
type notEvaluated struct {
	Rule string `json:"rule"`
	Why  string `json:"why"`
}

// optionalNeeds are the optional tables and columns, with the rule that goes
// without them.
var optionalNeeds = []struct{ table, column, rule string }{
	{"institutional_claim_line", "", "A7: FQHC, RHC, CAH II and ETA services are not counted"},
	{"institutional_claim_line", "allowed_amount", "A7: FQHC, RHC, CAH II and ETA services are not counted"},
	{"institutional_claim", "bill_type_code", "A7: FQHC, RHC, CAH II and ETA services are not counted"},
	{"enrollment", "medicare_primary", "R6: Medicare counts as primary payer in every month"},
	{"enrollment", "medicare_status_code", "R6: no month is an ESRD month"},
	{"professional_claim_line", "processing_indicator_code", "R4: no professional line is denied"},
	{"professional_claim_line", "adjustment_type_code", "R3: no professional line is a cancellation"},
	{"professional_claim_line", "original_claim_id", "R3: no cancellation names a professional line"},
	{"professional_claim_line", "diagnosis_codes", "R20 (a): professional lines bring no diagnosis"},
	{"institutional_claim", "adjustment_type_code", "R3: no institutional claim is a cancellation"},
	{"institutional_claim", "original_claim_id", "R3: no cancellation names an institutional claim"},
	{"institutional_claim", "nonpayment_code", "R4: no institutional claim is unpaid"},
	{"institutional_claim", "diagnosis_codes", "R20 (a): institutional claims bring no diagnosis"},
	{"institutional_claim", "admission_type_code", "R20 (c): no admission is unplanned"},
	{"institutional_claim", "ime_amount", "C2: indirect medical education is not taken out"},
	{"institutional_claim", "dsh_amount", "C2: disproportionate share is not taken out"},
	{"institutional_claim", "uncompensated_care_amount", "C2: uncompensated care is not taken out"},
	{"high_needs_score", "", "R20 (b, c): no score is held against the thresholds"},
	{"risk_score", "", "R9: no risk mean exists"},
}

// notEvaluated lists the rules that the extract leaves out, and why.
func (c *computation) notEvaluated() []notEvaluated {
	all := []notEvaluated{}
	for _, need := range optionalNeeds {
		if why := c.missing(need.table, need.column); why != "" {
			all = append(all, notEvaluated{need.rule, why})
		}
	}
	if c.aggregate.RunOutMonths != nil {
		for _, table := range []string{"professional_claim_line", "institutional_claim"} {
			if why := c.missing(table, "processed_date"); why != "" {
				all = append(all, notEvaluated{"C4: run-out leaves no row of " + table + " out", why})
			}
		}
	}
	for _, code := range c.alignment.QualifiedServices.Codes {
		switch {
		case code.Restriction == "phe_window":
			all = append(all, notEvaluated{"A2: code " + code.Code + " does not count",
				"its restriction to the public health emergency cannot be evaluated by service date"})
		case code.Restriction == "pos_12_only" || code.Restriction == "not_pos_31":
			if why := c.missing("professional_claim_line", "place_of_service_code"); why != "" {
				all = append(all, notEvaluated{"A2: code " + code.Code + " does not count under " + code.Restriction, why})
			}
		}
	}
	return all
}

// missing says why a table or column cannot be read, or nothing if it can.
func (c *computation) missing(table, column string) string {
	if table == "enrollment" {
		table = "enrollment_month"
		if _, given := c.extract.footers["enrollment_span"]; given {
			table = "enrollment_span"
		}
	}
	f, given := c.extract.footers[table]
	switch {
	case !given && column == "":
		return "table " + table + " is not given"
	case given && column != "" && !f.Has(column):
		return "column " + column + " of table " + table + " is absent"
	}
	return ""
}
