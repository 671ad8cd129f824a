package ingest

import (
	"errors"
	"strings"
	"time"
)

const (
	monthsInYear  = 12
	secondsInDay  = 24 * 60 * 60
	centsInDollar = 100
)

// A civil is a calendar date; the zero value is no date.
type civil struct{ year, month, day int }

func (d civil) isZero() bool { return d == civil{} }

var errDate = errors.New("not a date of the form yyyymmdd")

// parseCivil reads CMS's yyyymmdd; blank is no date.
func parseCivil(s string) (civil, error) {
	if s == "" {
		return civil{}, nil
	}
	if len(s) != len("yyyymmdd") || !isDigits(s) {
		return civil{}, errDate
	}
	d := civil{number(s[:4]), number(s[4:6]), number(s[6:])}
	if d.month < 1 || d.month > monthsInYear || d.day < 1 || d.day > lastDay(d.year, d.month) {
		return civil{}, errDate
	}
	return d, nil
}

// shifted moves a date by whole years (P1).
func (d civil) shifted(years int) civil {
	if d.isZero() {
		return d
	}
	d.year += years
	d.day = min(d.day, lastDay(d.year, d.month))
	return d
}

// days is the date as Parquet's DATE counts it, days from 1970-01-01.
func (d civil) days() int32 {
	return int32(time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC).Unix() / secondsInDay)
}

// yearOf is the calendar year of a Parquet DATE.
func yearOf(days int32) int {
	return time.Unix(int64(days)*secondsInDay, 0).UTC().Year()
}

func lastDay(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

var errAmount = errors.New("not an amount in dollars and cents of at most ten digits before the point")

// maxCents is the largest amount that DECIMAL(12,2) holds.
const maxCents = 999_999_999_999

// parseCents reads an amount exactly, as whole cents; blank is zero.
func parseCents(s string) (int64, error) {
	body, negative := strings.CutPrefix(s, "-")
	whole, fraction, point := strings.Cut(body, ".")
	if body == "" && !negative {
		return 0, nil
	}
	if len(whole)+len(fraction) == 0 || len(whole) > 10 || len(fraction) > 2 || point && fraction == "" {
		return 0, errAmount
	}
	if !isDigits(whole) || !isDigits(fraction) {
		return 0, errAmount
	}
	cents := int64(number(whole)) * centsInDollar
	switch len(fraction) {
	case 1:
		cents += int64(number(fraction)) * 10
	case 2:
		cents += int64(number(fraction))
	}
	if negative {
		cents = -cents
	}
	return cents, nil
}

// isDigits is true of the empty text too.
func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// isCode is true of exactly n letters or digits.
func isCode(s string, n int) bool {
	if len(s) != n {
		return false
	}
	for i := range len(s) {
		c := s[i] | 0x20 // lower case
		if (s[i] < '0' || s[i] > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// number is the value of a text of at most 18 digits.
func number(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
