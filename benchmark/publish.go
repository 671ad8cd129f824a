package benchmark

import (
	"strings"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// row is the line as the table benchmark has it.
func (l *line) row() Benchmark {
	row := l.heading()
	row.EligibleMonths = l.months
	row.IsCalculable = l.settlement.calculable() && l.addOn.calculable()
	row.Reason = l.remark()
	row.PBPM = BenchmarkAmounts{
		cents(l.before), cents(l.after), cents(l.withhold), cents(l.settlement), cents(l.addOn),
	}
	over := func(f figure[schemas.PBPM]) *decimal.Decimal {
		if !f.calculable() {
			return nil
		}
		dollars := schemas.ForMonths(f.value, l.months).Cents()
		return &dollars
	}
	row.Dollars = BenchmarkAmounts{
		over(l.before), over(l.after), over(l.withhold), over(l.settlement), over(l.addOn),
	}
	return row
}

func (l *line) heading() Benchmark {
	return Benchmark{
		ACO: l.ACO, PerformanceYear: l.Year, Category: l.Category, AlignmentType: l.AlignmentType,
		DiscountRate: l.discount.number(), SpendingGroup: l.group,
	}
}

// remark is why the line has no benchmark, or what its reader must know.
func (l *line) remark() string {
	for _, f := range []part{l.settlement, l.addOn} {
		if f.missing() != "" {
			return f.missing()
		}
	}
	notes := l.projected
	for _, f := range l.marks {
		notes = together(notes, f.notes())
	}
	return strings.Join(notes, "; ")
}

// totals are the rows over categories, over alignment types and over both (R18).
func totals(lines []*line) []Benchmark {
	var rows []Benchmark
	for _, k := range append([]schemas.Category{schemas.AllCategories}, schemas.Categories...) {
		for _, t := range append([]schemas.AlignmentType{schemas.AllAligned}, schemas.AlignmentTypes...) {
			if k != schemas.AllCategories && t != schemas.AllAligned {
				continue
			}
			if parts := within(lines, k, t); len(parts) > 0 {
				rows = append(rows, total(parts, k, t))
			}
		}
	}
	return rows
}

func within(lines []*line, k schemas.Category, t schemas.AlignmentType) []*line {
	var found []*line
	for _, l := range lines {
		if (k == schemas.AllCategories || k == l.Category) && (t == schemas.AllAligned || t == l.AlignmentType) {
			found = append(found, l)
		}
	}
	return found
}

// total weighs lines by P's eligible months.
//
// Reading: R18, and R13: what is not calculable is left out.
func total(lines []*line, k schemas.Category, t schemas.AlignmentType) Benchmark {
	row := lines[0].heading()
	row.Category, row.AlignmentType = k, t
	held := calculableLines(lines)
	for _, l := range held {
		row.EligibleMonths += l.months
	}
	row.Reason = strings.Join(together(lines[0].projected, leftOut(lines)), "; ")
	switch {
	case len(held) == 0:
		return row
	case row.EligibleMonths == 0:
		row.Reason = "no eligible months in the performance year"
		return row
	}
	row.IsCalculable = true
	sum := func(of func(*line) figure[schemas.PBPM]) (*decimal.Decimal, *decimal.Decimal) {
		var dollars schemas.USD
		for _, l := range held {
			dollars = dollars.Plus(schemas.ForMonths(of(l).value, l.months))
		}
		mean, whole := schemas.PerMonth(dollars, row.EligibleMonths).Cents(), dollars.Cents()
		return &mean, &whole
	}
	row.PBPM.BeforeDiscount, row.Dollars.BeforeDiscount = sum(func(l *line) figure[schemas.PBPM] { return l.before })
	row.PBPM.AfterDiscount, row.Dollars.AfterDiscount = sum(func(l *line) figure[schemas.PBPM] { return l.after })
	row.PBPM.QualityWithhold, row.Dollars.QualityWithhold = sum(func(l *line) figure[schemas.PBPM] { return l.withhold })
	row.PBPM.SettlementBenchmark, row.Dollars.SettlementBenchmark = sum(func(l *line) figure[schemas.PBPM] { return l.settlement })
	row.PBPM.AdministrativeAddOn, row.Dollars.AdministrativeAddOn = sum(func(l *line) figure[schemas.PBPM] { return l.addOn })
	return row
}

func cents(f figure[schemas.PBPM]) *decimal.Decimal {
	if !f.calculable() {
		return nil
	}
	value := f.value.Cents()
	return &value
}

// baselineRow is a line's history as the table baseline has it.
func (s *sheet) baselineRow(k schemas.Category, t schemas.AlignmentType) Baseline {
	h := s.claims[k]
	if t == schemas.VoluntaryAligned {
		h = s.voluntary[k]
	}
	f := s.baselineOf(k, t)
	row := Baseline{
		ACO: s.aco.ID, Category: k, AlignmentType: t,
		PBPM: sixPlaces(f), IsCalculable: f.calculable(), Reason: f.remark(),
	}
	for i, y := range h.years {
		row.Years[i] = BaseYearRow{
			y.year, sixPlaces(y.expenditure), sixPlaces(y.weight), sixPlaces(y.trend), sixPlaces(y.riskRatio),
		}
	}
	return row
}

func sixPlaces[V number](f figure[V]) *decimal.Decimal {
	number := f.number()
	if number == nil {
		return nil
	}
	shown := schemas.BaselinePlaces(*number)
	return &shown
}
