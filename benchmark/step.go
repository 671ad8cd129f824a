package benchmark

import (
	"leadline/schemas"
)

// StepDefinition is a step of the worksheet: its code, its place, and the rule's
// own source and status.
type StepDefinition struct {
	Code, Label, Unit, Source string
	Status                    schemas.Status
}

// The units of a step's value.
const (
	unitPBPM    = "pbpm"
	unitFactor  = "factor"
	unitShare   = "share"
	unitDollars = "dollars"
)

// The steps of a line, then those of the ACO's settlement.
const (
	stepBaseline        = "baseline"
	stepDistance        = "spending_distance"
	stepRegional        = "regional_efficiency_adjustment"
	stepPriorSavings    = "prior_savings_adjustment"
	stepCap             = "adjustment_cap"
	stepAdjustment      = "adjustment"
	stepNationalWeight  = "national_weight"
	stepNationalTrend   = "national_trend"
	stepRegionalTrend   = "regional_trend"
	stepTwoWayTrend     = "two_way_trend"
	stepACPT            = "acpt"
	stepGuarded         = "acpt_guarded"
	stepUpdate          = "update"
	stepGuardedAnnual   = "acpt_guarded_annual"
	stepUpdateAnnual    = "update_annual"
	stepRiskRatio       = "risk_ratio"
	stepCodingFactor    = "coding_factor"
	stepRateBookWeight  = "rate_book_weight"
	stepBeforeDiscount  = "benchmark_before_discount"
	stepDiscountRate    = "discount_rate"
	stepAfterDiscount   = "benchmark_after_discount"
	stepQualityWithhold = "quality_withhold"
	stepSettlement      = "settlement_benchmark"
	stepAddOn           = "administrative_add_on"
	stepExpenditure     = "performance_year_expenditure"
	stepGrossSavings    = "gross_savings"
	stepSharedSavings   = "shared_savings"
	stepSequestration   = "sequestration"
	stepNetSettlement   = "net_settlement"
)

// Steps are the steps in worksheet order; the place is the line number. A step
// whose form rests on a reading of ours is assumed, whatever its numbers are.
var Steps = []StepDefinition{
	{stepBaseline, "Historical baseline", unitPBPM, "LEAD RFA VIII.A; D, R9-R13, R16", schemas.Assumed},
	{stepDistance, "Distance below the region", unitPBPM, "LEAD RFA VIII.B; E1, R14", schemas.Assumed},
	{stepRegional, "Regional efficiency adjustment", unitPBPM, "LEAD RFA VIII.B; E2, R15", schemas.Published},
	{stepPriorSavings, "Prior savings adjustment", unitPBPM, "LEAD RFA VIII.B; E3, R15", schemas.Assumed},
	{stepCap, "Cap of the adjustment", unitPBPM, "LEAD RFA VIII.B; E5, R15", schemas.Assumed},
	{stepAdjustment, "Adjustment", unitPBPM, "LEAD RFA VIII.B; E4, R15", schemas.Assumed},
	{stepNationalWeight, "Weight of the national trend", unitShare, "LEAD RFA VIII.C; F1, R11", schemas.Assumed},
	{stepNationalTrend, "National trend from BY3", unitFactor, "LEAD RFA VIII.C; F1", schemas.Published},
	{stepRegionalTrend, "Regional trend from BY3", unitFactor, "LEAD RFA VIII.C; F1, R10", schemas.Assumed},
	{stepTwoWayTrend, "Two-way trend from BY3", unitFactor, "LEAD RFA VIII.C; F1, R11", schemas.Assumed},
	{stepACPT, "ACPT from BY3", unitFactor, "LEAD RFA VIII.C; F4", schemas.Published},
	{stepGuarded, "ACPT within the cumulative guardrail", unitFactor, "LEAD RFA VIII.C; F3", schemas.Published},
	{stepUpdate, "Three-way update, cumulative guardrail", unitFactor, "LEAD RFA VIII.C; F2", schemas.Published},
	{stepGuardedAnnual, "ACPT within the annual guardrail", unitFactor, "LEAD RFA VIII.C; F3, R23", schemas.Assumed},
	{stepUpdateAnnual, "Three-way update, annual guardrail", unitFactor, "LEAD RFA VIII.C; F2, R23", schemas.Assumed},
	{stepRiskRatio, "Risk ratio", unitFactor, "LEAD RFA VIII.D; G, R9, R17", schemas.Assumed},
	{stepCodingFactor, "Coding intensity factor", unitFactor, "LEAD RFA VIII.D; G", schemas.Reported},
	{stepRateBookWeight, "Weight of the regional rate book", unitShare, "LEAD RFA VIII.G; H2, R19", schemas.Published},
	{stepBeforeDiscount, "Benchmark before discount", unitPBPM, "LEAD RFA VIII.C-E; H, R19", schemas.Assumed},
	{stepDiscountRate, "Discount", unitShare, "LEAD RFA VIII.E; H", schemas.Published},
	{stepAfterDiscount, "Benchmark after discount", unitPBPM, "LEAD RFA VIII.E; H", schemas.Published},
	{stepQualityWithhold, "Quality withhold", unitPBPM, "LEAD RFA VIII.E; H", schemas.Published},
	{stepSettlement, "Settlement benchmark", unitPBPM, "LEAD RFA VIII.E; H", schemas.Published},
	{stepAddOn, "Administrative add-on", unitPBPM, "LEAD RFA VIII.B, X.A.5; E6, R19", schemas.Published},
	{stepExpenditure, "Performance year expenditure", unitDollars, "I, R24", schemas.Assumed},
	{stepGrossSavings, "Gross savings", unitDollars, "I, R24", schemas.Assumed},
	{stepSharedSavings, "Shared savings or losses", unitDollars, "I, R24", schemas.Assumed},
	{stepSequestration, "Sequestration", unitDollars, "I, R24", schemas.Assumed},
	{stepNetSettlement, "Net settlement", unitDollars, "I, R24", schemas.Assumed},
}

// ruleStatus is the status of the step's own rule, before that of its parts.
func ruleStatus(code string) schemas.Status {
	definition, _ := definitionOf(code)
	return definition.Status
}

func definitionOf(code string) (StepDefinition, int) {
	for i, definition := range Steps {
		if definition.Code == code {
			return definition, i + 1
		}
	}
	panic("no step " + code)
}

// stepOf writes a figure as a step of a line.
func stepOf[V number](line Group, code string, f figure[V]) Step {
	definition, place := definitionOf(code)
	step := Step{
		ACO: line.ACO, PerformanceYear: line.Year, Category: line.Category, AlignmentType: line.AlignmentType,
		Line: place, Step: code, Label: definition.Label, Unit: definition.Unit,
		Formula: f.formula, Source: definition.Source, Status: schemas.Weakest(definition.Status, f.status),
		IsCalculable: f.calculable(), Reason: f.remark(),
	}
	if value := f.number(); value != nil {
		shown := schemas.StepPlaces(*value)
		step.Value = &shown
	}
	return step
}
