package schemas

import (
	"errors"
	"fmt"
	"strings"
)

// An MBI identifies a beneficiary. It prints masked: errors and logs must not
// carry one.
type MBI string

func (MBI) String() string   { return "MBI:masked" }
func (MBI) GoString() string { return "MBI:masked" }

// A TIN is a billing provider's tax number, nine digits as text.
type TIN string

const (
	tinDigits      = 9
	tinHyphenAfter = 2
)

// ErrTIN is the cause of every TIN that ParseTIN refuses.
var ErrTIN = errors.New("a TIN is nine digits, with at most one hyphen after the second")

// ParseTIN reads a TIN as people type it.
//
// Rule:    surrounding blanks and one hyphen after the second digit are taken
// off; anything else than nine digits is refused.
// Reading: R25.
func ParseTIN(text string) (TIN, error) {
	s := strings.TrimSpace(text)
	if len(s) == tinDigits+1 && s[tinHyphenAfter] == '-' {
		s = s[:tinHyphenAfter] + s[tinHyphenAfter+1:]
	}
	if len(s) != tinDigits || !digits(s) {
		return "", fmt.Errorf("%w%s", ErrTIN, tinMishap(s))
	}
	return TIN(s), nil
}

// tinMishap names what a spreadsheet has most likely done to the number, from
// its shape alone.
func tinMishap(s string) string {
	switch {
	case s == "":
		return "; this one is blank"
	case strings.ContainsAny(s, "eE.") && strings.Trim(s, "0123456789.eE+") == "":
		return "; this one looks like a number in scientific or decimal notation, as a spreadsheet writes it: format the column as text and export again"
	case digits(s) && len(s) < tinDigits:
		return fmt.Sprintf("; this one has %d digits: a leading zero was probably lost in a spreadsheet; format the column as text and export again", len(s))
	case digits(s):
		return fmt.Sprintf("; this one has %d digits", len(s))
	}
	return ""
}

func digits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}
