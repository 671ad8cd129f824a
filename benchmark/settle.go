package benchmark

import (
	"fmt"
	"slices"
	"strings"

	"leadline/schemas"
)

// bandNames are the bands of the corridors as the parameter files call them.
var bandNames = []string{"first", "second", "third", "fourth"}

// settle is section I for the ACO over its calculable lines (R24).
func (s *sheet) settle(lines []*line) []Step {
	all := &line{Group: s.group(s.PerformanceYear, schemas.AllCategories, schemas.AllAligned)}
	benchmark, expenditure := s.benchmarkDollars(lines), s.expenditureDollars(lines)
	record(all, stepExpenditure, expenditure)
	gross := record(all, stepGrossSavings, derive(ruleStatus(stepGrossSavings), []part{benchmark, expenditure},
		func() (schemas.USD, string, error) {
			return GrossSavings(benchmark.value, expenditure.value), fmt.Sprintf("%s − %s", benchmark, expenditure), nil
		}))
	shared := record(all, stepSharedSavings, s.sharedSavings(gross, benchmark))
	taken := record(all, stepSequestration, s.sequestration(shared))
	record(all, stepNetSettlement, derive(ruleStatus(stepNetSettlement), []part{shared, taken},
		func() (schemas.USD, string, error) {
			return shared.value.Minus(taken.value), fmt.Sprintf("%s − %s", shared, taken), nil
		}))
	return all.steps
}

// benchmarkDollars is the settlement benchmark over P's months.
func (s *sheet) benchmarkDollars(lines []*line) figure[schemas.USD] {
	held := calculableLines(lines)
	if len(held) == 0 {
		return absent[schemas.USD]("no line of the ACO has a benchmark")
	}
	var parts []part
	for _, l := range held {
		parts = append(parts, l.settlement)
	}
	return derive(schemas.Assumed, parts, func() (schemas.USD, string, error) {
		var sum schemas.USD
		for _, l := range held {
			sum = sum.Plus(schemas.ForMonths(l.settlement.value, l.months))
		}
		return sum, "Σ settlement benchmark × months", nil
	})
}

// haveDollars says whether any claim of P counts for the lines' people: a year
// without dollars cannot be settled (R24).
func (s *sheet) haveDollars(lines []*line) bool {
	return slices.ContainsFunc(lines, func(l *line) bool {
		_, has := s.dollars[l.Group]
		return has
	})
}

// expenditureDollars is what the same lines spent in P.
func (s *sheet) expenditureDollars(lines []*line) figure[schemas.USD] {
	held := calculableLines(lines)
	switch {
	case len(held) == 0:
		return absent[schemas.USD]("no line of the ACO has a benchmark")
	case !s.haveDollars(held):
		return absent[schemas.USD]("the extract has no claims of %d for the ACO's people", s.PerformanceYear)
	}
	var sum schemas.USD
	var words []string
	for _, l := range held {
		sum = sum.Plus(s.dollars[l.Group])
		words = append(words, s.dollars[l.Group].String())
	}
	f := given(sum, "%s", strings.Join(words, " + "))
	f.marks = leftOut(lines)
	return f
}

func (s *sheet) sharedSavings(gross, benchmark figure[schemas.USD]) figure[schemas.USD] {
	result := "savings"
	if gross.value.Sign() < 0 {
		result = "losses"
	}
	parts := []part{gross, benchmark}
	var bands []SharingBand
	var words []string
	for _, name := range bandNames {
		begins := s.terms.ratio("sharing_band", string(s.aco.RiskOption), name)
		share := s.terms.ratio("sharing_rate", string(s.aco.RiskOption), result, name)
		parts = append(parts, begins, share)
		bands = append(bands, SharingBand{begins.Ratio, share.Ratio})
		words = append(words, fmt.Sprintf("%s from %s", share, begins))
	}
	return derive(ruleStatus(stepSharedSavings), parts, func() (schemas.USD, string, error) {
		value, err := SharedSavings(gross.value, benchmark.value, bands)
		return value, fmt.Sprintf("%s of %s in bands: %s", gross, benchmark, strings.Join(words, ", ")), err
	})
}

func (s *sheet) sequestration(shared figure[schemas.USD]) figure[schemas.USD] {
	rate := s.terms.ratio("sequestration_rate")
	onLosses, choice := s.terms.flag("sequestration_on_losses")
	return derive(ruleStatus(stepSequestration), []part{shared, rate, choice}, func() (schemas.USD, string, error) {
		value := Sequestration(shared.value, rate.Ratio, onLosses)
		if value.Sign() == 0 {
			return value, "0: no shared savings", nil
		}
		return value, fmt.Sprintf("%s × %s", rate, shared), nil
	})
}

// calculableLines are those with a whole benchmark.
func calculableLines(lines []*line) []*line {
	var held []*line
	for _, l := range lines {
		if l.settlement.calculable() && l.addOn.calculable() {
			held = append(held, l)
		}
	}
	return held
}

// leftOut marks a total with the lines that it does not hold.
func leftOut(lines []*line) []string {
	var names []string
	for _, l := range lines {
		if !l.settlement.calculable() || !l.addOn.calculable() {
			names = append(names, fmt.Sprintf("%s %s", l.Category, l.AlignmentType))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{"left out, not calculable: " + strings.Join(names, ", ")}
}
