package input

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// A cellError says why a text is not a value of its column. It never quotes
// the text.
type cellError struct{ check, message, remedy string }

func (e cellError) Error() string { return e.message }

func badCell(message, remedy string) error { return cellError{CheckBadCell, message, remedy} }

// parseCell reads a trimmed, non-empty text as a value of the column's type.
func parseCell(c schemas.Column, text string) (any, error) {
	switch c.Type.Kind {
	case schemas.KindVarchar:
		return text, nil
	case schemas.KindInteger, schemas.KindBigint:
		return parseInteger(c.Type, text)
	case schemas.KindBoolean:
		return parseBoolean(text)
	case schemas.KindDate:
		return parseDate(text)
	case schemas.KindDecimal:
		return parseDecimal(c.Type, text)
	}
	return nil, badCell("this type cannot be read from CSV", "give the table as Parquet")
}

const integerBits, bigintBits = 32, 64

// Parquet counts days from 1970-01-01.
const secondsADay = 24 * 60 * 60

func parseInteger(t schemas.Type, text string) (any, error) {
	bits := integerBits
	if t.Kind == schemas.KindBigint {
		bits = bigintBits
	}
	n, err := strconv.ParseInt(text, 10, bits)
	if err != nil {
		return nil, badCell("is not a whole number", "write digits only, without separators or decimals")
	}
	return n, nil
}

// booleans are the ways in which spreadsheets and databases write them.
var booleans = map[string]bool{
	"true": true, "t": true, "1": true, "yes": true, "y": true,
	"false": false, "f": false, "0": false, "no": false, "n": false,
}

func parseBoolean(text string) (any, error) {
	v, ok := booleans[strings.ToLower(text)]
	if !ok {
		return nil, badCell("is neither true nor false", "write true or false")
	}
	return v, nil
}

func parseDate(text string) (any, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err == nil {
		return day, nil
	}
	if _, short := time.Parse("2006-1-2", text); short == nil || isDateShaped(text) {
		return nil, badCell("is not a day of the calendar", "write it as YYYY-MM-DD")
	}
	return nil, badCell("is not a date", "write it as YYYY-MM-DD; format the column as text if a spreadsheet rewrites it")
}

func isDateShaped(text string) bool {
	return len(text) == len(time.DateOnly) && text[4] == '-' && text[7] == '-'
}

func parseDecimal(t schemas.Type, text string) (any, error) {
	if strings.Trim(text, "0123456789+-.") != "" {
		return nil, badCell("is not a plain decimal number"+decimalMishap(text), "write digits and a point only")
	}
	d, err := decimal.NewFromString(text)
	if err != nil {
		return nil, badCell("is not a plain decimal number", "write digits and a point only")
	}
	return fitDecimal(t, d)
}

func decimalMishap(text string) string {
	switch {
	case strings.ContainsAny(text, "eE") && strings.Trim(text, "0123456789+-.eE") == "":
		return "; it is in scientific notation, which loses digits"
	case strings.Contains(text, ","):
		return "; it has a comma"
	case strings.ContainsAny(text, "$%"):
		return "; it has a sign"
	}
	return ""
}

// fitDecimal refuses what the type cannot hold: rounding would be a guess.
func fitDecimal(t schemas.Type, d decimal.Decimal) (any, error) {
	if !d.Equal(d.Truncate(int32(t.Scale))) {
		return nil, cellError{CheckNumber, fmt.Sprintf("has more than %d decimals", t.Scale), "round it at the source"}
	}
	if d.Abs().Cmp(decimal.New(1, int32(t.Precision-t.Scale))) >= 0 {
		return nil, cellError{CheckNumber, "is too large for " + t.SQL(), "check its unit"}
	}
	return d, nil
}

