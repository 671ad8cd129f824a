package compare

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"leadline/benchmark"
)

const (
	centPlaces  = 2
	valuePlaces = 6 // of a factor or a share, as text
)

// money is dollars with thousands separators and cents, half away from zero.
func money(d decimal.Decimal) string {
	text := d.StringFixed(centPlaces)
	dollars, cents, _ := strings.Cut(text, ".")
	return grouped(dollars) + "." + cents
}

// signed is money with its sign in front.
func signed(d decimal.Decimal) string {
	if d.Sign() > 0 {
		return "+" + money(d)
	}
	return money(d)
}

func orNone(d *decimal.Decimal) string {
	if d == nil {
		return "none"
	}
	return money(*d)
}

func count(n int64) string { return grouped(strconv.FormatInt(n, 10)) }

func signedCount(n int64) string {
	if n > 0 {
		return "+" + count(n)
	}
	return count(n)
}

// grouped puts a comma before each three digits.
func grouped(digits string) string {
	const three = 3
	sign := ""
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		sign, digits = "-", rest
	}
	var groups []string
	for len(digits) > three {
		groups = append([]string{digits[len(digits)-three:]}, groups...)
		digits = digits[:len(digits)-three]
	}
	return sign + strings.Join(append([]string{digits}, groups...), ",")
}

// fromTo is the value that changed, where the groups have one.
func fromTo(l benchmark.BridgeLine) string {
	if l.From == nil || l.To == nil {
		return ""
	}
	show := func(d decimal.Decimal) string {
		switch l.Unit {
		case "pbpm":
			return money(d)
		case "months":
			return count(d.IntPart())
		}
		return d.Round(valuePlaces).String()
	}
	return show(*l.From) + " -> " + show(*l.To)
}
