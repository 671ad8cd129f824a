package schemas

import (
	"testing"

	"github.com/shopspring/decimal"
)

func number(t *testing.T, text string) decimal.Decimal {
	t.Helper()
	d, err := decimal.NewFromString(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Division keeps 30 places; an exact half goes to the even neighbour.
func TestQuotientIsHalfEven(t *testing.T) {
	tests := []struct{ name, dividend, divisor, want string }{
		{"a third", "1", "3", "0.333333333333333333333333333333"},
		{"two thirds goes up", "2", "3", "0.666666666666666666666666666667"},
		{"minus two thirds goes away from zero", "-2", "3", "-0.666666666666666666666666666667"},
		{"half of an odd last place goes to even, up", "0.000000000000000000000000000003", "2", "0.000000000000000000000000000002"}, // 1.5
		{"half of an odd last place goes to even, down", "0.000000000000000000000000000001", "2", "0"},                              // 0.5
		{"and below zero", "-0.000000000000000000000000000003", "2", "-0.000000000000000000000000000002"},                           // -1.5
		{"by a negative", "1", "-8", "-0.125"},
		{"exact", "10", "4", "2.5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := NewRatio(number(t, tt.dividend)).Over(NewRatio(number(t, tt.divisor))).Decimal()
			if !got.Equal(number(t, tt.want)) {
				t.Errorf("%s / %s = %s, want %s", tt.dividend, tt.divisor, got, tt.want)
			}
		})
	}
}

func TestDivisionByZeroPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	One.Over(Ratio{})
}

// R12: half away from zero, to the cent, once.
func TestCents(t *testing.T) {
	tests := []struct{ in, want string }{
		{"10.004", "10"}, {"10.005", "10.01"}, {"10.006", "10.01"},
		{"-10.004", "-10"}, {"-10.005", "-10.01"}, {"0", "0"},
		{"10.00499999999999999999", "10"}, // twenty places are meant, not a division's tail
	}
	for _, tt := range tests {
		if got := NewPBPM(number(t, tt.in)).Cents(); !got.Equal(number(t, tt.want)) {
			t.Errorf("Cents(%s) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

// 900.005 weighed by three thirds is 900.005 again: 900.01, not 900.00.
func TestCentsForgetsTheTailOfADivision(t *testing.T) {
	third := One.Over(NewRatio(number(t, "3")))
	year := NewPBPM(number(t, "900.005")).Times(third)
	if got := year.Plus(year).Plus(year).Cents().String(); got != "900.01" {
		t.Errorf("three thirds of 900.005 = %s, want 900.01", got)
	}
	if sign := third.Plus(third).Plus(third).Minus(One).Sign(); sign != 0 {
		t.Errorf("three thirds less one has sign %d, want 0", sign)
	}
}

func TestUnitsConvert(t *testing.T) {
	if got := Monthly(NewPerCapita(number(t, "13200"))).String(); got != "1100" { // 13200 / 12
		t.Errorf("Monthly = %s", got)
	}
	if got := PerMonth(NewUSD(number(t, "1000")), 8).String(); got != "125" { // 1000 / 8
		t.Errorf("PerMonth = %s", got)
	}
	if got := ForMonths(NewPBPM(number(t, "1100.505")), 10).Cents().String(); got != "11005.05" {
		t.Errorf("ForMonths = %s", got)
	}
	if got := PersonMonths(30).PersonYears(12).String(); got != "2.5" {
		t.Errorf("PersonYears = %s", got)
	}
	if got := PersonMonths(30).PersonYears(3).String(); got != "10" { // R11: a P of three months
		t.Errorf("PersonYears of a short year = %s", got)
	}
	if got := PersonMonths(1).ShareOf(8).String(); got != "0.125" {
		t.Errorf("ShareOf = %s", got)
	}
}

func TestWithin(t *testing.T) {
	lower, upper := NewPBPM(number(t, "900")), NewPBPM(number(t, "1100"))
	for in, want := range map[string]string{"899.99": "900", "900": "900", "950": "950", "1100": "1100", "1100.01": "1100"} {
		if got := NewPBPM(number(t, in)).Within(lower, upper).String(); got != want {
			t.Errorf("Within(%s) = %s, want %s", in, got, want)
		}
		if got := NewRatio(number(t, in)).Within(NewRatio(lower.Decimal()), NewRatio(upper.Decimal())).String(); got != want {
			t.Errorf("Ratio.Within(%s) = %s, want %s", in, got, want)
		}
	}
}

func TestShownPlaces(t *testing.T) {
	third := One.Over(NewRatio(number(t, "3"))).Decimal()
	if got := StepPlaces(third).String(); got != "0.33333333" {
		t.Errorf("StepPlaces = %s", got)
	}
	if got := BaselinePlaces(third).String(); got != "0.333333" {
		t.Errorf("BaselinePlaces = %s", got)
	}
}
