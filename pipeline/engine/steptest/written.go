package steptest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"leadline/schemas"
)

// written is what each step writes, the relations of alignment that aggregate
// reads, and those of a changed list that both read: what a case of a later step
// is made of.
const written = `
named_line: claim_id VARCHAR, line_number INTEGER
named_claim: claim_id VARCHAR
qualified_line: claim_id VARCHAR, line_number INTEGER, bene_id VARCHAR, window_start DATE, tin VARCHAR, class VARCHAR, service_date DATE, charge DECIMAL(12,2), is_cancellation BOOLEAN
restricted_candidate: claim_id VARCHAR, line_number INTEGER, bene_id VARCHAR, service_date DATE, place_of_service_code VARCHAR, restriction VARCHAR
stay_claim: claim_id VARCHAR, bene_id VARCHAR, restriction VARCHAR, from_date DATE, thru_date DATE
outpatient_claim: claim_id VARCHAR, bene_id VARCHAR, ccn VARCHAR, service_date DATE, is_cancellation BOOLEAN, bill_type VARCHAR
facility_stay: claim_id VARCHAR, bene_id VARCHAR, restriction VARCHAR, from_date DATE, thru_date DATE
restricted_line: claim_id VARCHAR, line_number INTEGER
professional_service: bene_id VARCHAR, window_start DATE, billing_number VARCHAR, class VARCHAR, charge DECIMAL(18,2), services BIGINT, latest_date DATE
institutional_service: bene_id VARCHAR, window_start DATE, billing_number VARCHAR, class VARCHAR, charge DECIMAL(18,2), services BIGINT, latest_date DATE
service_summary: bene_id VARCHAR, window_start DATE, billing_number VARCHAR, class VARCHAR, charge_cents BIGINT, services BIGINT, latest_date DATE
enrolled_month: bene_id VARCHAR, year INTEGER, scope VARCHAR, county_fips VARCHAR, is_esrd BOOLEAN, reason_code VARCHAR, months BIGINT
enrollment_test: alignment_run VARCHAR, aligned_year INTEGER, bene_id VARCHAR, first_month DATE, reason_code VARCHAR
eligible_month: bene_id VARCHAR, year INTEGER, county_fips VARCHAR, is_esrd BOOLEAN, is_projected BOOLEAN, months BIGINT, counted_months BIGINT
entity_charge: alignment_run VARCHAR, aligned_year INTEGER, bene_id VARCHAR, entity_id VARCHAR, aco_id VARCHAR, class VARCHAR, weighted_charge BIGINT, services BIGINT, latest_date DATE
alignment_candidate: alignment_run VARCHAR, aligned_year INTEGER, bene_id VARCHAR, entity_id VARCHAR, aco_id VARCHAR, stage INTEGER, services BIGINT, class VARCHAR, weighted_charge BIGINT, latest_date DATE, rank BIGINT
plurality: alignment_run VARCHAR, aligned_year INTEGER, bene_id VARCHAR, aco_id VARCHAR, stage INTEGER, services BIGINT, winner_entity_id VARCHAR, winner_weighted_charge BIGINT, winner_latest_date DATE, runner_up_entity_id VARCHAR, runner_up_weighted_charge BIGINT, runner_up_latest_date DATE, margin BIGINT, tie_unresolved BOOLEAN
voluntary_choice: bene_id VARCHAR, aco_id VARCHAR, first_month DATE
alignment_outcome: aligned_year INTEGER, bene_id VARCHAR, aco_id VARCHAR, alignment_type VARCHAR, stage INTEGER, winner_entity_id VARCHAR, winner_weighted_charge BIGINT, winner_latest_date DATE, runner_up_entity_id VARCHAR, runner_up_weighted_charge BIGINT, runner_up_latest_date DATE, margin BIGINT, tie_unresolved BOOLEAN, reason_code VARCHAR, first_month DATE
mid_year_addition: aligned_year INTEGER, bene_id VARCHAR, aco_id VARCHAR, alignment_type VARCHAR, stage INTEGER, winner_entity_id VARCHAR, winner_weighted_charge BIGINT, winner_latest_date DATE, runner_up_entity_id VARCHAR, runner_up_weighted_charge BIGINT, runner_up_latest_date DATE, margin BIGINT, tie_unresolved BOOLEAN, first_month DATE
alignment: aligned_year INTEGER, bene_id VARCHAR, aco_id VARCHAR, alignment_type VARCHAR, stage INTEGER, winner_entity_id VARCHAR, winner_weighted_charge BIGINT, winner_latest_date DATE, runner_up_entity_id VARCHAR, runner_up_weighted_charge BIGINT, runner_up_latest_date DATE, margin BIGINT, tie_unresolved BOOLEAN, reason_code VARCHAR, first_month DATE
high_needs_diagnosis_line: claim_id VARCHAR, line_number INTEGER, bene_id VARCHAR, service_date DATE
high_needs_diagnosis_claim: claim_id VARCHAR, bene_id VARCHAR, service_date DATE, is_inpatient BOOLEAN
high_needs_equipment_line: claim_id VARCHAR, line_number INTEGER, bene_id VARCHAR, service_date DATE
high_needs_claim: claim_id VARCHAR, bene_id VARCHAR, claim_type_code VARCHAR, from_date DATE, thru_date DATE, admission_date DATE, admission_type_code VARCHAR
professional_paid: bene_id VARCHAR, year INTEGER, month_bit BIGINT, kept_month_bit BIGINT, claim_type VARCHAR, exclusion_number BIGINT, paid_amount DECIMAL(18,2)
institutional_paid: bene_id VARCHAR, year INTEGER, month_bit BIGINT, kept_month_bit BIGINT, claim_type VARCHAR, paid_amount DECIMAL(18,2), ime_amount DECIMAL(18,2), dsh_amount DECIMAL(18,2), uncompensated_care_amount DECIMAL(18,2), pass_through_amount DECIMAL(18,2)
line_dollars: year INTEGER, paid_amount DECIMAL(18,2)
institutional_dollars: year INTEGER, paid_amount DECIMAL(18,2), pass_through_amount DECIMAL(18,2)
high_needs_diagnosis: bene_id VARCHAR, service_date DATE, is_inpatient BOOLEAN, claims BIGINT
high_needs_equipment: bene_id VARCHAR, service_date DATE
high_needs_admission: bene_id VARCHAR, admission_date DATE
high_needs_covered_day: bene_id VARCHAR, setting VARCHAR, day DATE
high_needs_check_score: bene_id VARCHAR, check_date DATE, score DECIMAL(9,6)
high_needs_evidence: bene_id VARCHAR, check_date DATE, inpatient_claims BIGINT, other_dates BIGINT, admission_dates BIGINT, equipment_dates BIGINT, snf_days BIGINT, home_health_days BIGINT, score DECIMAL(9,6)
high_needs: bene_id VARCHAR, first_month DATE, criteria VARCHAR, inpatient_diagnosis_claims BIGINT, other_diagnosis_dates BIGINT, score DECIMAL(9,6), unplanned_admission_dates BIGINT, equipment_dates BIGINT, snf_days BIGINT, home_health_days BIGINT, window_truncated BOOLEAN
category_month: bene_id VARCHAR, year INTEGER, county_fips VARCHAR, category VARCHAR, is_projected BOOLEAN, months BIGINT, counted_months BIGINT
expenditure_month: bene_id VARCHAR, year INTEGER, county_fips VARCHAR, category VARCHAR, is_counted BOOLEAN, months BIGINT
expenditure_year: bene_id VARCHAR, year INTEGER, month_bit BIGINT, category VARCHAR, is_counted BOOLEAN, claim_type VARCHAR, exclusion VARCHAR, exclusion_share DECIMAL(5,2), paid_amount DECIMAL(18,2), ime_amount DECIMAL(18,2), dsh_amount DECIMAL(18,2), uncompensated_care_amount DECIMAL(18,2), pass_through_amount DECIMAL(18,2)
aligned: year INTEGER, alignment_type VARCHAR, aco_id VARCHAR, bene_id VARCHAR, first_month DATE
aligned_month: aco_id VARCHAR, year INTEGER, alignment_type VARCHAR, bene_id VARCHAR, category VARCHAR, county_fips VARCHAR, is_projected BOOLEAN, months BIGINT, eligible_months BIGINT
exposure: aco_id VARCHAR, year INTEGER, category VARCHAR, alignment_type VARCHAR, eligible_months BIGINT, beneficiaries BIGINT, risk_score_months BIGINT, risk_score_sum DECIMAL(24,6), projected BOOLEAN
exposure_county: aco_id VARCHAR, year INTEGER, category VARCHAR, alignment_type VARCHAR, county_fips VARCHAR, eligible_months BIGINT, projected BOOLEAN
aligned_dollars: aco_id VARCHAR, alignment_type VARCHAR, bene_id VARCHAR, year INTEGER, month_bit BIGINT, category VARCHAR, is_counted BOOLEAN, claim_type VARCHAR, exclusion VARCHAR, exclusion_share DECIMAL(5,2), paid_amount DECIMAL(18,2), ime_amount DECIMAL(18,2), dsh_amount DECIMAL(18,2), uncompensated_care_amount DECIMAL(18,2), pass_through_amount DECIMAL(18,2)
expenditure: aco_id VARCHAR, year INTEGER, category VARCHAR, alignment_type VARCHAR, claim_type VARCHAR, exclusion VARCHAR, exclusion_share DECIMAL(5,2), summed BIGINT, paid_amount DECIMAL(18,2), ime_amount DECIMAL(18,2), dsh_amount DECIMAL(18,2), uncompensated_care_amount DECIMAL(18,2), pass_through_amount DECIMAL(18,2)
truncation_candidate: aco_id VARCHAR, alignment_type VARCHAR, bene_id VARCHAR, year INTEGER, category VARCHAR, claim_type VARCHAR, exclusion VARCHAR, exclusion_share DECIMAL(5,2), annual_dollars DECIMAL(18,2), months BIGINT, paid_amount DECIMAL(18,2), ime_amount DECIMAL(18,2), dsh_amount DECIMAL(18,2), uncompensated_care_amount DECIMAL(18,2), pass_through_amount DECIMAL(18,2)
claim_dollars: year INTEGER, paid_amount DECIMAL(18,2), pass_through_amount DECIMAL(18,2)
set_aside_dollars: year INTEGER, alignment_type VARCHAR, reason VARCHAR, paid_amount DECIMAL(18,2), pass_through_amount DECIMAL(18,2)
enrollment_total: year INTEGER, months BIGINT, people BIGINT
set_aside_months: year INTEGER, alignment_type VARCHAR, reason VARCHAR, months BIGINT, people BIGINT
aligned_people: aco_id VARCHAR, year INTEGER, alignment_type VARCHAR, people BIGINT, high_needs_people BIGINT
touched: bene_id VARCHAR
aligned_total: aligned_year INTEGER, bene_id VARCHAR, aco_id VARCHAR, alignment_type VARCHAR, category VARCHAR, months BIGINT, dollars DECIMAL(18,2)
alignment_change: aligned_year INTEGER, bene_id VARCHAR, change VARCHAR, from_aco_id VARCHAR, to_aco_id VARCHAR, from_alignment_type VARCHAR, to_alignment_type VARCHAR, from_category VARCHAR, to_category VARCHAR, cause VARCHAR, from_months BIGINT, to_months BIGINT, from_dollars DECIMAL(18,2), to_dollars DECIMAL(18,2)
alignment_change_total: aligned_year INTEGER, change VARCHAR, from_aco_id VARCHAR, to_aco_id VARCHAR, cause VARCHAR, people BIGINT, from_months BIGINT, to_months BIGINT, from_dollars DECIMAL(18,2), to_dollars DECIMAL(18,2)
changed_participant: billing_number VARCHAR
changed_designation: bene_id VARCHAR
alignment_window: alignment_run VARCHAR, aligned_year INTEGER, window_start DATE, weight BIGINT
aligned_year: aligned_year INTEGER, first_month DATE, months BIGINT, is_performance_year BOOLEAN
enrollment_scope: month DATE, year INTEGER, alive_on DATE, scope VARCHAR, months BIGINT
eligibility_rule: is_any_month BOOLEAN
us_state: state_fips VARCHAR
esrd_status: medicare_status_code VARCHAR
`