// checkForm holds a value against its column's codes and form, and returns it
// in its normal form.
func checkForm(c schemas.Column, v any, performanceYear int) (any, error) {
	if len(c.Codes) > 0 {
		return v, checkCode(c, v)
	}
	switch c.Form {
	case schemas.FormTIN:
		tin, err := schemas.ParseTIN(v.(string))
		if err != nil {
			return nil, cellError{CheckIdentifier, err.Error(), "write the nine digits as text"}
		}
		return string(tin), nil
	case schemas.FormFIPS:
		return v, checkFIPS(v.(string))
	case schemas.FormDate, schemas.FormMonthFirst, schemas.FormEndDate, schemas.FormOpenDate, schemas.FormBirthDate:
		return v, checkDay(c.Form, v.(time.Time), performanceYear)
	case schemas.FormYear:
		return v, checkYear(v.(int64), firstYear, lastYear, CheckYear)
	case schemas.FormPerformanceYear:
		return v, checkYear(v.(int64), schemas.FirstModelYear, schemas.LastModelYear, CheckPerformanceYear)
	case schemas.FormShare, schemas.FormPositive, schemas.FormNotNegative:
		return v, checkSign(c.Form, v.(decimal.Decimal))
	}
	return v, nil
}

func checkCode(c schemas.Column, v any) error {
	for _, code := range c.Codes {
		if code == v {
			return nil
		}
	}
	return cellError{CheckCode, "is none of " + strings.Join(c.Codes, ", "), "write one of these words"}
}

const fipsDigits = 5

func checkFIPS(text string) error {
	if len(text) == fipsDigits && strings.Trim(text, "0123456789") == "" {
		return nil
	}
	message := "is not a state and county code of five digits"
	if len(text) == fipsDigits-1 && strings.Trim(text, "0123456789") == "" {
		message += "; this one has four: a leading zero was probably lost in a spreadsheet"
	}
	return cellError{CheckIdentifier, message, "format the column as text and export again"}
}

// The years between which days and years of an extract lie.
const (
	firstYear      = 1990
	firstBirthYear = 1880
	lastYear       = schemas.LastModelYear + 1
	openYear       = 9999
)

func dayBounds(form schemas.Form, performanceYear int) (first, last time.Time) {
	from, to := firstYear, performanceYear+1
	switch form {
	case schemas.FormEndDate, schemas.FormOpenDate:
		to = openYear
	case schemas.FormBirthDate:
		from = firstBirthYear
	}
	return day(from, time.January, 1), day(to, time.December, 31)
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

func checkDay(form schemas.Form, d time.Time, performanceYear int) error {
	first, last := dayBounds(form, performanceYear)
	if d.Before(first) || d.After(last) {
		return cellError{CheckDate, fmt.Sprintf("lies outside %s to %s", first.Format(time.DateOnly), last.Format(time.DateOnly)), "correct the date"}
	}
	if form == schemas.FormMonthFirst && d.Day() != 1 {
		return cellError{CheckMonth, "is not the first of a month", "write each month as its first day"}
	}
	return nil
}

func checkYear(n int64, first, last int, check string) error {
	if n < int64(first) || n > int64(last) {
		return cellError{check, fmt.Sprintf("lies outside %d to %d", first, last), "correct the year"}
	}
	return nil
}

func checkSign(form schemas.Form, d decimal.Decimal) error {
	one := decimal.NewFromInt(1)
	switch {
	case form == schemas.FormPositive && d.Sign() <= 0:
		return cellError{CheckNumber, "is not above zero", "correct the number"}
	case d.Sign() < 0:
		return cellError{CheckNumber, "is below zero", "correct the number"}
	case form == schemas.FormShare && d.GreaterThan(one):
		return cellError{CheckNumber, "is above 1, but is a share of one", "write 65 percent as 0.65"}
	}
	return nil
}

func asCellError(err error) cellError {
	if bad := (cellError{}); errors.As(err, &bad) {
		return bad
	}
	return cellError{CheckBadCell, err.Error(), ""}
}
