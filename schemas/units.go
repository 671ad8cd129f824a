package schemas

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// MonthsPerYear turns annual dollars into PBPM and months into person-years.
const MonthsPerYear = 12

const (
	divisionPlaces = 30 // every quotient, half even
	steadyPlaces   = 20 // what remains of a value once the tail of a division is taken off
	factorPlaces   = 8  // as benchmark_step shows a value
	baselinePlaces = 6  // as baseline shows one
	centPlaces     = 2
)

// Ratio is a number without a unit: a weight, share, trend or risk score.
type Ratio struct{ number decimal.Decimal }

// One is the ratio that changes nothing.
var One = NewRatio(decimal.NewFromInt(1))

// NewRatio takes a number as it stands.
func NewRatio(number decimal.Decimal) Ratio { return Ratio{number} }

// Decimal is the ratio's number, unrounded.
func (r Ratio) Decimal() decimal.Decimal { return r.number }

// Plus adds two ratios of the same whole.
func (r Ratio) Plus(other Ratio) Ratio { return Ratio{r.number.Add(other.number)} }

// Minus takes one ratio from another of the same whole.
func (r Ratio) Minus(other Ratio) Ratio { return Ratio{r.number.Sub(other.number)} }

// Times compounds two ratios.
func (r Ratio) Times(other Ratio) Ratio { return Ratio{r.number.Mul(other.number)} }

// Over divides to 30 places, half even. The divisor must not be zero.
func (r Ratio) Over(other Ratio) Ratio { return Ratio{quotient(r.number, other.number)} }

// Sign is -1, 0 or 1; the tail of a division does not make a zero positive.
func (r Ratio) Sign() int { return steady(r.number).Sign() }

// Least is the smaller of two ratios.
func (r Ratio) Least(other Ratio) Ratio { return Ratio{decimal.Min(r.number, other.number)} }

// Within is the ratio, or the bound that it lies beyond.
func (r Ratio) Within(lower, upper Ratio) Ratio {
	return Ratio{decimal.Max(lower.number, decimal.Min(r.number, upper.number))}
}

// String shows at most eight places and no trailing zeros.
func (r Ratio) String() string { return shown(r.number) }

type (
	perBeneficiaryMonth struct{}
	perPersonYear       struct{}
	inTotal             struct{}
)

// dollarUnit lists what dollars can be counted by.
type dollarUnit interface {
	perBeneficiaryMonth | perPersonYear | inTotal
}

// Amount is dollars in one unit. Amounts of one unit add up, and a Ratio scales
// them; amounts of two units, or a product of two amounts, do not compile.
type Amount[U dollarUnit] struct{ dollars decimal.Decimal }

type (
	// PBPM is dollars per beneficiary per month.
	PBPM = Amount[perBeneficiaryMonth]
	// PerCapita is dollars per person and year, as the reference tables give them.
	PerCapita = Amount[perPersonYear]
	// USD is dollars in total.
	USD = Amount[inTotal]
)

// NewPBPM takes dollars per beneficiary per month as they stand.
func NewPBPM(dollars decimal.Decimal) PBPM { return PBPM{dollars} }

// NewPerCapita takes annual dollars a person as they stand.
func NewPerCapita(dollars decimal.Decimal) PerCapita { return PerCapita{dollars} }

// NewUSD takes dollars as they stand.
func NewUSD(dollars decimal.Decimal) USD { return USD{dollars} }

// Decimal is the amount's number, unrounded.
func (a Amount[U]) Decimal() decimal.Decimal { return a.dollars }

// Plus adds an amount of the same unit.
func (a Amount[U]) Plus(other Amount[U]) Amount[U] { return Amount[U]{a.dollars.Add(other.dollars)} }

// Minus takes an amount of the same unit off.
func (a Amount[U]) Minus(other Amount[U]) Amount[U] { return Amount[U]{a.dollars.Sub(other.dollars)} }

// Times scales the amount.
func (a Amount[U]) Times(ratio Ratio) Amount[U] { return Amount[U]{a.dollars.Mul(ratio.number)} }

// Over divides by a ratio, to 30 places, half even. The ratio must not be zero.
func (a Amount[U]) Over(ratio Ratio) Amount[U] { return Amount[U]{quotient(a.dollars, ratio.number)} }

// ShareOf is the amount over another of its unit, to 30 places, half even. The
// other must not be zero.
func (a Amount[U]) ShareOf(whole Amount[U]) Ratio {
	return Ratio{quotient(a.dollars, whole.dollars)}
}

// Least is the smaller of two amounts.
func (a Amount[U]) Least(other Amount[U]) Amount[U] {
	return Amount[U]{decimal.Min(a.dollars, other.dollars)}
}

