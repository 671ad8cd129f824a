package schemas

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// ValueKind is what a parameter's value is.
type ValueKind string

// The kinds that a parameter file may name under type; number where it names none.
const (
	NumberKind ValueKind = "number" // 0.0175 or 1/3
	CountKind  ValueKind = "count"  // a whole number, zero or more
	TextKind   ValueKind = "text"   // a word; with values, one of them
	FlagKind   ValueKind = "flag"   // true or false
	DateKind   ValueKind = "date"   // 2027-07-01
)

var valueKinds = []ValueKind{NumberKind, CountKind, TextKind, FlagKind, DateKind}

// flagWords are how people write a switch that is on or off.
var flagWords = map[string]bool{"true": true, "on": true, "yes": true, "false": false, "off": false, "no": false}

// None is how a parameter file says that an optional parameter has no value.
const None = "none"

// Domain is what a parameter may be set to.
type Domain struct {
	Kind        ValueKind
	Values      []string         // the words of a switch
	Least, Most *decimal.Decimal // the range of a number
	Optional    bool             // none is allowed
}

// ParameterValue is a value as its document writes it: one third stays 1/3.
type ParameterValue struct {
	text   string
	kind   ValueKind
	number decimal.Decimal
	date   time.Time
}

// String is the value as it was written.
func (v ParameterValue) String() string { return v.text }

// None says that an optional parameter has no value.
func (v ParameterValue) None() bool { return v.text == None }

// Parse reads a value and holds it against the domain.
func (d Domain) Parse(text string) (ParameterValue, error) {
	text = strings.TrimSpace(text)
	value := ParameterValue{text: text, kind: d.Kind}
	if d.Optional && (text == None || text == "null" || text == "") {
		value.text = None
		return value, nil
	}
	var err error
	switch d.Kind {
	case NumberKind, CountKind:
		value.number, err = d.parseNumber(text)
	case FlagKind:
		flag, known := flagWords[strings.ToLower(text)]
		if value.text = strconv.FormatBool(flag); !known {
			err = fmt.Errorf("%q is neither true nor false", text)
		}
	case DateKind:
		if value.date, err = time.Parse(time.DateOnly, text); err != nil {
			err = fmt.Errorf("%q is not a date like 2027-07-01", text)
		}
	case TextKind:
		if len(d.Values) == 0 && text == "" {
			err = fmt.Errorf("an empty text")
		}
	}
	if err == nil && len(d.Values) > 0 && !slices.Contains(d.Values, text) {
		err = fmt.Errorf("%q is not one of %s", text, strings.Join(d.Values, ", "))
	}
	return value, err
}

func (d Domain) parseNumber(text string) (decimal.Decimal, error) {
	number, err := parseFraction(text)
	switch {
	case err != nil:
		return number, err
	case d.Kind == CountKind && (!number.IsInteger() || number.Sign() < 0):
		return number, fmt.Errorf("%q is not a whole number of zero or more", text)
	case d.Least != nil && number.LessThan(*d.Least):
		return number, fmt.Errorf("%s is below %s", text, d.Least)
	case d.Most != nil && number.GreaterThan(*d.Most):
		return number, fmt.Errorf("%s is above %s", text, d.Most)
	}
	return number, nil
}

// parseFraction reads 0.0175 exactly and 1/3 to 30 places.
func parseFraction(text string) (decimal.Decimal, error) {
	above, below, isFraction := strings.Cut(text, "/")
	number, err := decimal.NewFromString(strings.TrimSpace(above))
	if err != nil {
		return number, fmt.Errorf("%q is not a number", text)
	}
	if !isFraction {
		return number, nil
	}
	divisor, err := decimal.NewFromString(strings.TrimSpace(below))
	if err != nil || divisor.IsZero() {
		return number, fmt.Errorf("%q is not a fraction", text)
	}
	return quotient(number, divisor), nil
}

// Ratio is a number's value.
func (v ParameterValue) Ratio() (Ratio, error) {
	return NewRatio(v.number), v.is(NumberKind, CountKind)
}

// Decimal is a number's value, where a Ratio would name the wrong thing.
func (v ParameterValue) Decimal() (decimal.Decimal, error) {
	return v.number, v.is(NumberKind, CountKind)
}

// Count is a whole number's value.
func (v ParameterValue) Count() (int, error) { return int(v.number.IntPart()), v.is(CountKind) }

// Flag is a true or false.
func (v ParameterValue) Flag() (bool, error) {
	flag, err := strconv.ParseBool(v.text)
	if kind := v.is(FlagKind); kind != nil {
		return false, kind
	}
	return flag, err
}

// Date is a date's value.
func (v ParameterValue) Date() (time.Time, error) { return v.date, v.is(DateKind) }

// Text is a word's value.
func (v ParameterValue) Text() (string, error) { return v.text, v.is(TextKind) }

func (v ParameterValue) is(kinds ...ValueKind) error {
	if v.None() {
		return fmt.Errorf("it has no value; ask None first")
	}
	if !slices.Contains(kinds, v.kind) {
		return fmt.Errorf("it is a %s, not a %s", v.kind, kinds[0])
	}
	return nil
}
