package benchmark

import (
	"testing"
)

// H by the methodology's vectors, in cents.
func TestDiscountAndWithhold(t *testing.T) {
	tests := []struct{ name, before, discount, q, want string }{
		{"3% q=1", "1100", "0.03", "1", "1067"},             // 1100 × 0.97
		{"3% q=0.8", "1100", "0.03", "0.8", "1060.6"},       // 1067 − 32.01 + 25.608
		{"3% q=0", "1100", "0.03", "0", "1034.99"},          // 1067 − 32.01
		{"1.75% q=1", "1100", "0.0175", "1", "1080.75"},     // 1100 × 0.9825
		{"1.75% q=0.8", "1100", "0.0175", "0.8", "1074.27"}, // 1080.75 − 32.4225 + 25.938
		{"1.75% q=0", "1100", "0.0175", "0", "1048.33"},     // 1080.75 − 32.4225
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			after := AfterDiscount(pbpm(t, tt.before), ratio(t, tt.discount))
			withhold := QualityWithhold(after, parameterRatio(t, 2027, "quality_withhold"))
			shows(t, "SettlementBenchmark", SettlementBenchmark(after, withhold, ratio(t, tt.q)).Cents(), tt.want)
		})
	}
}

func TestTrendedBenchmark(t *testing.T) {
	got := TrendedBenchmark(pbpm(t, "1000"), pbpm(t, "50"), Factors{ratio(t, "1.06"), ratio(t, "1.03"), ratio(t, "0.99")})
	shows(t, "TrendedBenchmark", got, "1134.9261") // 1050 × 1.06 × 1.03 × 0.99
}

// E6: 1.5% for higher-spending ACOs, nothing for others.
func TestAdministrativeAddOn(t *testing.T) {
	for group, want := range map[SpendingGroup]string{Higher: "18", Lower: "0"} { // 1.5% × 1200
		rate := parameterRatio(t, 2027, "administrative_add_on", string(group))
		shows(t, string(group), AdministrativeAddOn(pbpm(t, "1200"), rate), want)
	}
}

// H2, R19.
func TestRegionalRate(t *testing.T) {
	half := ratio(t, "0.5")
	rates := map[string]CountyRate{"01001": {pbpm(t, "1000"), nil}, "06037": {pbpm(t, "1200"), &half}}
	tests := []struct {
		name                   string
		counties               []CountyMonths
		rate, weight, coverage string
		reason                 string
	}{
		{"the year's weight", []CountyMonths{{"01001", 12}}, "1000", "0.2", "1", ""},
		{"the row's weight", []CountyMonths{{"06037", 12}}, "1200", "0.5", "1", ""},
		{"both", []CountyMonths{{"01001", 90}, {"06037", 30}}, "1050", "0.275", "1", ""}, // 3/4 and 1/4
		{"a county without a rate", []CountyMonths{{"01001", 90}, {"99999", 30}}, "1000", "0.2", "0.75", ""},
		{"no county with a rate", []CountyMonths{{"99999", 30}}, "", "", "", "no claims-aligned months in a county with a rate_book row"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rate, weight, coverage, err := RegionalRate(tt.counties, rates, ratio(t, "0.2"))
			if !refused(t, err, tt.reason) {
				shows(t, "rate", rate, tt.rate)
				shows(t, "weight", weight, tt.weight)
				shows(t, "coverage", coverage, tt.coverage)
			}
		})
	}
	shows(t, "RateBookBlend", RateBookBlend(pbpm(t, "1100"), pbpm(t, "1000"), ratio(t, "0.2")), "1080") // 880 + 200
}
