package benchmark

import (
	"fmt"

	"leadline/schemas"
)

// Growth is how expenditure has moved from one year to another.
//
// Source: LEAD RFA §VIII.C.
// Rule:   F1, Nat(t) / Nat(BY3) and Reg(t) / Reg(BY3).
func Growth(earlier, later schemas.PerCapita) (schemas.Ratio, error) {
	if earlier.Sign() == 0 {
		return schemas.Ratio{}, fmt.Errorf("a trend would start from zero dollars")
	}
	return later.ShareOf(earlier), nil
}

// TwoWayTrend blends national and regional growth.
//
// Source:  LEAD RFA §VIII.C; form from 42 CFR 425.652.
// Rule:    F1, wN * national + (1 - wN) * regional.
// Reading: R11.
func TwoWayTrend(nationalWeight, national, regional schemas.Ratio) schemas.Ratio {
	return nationalWeight.Times(national).Plus(schemas.One.Minus(nationalWeight).Times(regional))
}

// Update is the three-way factor that moves the baseline from BY3 to the
// performance year.
//
// Source: LEAD RFA §VIII.C; params/update_blend.yaml.
// Rule:   F2, 2/3 of the two-way trend and 1/3 of the guarded ACPT.
// Not modelled: a retrospective adjustment of the trend; LEAD has none (F5).
func Update(twoWay, guardedACPT schemas.Ratio, blend UpdateBlend) schemas.Ratio {
	return twoWay.Times(blend.TwoWay).Plus(guardedACPT.Times(blend.ACPT))
}

// UpdateBlend is the parts of the three-way update.
type UpdateBlend struct{ TwoWay, ACPT schemas.Ratio }

// Guardrail is the band around a reference that bounds the ACPT.
type Guardrail struct{ Lower, Upper schemas.Ratio }

// GuardedACPT bounds the ACPT before the blend.
//
// Source:  LEAD RFA §VIII.C; params/acpt_guardrail.yaml.
// Rule:    F3, clip(ACPT, reference + lower, reference + upper).
// Reading: F3, the band lies on the cumulative factor from BY3; the reference is
// the two-way trend.
func GuardedACPT(acpt, reference schemas.Ratio, band Guardrail) schemas.Ratio {
	return acpt.Within(reference.Plus(band.Lower), reference.Plus(band.Upper))
}

// GuardrailYear is one year on the way from BY3 to the performance year.
type GuardrailYear struct {
	Year            int
	ACPT, Reference schemas.Ratio // cumulative from BY3
	Band            *Guardrail    // nil before the model's first year
}

// AnnualGuardedACPT bounds the ACPT's growth year by year and compounds it.
//
// Source:  LEAD RFA §VIII.C; params/acpt_guardrail.yaml.
// Rule:    R23, the product over the years of clip(growth of the ACPT, growth of
// the reference + lower, growth of the reference + upper), from 1 in BY3.
// Reading: R23, no band before the model's first year.
func AnnualGuardedACPT(years []GuardrailYear) (schemas.Ratio, error) {
	guarded := schemas.One
	before := GuardrailYear{ACPT: schemas.One, Reference: schemas.One}
	for _, year := range years {
		if before.ACPT.Sign() == 0 || before.Reference.Sign() == 0 {
			return schemas.Ratio{}, fmt.Errorf("the trend of the year before %d is zero", year.Year)
		}
		growth := year.ACPT.Over(before.ACPT)
		if year.Band != nil {
			growth = GuardedACPT(growth, year.Reference.Over(before.Reference), *year.Band)
		}
		guarded = guarded.Times(growth)
		before = year
	}
	return guarded, nil
}