// Greatest is the larger of two amounts.
func (a Amount[U]) Greatest(other Amount[U]) Amount[U] {
	return Amount[U]{decimal.Max(a.dollars, other.dollars)}
}

// Within is the amount, or the bound that it lies beyond.
func (a Amount[U]) Within(lower, upper Amount[U]) Amount[U] {
	return lower.Greatest(a.Least(upper))
}

// Magnitude is the amount without its sign.
func (a Amount[U]) Magnitude() Amount[U] { return Amount[U]{a.dollars.Abs()} }

// Sign is -1, 0 or 1; the tail of a division does not make a zero positive.
func (a Amount[U]) Sign() int { return steady(a.dollars).Sign() }

// Cents rounds money, once, at the very end: half away from zero.
//
// Reading: R12.
func (a Amount[U]) Cents() decimal.Decimal { return rounded(a.dollars, centPlaces) }

// String shows at most eight places and no trailing zeros.
func (a Amount[U]) String() string { return shown(a.dollars) }

// PersonMonths counts eligible months of people.
type PersonMonths int64

// Decimal is the count as a number.
func (m PersonMonths) Decimal() decimal.Decimal { return decimal.NewFromInt(int64(m)) }

// ShareOf is the part of a whole that these months are, to 30 places, half
// even. The whole must not be zero.
func (m PersonMonths) ShareOf(whole PersonMonths) Ratio {
	return Ratio{quotient(m.Decimal(), whole.Decimal())}
}

// PersonYears is the months over the number of months that a person could have.
func (m PersonMonths) PersonYears(monthsHeld int) PersonYears {
	return PersonYears{quotient(m.Decimal(), decimal.NewFromInt(int64(monthsHeld)))}
}

// PersonYears counts people by the years they were there.
type PersonYears struct{ number decimal.Decimal }

// NewPersonYears takes a count as it stands.
func NewPersonYears(number decimal.Decimal) PersonYears { return PersonYears{number} }

// Decimal is the count, unrounded.
func (y PersonYears) Decimal() decimal.Decimal { return y.number }

// Sign is -1, 0 or 1.
func (y PersonYears) Sign() int { return y.number.Sign() }

// ShareOf is the person-years over others, to 30 places, half even. The others
// must not be zero.
func (y PersonYears) ShareOf(whole PersonYears) Ratio { return Ratio{quotient(y.number, whole.number)} }

// String shows at most eight places and no trailing zeros.
func (y PersonYears) String() string { return shown(y.number) }

// Monthly is annual dollars a person as PBPM.
//
// Reading: R12, annual dollars / 12.
func Monthly(annual PerCapita) PBPM {
	return PBPM{quotient(annual.dollars, decimal.NewFromInt(MonthsPerYear))}
}

// PerMonth spreads dollars over months. The months must not be zero.
func PerMonth(dollars USD, months PersonMonths) PBPM {
	return PBPM{quotient(dollars.dollars, months.Decimal())}
}

// ForMonths is what a PBPM comes to over months, unrounded.
func ForMonths(pbpm PBPM, months PersonMonths) USD {
	return USD{pbpm.dollars.Mul(months.Decimal())}
}

// StepPlaces rounds as benchmark_step shows a value: eight places.
func StepPlaces(number decimal.Decimal) decimal.Decimal { return rounded(number, factorPlaces) }

// BaselinePlaces rounds as baseline shows a value: six places.
func BaselinePlaces(number decimal.Decimal) decimal.Decimal { return rounded(number, baselinePlaces) }

// quotient divides to 30 places, half even.
func quotient(dividend, divisor decimal.Decimal) decimal.Decimal {
	if divisor.IsZero() {
		panic(fmt.Sprintf("division of %s by zero: a rule did not ask first", shown(dividend)))
	}
	whole, rest := dividend.QuoRem(divisor, divisionPlaces)
	up := decimal.New(int64(dividend.Sign()*divisor.Sign()), -divisionPlaces)
	switch rest.Add(rest).Abs().Cmp(divisor.Abs().Shift(-divisionPlaces)) {
	case 1:
		return whole.Add(up)
	case 0:
		if odd(whole) {
			return whole.Add(up)
		}
	}
	return whole
}

// odd says whether the last of the quotient's places is.
func odd(number decimal.Decimal) bool {
	return number.Shift(divisionPlaces).BigInt().Bit(0) == 1
}

// steady takes off the tail that a division leaves: 3 × (900.005 × 1/3) is
// 900.005 again, so that it rounds to 900.01 and not to 900.00.
func steady(number decimal.Decimal) decimal.Decimal { return number.RoundBank(steadyPlaces) }

// rounded is the one place where a shown number is made.
func rounded(number decimal.Decimal, places int32) decimal.Decimal {
	return steady(number).Round(places)
}

func shown(number decimal.Decimal) string {
	return rounded(number, factorPlaces).String()
}
