package benchmark

import (
	"testing"
)

func reference(t testing.TB) map[string]CountyReference {
	return map[string]CountyReference{
		"01001": {annual(t, "12000"), ratio(t, "1"), years(t, "100")},
		"06037": {annual(t, "13200"), ratio(t, "1.1"), years(t, "10")},
		"36061": {annual(t, "15000"), ratio(t, "1.2"), nil},
		"48201": {annual(t, "9999"), ratio(t, "0"), years(t, "0")},
	}
}

// R10: Σ share × per capita / risk score over counties with a row.
func TestRegionalExpenditure(t *testing.T) {
	tests := []struct {
		name           string
		counties       []CountyMonths
		want, coverage string
		reason         string
	}{
		{"one county", []CountyMonths{{"01001", 12}}, "12000", "1", ""},
		{"two counties", []CountyMonths{{"01001", 90}, {"36061", 30}}, "12125", "1", ""},                             // 3/4 × 12000 + 1/4 × 12500
		{"a county without a row", []CountyMonths{{"01001", 90}, {"36061", 30}, {"99999", 40}}, "12125", "0.75", ""}, // as before, 120 of 160 months
		{"a county at zero risk", []CountyMonths{{"01001", 90}, {"36061", 30}, {"48201", 40}}, "12125", "0.75", ""},  // counts as without a row
		{"no county has a row", []CountyMonths{{"99999", 40}}, "", "", "no claims-aligned months in a county with a county_expenditure row"},
		{"no months", nil, "", "", "no claims-aligned months in a county with a county_expenditure row"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, coverage, err := RegionalExpenditure(tt.counties, reference(t))
			if !refused(t, err, tt.reason) {
				shows(t, "RegionalExpenditure", got, tt.want)
				shows(t, "coverage", coverage, tt.coverage)
			}
		})
	}
}

// R11: Σ share × min(1, person-years / assignable person-years).
func TestNationalWeight(t *testing.T) {
	tests := []struct {
		name           string
		counties       []CountyMonths
		held           int
		want, coverage string
		reason         string
	}{
		{"one county", []CountyMonths{{"01001", 120}}, 12, "0.1", "1", ""},       // 10 / 100
		{"below one", []CountyMonths{{"06037", 119}}, 12, "0.99166667", "1", ""}, // 119/12 / 10
		{"at one", []CountyMonths{{"06037", 120}}, 12, "1", "1", ""},             // 10 / 10
		{"above one is one", []CountyMonths{{"06037", 121}}, 12, "1", "1", ""},
		{"two counties", []CountyMonths{{"01001", 120}, {"06037", 60}}, 12, "0.23333333", "1", ""}, // 2/3 × 0.1 + 1/3 × 0.5
		{"a P of three months", []CountyMonths{{"01001", 30}}, 3, "0.1", "1", ""},                  // (30 / 3) / 100
		{"a blank figure is left out", []CountyMonths{{"01001", 120}, {"36061", 120}}, 12, "0.1", "0.5", ""},
		{"a zero figure is left out", []CountyMonths{{"01001", 120}, {"48201", 40}}, 12, "0.1", "0.75", ""},
		{"none has a figure", []CountyMonths{{"36061", 120}}, 12, "", "", "no claims-aligned months in a county with assignable person-years"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, coverage, err := NationalWeight(tt.counties, reference(t), tt.held)
			if !refused(t, err, tt.reason) {
				shows(t, "NationalWeight", got, tt.want)
				shows(t, "coverage", coverage, tt.coverage)
			}
		})
	}
}
