package benchmark

import (
	"fmt"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// leaves are the values of a line that its settlement benchmark is made of.
type leaves struct {
	baseline, adjustment                                  schemas.PBPM
	nationalWeight, nationalTrend, regionalTrend, guarded schemas.Ratio
	riskRatio, codingFactor, rateBookWeight, discount     schemas.Ratio
	rate                                                  schemas.PBPM // zero where it has no weight
	months                                                schemas.PersonMonths
	bridgeTerms
}

// bridgeTerms are the parameters that enter below the worksheet's lines.
type bridgeTerms struct {
	blend                  UpdateBlend
	withhold, qualityShare schemas.Ratio
	withholdOfBefore       bool // the withhold is a share of the benchmark before discount
	annual                 bool // the annual reading of the guardrail
}

// trended is the benchmark before the rate book, by the worksheet's rules.
func (l leaves) trended() schemas.PBPM {
	update := Update(TwoWayTrend(l.nationalWeight, l.nationalTrend, l.regionalTrend), l.guarded, l.blend)
	return TrendedBenchmark(l.baseline, l.adjustment, Factors{update, l.riskRatio, l.codingFactor})
}

// settlement is the settlement benchmark, by the worksheet's rules.
func (l leaves) settlement() schemas.PBPM {
	before := RateBookBlend(l.trended(), l.rate, l.rateBookWeight)
	after := AfterDiscount(before, l.discount)
	base := after
	if l.withholdOfBefore {
		base = before
	}
	return SettlementBenchmark(after, QualityWithhold(base, l.withhold), l.qualityShare)
}

// link is one change that a bridge takes over from the later run.
type link struct {
	step, label, unit string
	value             func(leaves) decimal.Decimal
	take              func(to *leaves, from leaves)
}

// links are the changes in the worksheet's order. Where the update's blend, the
// rate, the withhold's base or the earned share changes, which have no step of
// their own, the step in which they enter says so.
var links = []link{
	linkOf(stepBaseline, func(l *leaves) *schemas.PBPM { return &l.baseline }),
	linkOf(stepAdjustment, func(l *leaves) *schemas.PBPM { return &l.adjustment }),
	linkOf(stepNationalWeight, func(l *leaves) *schemas.Ratio { return &l.nationalWeight }),
	linkOf(stepNationalTrend, func(l *leaves) *schemas.Ratio { return &l.nationalTrend }),
	linkOf(stepRegionalTrend, func(l *leaves) *schemas.Ratio { return &l.regionalTrend }),
	linkOf(stepGuarded, func(l *leaves) *schemas.Ratio { return &l.guarded }).named("ACPT within the guardrail", unitFactor),
	linkOf(stepUpdate, func(l *leaves) *schemas.Ratio { return &l.blend.TwoWay }).named("Two-way share of the update", unitShare).
		with(func(to *leaves, from leaves) { to.blend = from.blend }),
	linkOf(stepRiskRatio, func(l *leaves) *schemas.Ratio { return &l.riskRatio }),
	linkOf(stepCodingFactor, func(l *leaves) *schemas.Ratio { return &l.codingFactor }),
	linkOf(stepRateBookWeight, func(l *leaves) *schemas.Ratio { return &l.rateBookWeight }).named("Regional rate book, weight", unitShare).
		with(func(to *leaves, from leaves) { to.rate = from.rate }),
	linkOf(stepDiscountRate, func(l *leaves) *schemas.Ratio { return &l.discount }),
	linkOf(stepQualityWithhold, func(l *leaves) *schemas.Ratio { return &l.withhold }).named("Quality withhold, share", unitShare).
		with(func(to *leaves, from leaves) { to.withholdOfBefore = from.withholdOfBefore }),
	linkOf(stepSettlement, func(l *leaves) *schemas.Ratio { return &l.qualityShare }).named("Share of the withhold earned", unitShare),
	{
		bridgeMonths, "Eligible months", unitMonths,
		func(l leaves) decimal.Decimal { return l.months.Decimal() },
		func(to *leaves, from leaves) { to.months = from.months },
	},
}

// linkOf takes one leaf over, under the name of its step.
func linkOf[V interface{ Decimal() decimal.Decimal }](code string, leaf func(*leaves) *V) link {
	definition, _ := definitionOf(code)
	return link{
		code, definition.Label, definition.Unit,
		func(l leaves) decimal.Decimal { return (*leaf(&l)).Decimal() },
		func(to *leaves, from leaves) { *leaf(to) = *leaf(&from) },
	}
}

// named is for a leaf that is not the value of the step in which it enters.
func (k link) named(label, unit string) link {
	k.label, k.unit = label, unit
	return k
}

// with takes more over at the same step.
func (k link) with(more func(to *leaves, from leaves)) link {
	first := k.take
	k.take = func(to *leaves, from leaves) {
		first(to, from)
		more(to, from)
	}
	return k
}

// stepValues are the worksheet's values by line and step.
func stepValues(steps []Step) map[bridgeKey]map[string]decimal.Decimal {
	values := map[bridgeKey]map[string]decimal.Decimal{}
	for _, step := range steps {
		key := bridgeKey{step.ACO, step.Category, step.AlignmentType}
		if values[key] == nil {
			values[key] = map[string]decimal.Decimal{}
		}
		if step.Value != nil {
			values[key][step.Step] = *step.Value
		}
	}
	return values
}

// leavesOf reads the leaves of a calculable line.
func leavesOf(values map[string]decimal.Decimal, terms bridgeTerms, months schemas.PersonMonths) (leaves, error) {
	var missing error
	value := func(code string) decimal.Decimal {
		number, known := values[code]
		if !known && missing == nil {
			missing = fmt.Errorf("no value of step %s, though the line has a benchmark", code)
		}
		return number
	}
	ratio := func(code string) schemas.Ratio { return schemas.NewRatio(value(code)) }
	guarded := stepGuarded
	if terms.annual {
		guarded = stepGuardedAnnual
	}
	l := leaves{
		baseline: schemas.NewPBPM(value(stepBaseline)), adjustment: schemas.NewPBPM(value(stepAdjustment)),
		nationalWeight: ratio(stepNationalWeight), nationalTrend: ratio(stepNationalTrend),
		regionalTrend: ratio(stepRegionalTrend), guarded: ratio(guarded),
		riskRatio: ratio(stepRiskRatio), codingFactor: ratio(stepCodingFactor),
		rateBookWeight: ratio(stepRateBookWeight), discount: ratio(stepDiscountRate),
		months: months, bridgeTerms: terms,
	}
	before := schemas.NewPBPM(value(stepBeforeDiscount))
	if l.rateBookWeight.Sign() != 0 { // the rate has no step: it is what the blend of H2 leaves for it
		l.rate = before.Minus(l.trended().Times(schemas.One.Minus(l.rateBookWeight))).Over(l.rateBookWeight)
	}
	return l, missing
}

// bridgeTermsOf reads the parameters in force in a performance year.
func bridgeTermsOf(parameters []schemas.ConsultedParameter, year int) (bridgeTerms, error) {
	var missing error
	text := func(name string) string {
		for _, p := range parameters {
			if p.Name == name && p.From <= year && year <= p.Through {
				return p.Value
			}
		}
		missing = fmt.Errorf("the manifest does not name the parameter %s of %d", name, year)
		return "0"
	}
	ratio := func(name string) schemas.Ratio {
		value, err := schemas.Domain{Kind: schemas.NumberKind}.Parse(text(name))
		if err != nil && missing == nil {
			missing = fmt.Errorf("parameter %s: %w", name, err)
		}
		number, _ := value.Ratio() // a number by its domain
		return number
	}
	terms := bridgeTerms{
		blend:    UpdateBlend{ratio("update_blend.two_way"), ratio("update_blend.acpt")},
		withhold: ratio("quality_withhold"), qualityShare: ratio("quality_share"),
		withholdOfBefore: text("quality_withhold_base") == "before_discount",
		annual:           text("guardrail_reading") == "annual",
	}
	return terms, missing
}