// renamed are results of an earlier run, under the names that they are read by.
var renamed = map[string]string{"earlier_total": "aligned_total"}

var columnForm = regexp.MustCompile(`([a-z0-9_]+) (VARCHAR|INTEGER|BIGINT|BOOLEAN|DATE|DECIMAL\((\d+),(\d+)\))(?:, |$)`)

// Written is the columns of every table that a step writes, and of the
// relations that a package reads from another.
func Written() (map[string][]schemas.Column, error) {
	tables := map[string][]schemas.Column{}
	for line := range strings.Lines(strings.TrimSpace(written)) {
		name, list, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for _, m := range columnForm.FindAllStringSubmatch(list, -1) {
			kind := schemas.Type{Kind: schemas.Kind(m[2])}
			if m[3] != "" {
				precision, _ := strconv.Atoi(m[3])
				scale, _ := strconv.Atoi(m[4])
				kind = schemas.Decimal(precision, scale)
			}
			tables[name] = append(tables[name], schemas.Column{Name: m[1], Type: kind})
		}
		if spelled(tables[name]) != list {
			return nil, fmt.Errorf("written.go: the columns of %s read as %q", name, spelled(tables[name]))
		}
	}
	for name, of := range renamed {
		tables[name] = tables[of]
	}
	return tables, nil
}

// SameColumns says how a relation differs from what is written here of it, or
// nothing: its own package may not read the other's tests.
func SameColumns(r schemas.Relation) string {
	tables, err := Written()
	if err != nil {
		return err.Error()
	}
	columns, crosses := tables[r.Name]
	if crosses && spelled(columns) != spelled(r.Columns) {
		return fmt.Sprintf("relation %s has columns %s; written.go says %s", r.Name, spelled(r.Columns), spelled(columns))
	}
	return ""
}

func spelled(columns []schemas.Column) string {
	words := make([]string, len(columns))
	for i, c := range columns {
		words[i] = c.Name + " " + c.Type.SQL()
	}
	return strings.Join(words, ", ")
}
