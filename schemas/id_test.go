package schemas

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestParseTIN(t *testing.T) {
	tests := []struct {
		name, in, want string
		says           string // part of the error
	}{
		{"nine digits", "123456789", "123456789", ""},
		{"leading zeros stay", "001234567", "001234567", ""},
		{"blanks around are taken off", " 123456789\t", "123456789", ""},
		{"one hyphen after the second digit is taken off", "12-3456789", "123456789", ""},
		{"blanks and a hyphen", " 01-2345678 ", "012345678", ""},
		{"hyphen elsewhere", "123-456789", "", "nine digits"},
		{"two hyphens, as of a social security number", "123-45-6789", "", "nine digits"},
		{"a hyphen but eight digits", "12-345678", "", "nine digits"},
		{"eight digits", "12345678", "", "leading zero was probably lost"},
		{"ten digits", "1234567890", "", "10 digits"},
		{"blank", "  ", "", "blank"},
		{"scientific notation", "1.23E+08", "", "scientific"},
		{"decimal notation", "123456789.0", "", "scientific or decimal"},
		{"a letter", "12345678A", "", "nine digits"},
		{"a sign", "+12345678", "", "nine digits"},
		{"digits of another script", "１２３", "", "nine digits"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseTIN(tt.in)
			if string(got) != tt.want {
				t.Errorf("ParseTIN = %q, want %q", got, tt.want)
			}
			if (err != nil) != (tt.says != "") {
				t.Fatalf("ParseTIN error = %v, want one that says %q", err, tt.says)
			}
			if err != nil && (!errors.Is(err, ErrTIN) || !strings.Contains(err.Error(), tt.says)) {
				t.Errorf("ParseTIN error = %q, want %q", err, tt.says)
			}
		})
	}
}

func TestMBIPrintsMasked(t *testing.T) {
	id := MBI("1EG4TE5MK73")
	for _, verb := range []string{"%s", "%v", "%+v", "%#v", "%q"} {
		if got := fmt.Sprintf(verb, id); strings.Contains(got, "1EG4") {
			t.Errorf("Sprintf(%q) shows the identifier", verb)
		}
	}
}
