package benchmark

import (
	"testing"

	"leadline/schemas"
)

// R9: the score times months over the months of those who have a score.
func TestRiskMean(t *testing.T) {
	tests := []struct {
		name              string
		eligible, months  schemas.PersonMonths
		sum, want, reason string
	}{
		{"all have a score", 24, 24, "26.4", "1.1", ""},   // (12 × 1.0 + 12 × 1.2) / 24
		{"half have one", 24, 12, "14.4", "1.2", ""},      // 12 × 1.2 / 12
		{"weighted by months", 15, 15, "13.5", "0.9", ""}, // (12 × 0.5 + 3 × 2.5) / 15
		{"none has one", 24, 0, "0", "", "no risk score for AD in 2026"},
		{"no months", 0, 0, "0", "", "no eligible months in 2026, so no risk mean"},
		{"all scores are zero", 24, 24, "0", "", "the risk mean of AD in 2026 is zero"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := RiskMean(Exposure{Group{"A1", 2026, "AD", "claims"}, tt.eligible, tt.months, ratio(t, tt.sum)})
			if !refused(t, err, tt.reason) {
				shows(t, "RiskMean", got, tt.want)
			}
		})
	}
}

// G: 3% for AD and ESRD, 4% for HN, both ways; below, at and above.
func TestCappedRiskRatio(t *testing.T) {
	tests := []struct {
		category, performanceYear, by3, want string
	}{
		{"AD", "1.029", "1", "1.029"}, {"AD", "1.03", "1", "1.03"}, {"AD", "1.031", "1", "1.03"},
		{"AD", "0.971", "1", "0.971"}, {"AD", "0.97", "1", "0.97"}, {"AD", "0.969", "1", "0.97"},
		{"ESRD", "1.2", "1", "1.03"}, {"ESRD", "0.8", "1", "0.97"},
		{"HN", "1.039", "1", "1.039"}, {"HN", "1.04", "1", "1.04"}, {"HN", "1.041", "1", "1.04"},
		{"HN", "0.961", "1", "0.961"}, {"HN", "0.96", "1", "0.96"}, {"HN", "0.959", "1", "0.96"},
		{"AD", "1.1", "1.08", "1.01851852"}, // 1.1 / 1.08
	}
	for _, tt := range tests {
		limit := parameterRatio(t, 2027, "risk_ratio_cap", tt.category)
		got := CappedRiskRatio(ratio(t, tt.performanceYear), ratio(t, tt.by3), limit)
		shows(t, tt.category+" "+tt.performanceYear+"/"+tt.by3, got, tt.want)
	}
}
