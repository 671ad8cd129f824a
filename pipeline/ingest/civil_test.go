package ingest

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func TestParseCivil(t *testing.T) {
	tests := []struct {
		in   string
		want civil
		ok   bool
	}{
		{"", civil{}, true},
		{"20080229", civil{2008, 2, 29}, true},
		{"20090229", civil{}, false}, // no leap year
		{"20091301", civil{}, false},
		{"20090001", civil{}, false},
		{"20090100", civil{}, false},
		{"2009-1-1", civil{}, false},
		{"200901", civil{}, false},
	}
	for _, tt := range tests {
		got, err := parseCivil(tt.in)
		if got != tt.want || (err == nil) != tt.ok {
			t.Errorf("parseCivil(%q) = %v, %v, want %v, ok %v", tt.in, got, err, tt.want, tt.ok)
		}
	}
}

func TestShifted(t *testing.T) {
	tests := []struct {
		name  string
		in    civil
		years int
		want  civil
	}{
		{"leap year onto leap year", civil{2008, 2, 29}, 16, civil{2024, 2, 29}},
		{"leap day onto a common year", civil{2008, 2, 29}, 17, civil{2025, 2, 28}},
		{"no shift", civil{2010, 12, 31}, 0, civil{2010, 12, 31}},
		{"no date stays none", civil{}, 16, civil{}},
	}
	for _, tt := range tests {
		if got := tt.in.shifted(tt.years); got != tt.want {
			t.Errorf("%s: %v shifted by %d = %v, want %v", tt.name, tt.in, tt.years, got, tt.want)
		}
	}
}

func TestDays(t *testing.T) {
	tests := []struct {
		in   civil
		want int32
	}{
		{civil{1970, 1, 1}, 0},
		{civil{1969, 12, 31}, -1},
		{civil{2024, 1, 1}, 19723}, // 54 years of 365 days and 13 leap days
	}
	for _, tt := range tests {
		if got := tt.in.days(); got != tt.want {
			t.Errorf("%v.days() = %d, want %d", tt.in, got, tt.want)
		}
		if got := yearOf(tt.want); got != tt.in.year {
			t.Errorf("yearOf(%d) = %d, want %d", tt.want, got, tt.in.year)
		}
	}
}

func TestParseCents(t *testing.T) {
	tests := []struct {
		in   string
		want int64
		ok   bool
	}{
		{"", 0, true},
		{"0.00", 0, true},
		{"4000.00", 400000, true},
		{"-60.00", -6000, true},
		{"7", 700, true},
		{"7.5", 750, true},
		{".05", 5, true},
		{"9999999999.99", maxCents, true},
		{"10000000000.00", 0, false},
		{"1.005", 0, false}, // no cent is made up
		{"1.", 0, false},
		{"-", 0, false},
		{"1e3", 0, false},
		{"1,000.00", 0, false},
		{"--1", 0, false},
	}
	for _, tt := range tests {
		got, err := parseCents(tt.in)
		if got != tt.want || (err == nil) != tt.ok {
			t.Errorf("parseCents(%q) = %d, %v, want %d, ok %v", tt.in, got, err, tt.want, tt.ok)
		}
	}
}

func TestParseCentsIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(-maxCents, maxCents).Draw(t, "cents")
		text := decimal.New(cents, -2).StringFixed(2)
		if got, err := parseCents(text); err != nil || got != cents {
			t.Fatalf("parseCents(%s) = %d, %v, want %d", text, got, err, cents)
		}
	})
}
