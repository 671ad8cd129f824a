package benchmark

import (
	"testing"
)

func TestTwoWayTrend(t *testing.T) {
	tests := []struct{ weight, national, regional, want string }{
		{"0.1", "1.06", "1.05", "1.051"}, // 0.1 × 1.06 + 0.9 × 1.05
		{"0", "1.06", "1.05", "1.05"},
		{"1", "1.06", "1.05", "1.06"},
	}
	for _, tt := range tests {
		shows(t, "TwoWayTrend", TwoWayTrend(ratio(t, tt.weight), ratio(t, tt.national), ratio(t, tt.regional)), tt.want)
	}
	growth, err := Growth(annual(t, "12000"), annual(t, "12600"))
	if !refused(t, err, "") {
		shows(t, "Growth", growth, "1.05") // 12600 / 12000
	}
	_, err = Growth(annual(t, "0"), annual(t, "12600"))
	refused(t, err, "a trend would start from zero dollars")
}

// F2, F3 by the methodology's vectors, then each bound of each dated row:
// below, at and above.
func TestGuardedACPTAndUpdate(t *testing.T) {
	tests := []struct {
		name                        string
		year                        int
		twoWay, acpt, guarded, want string
	}{
		{"2027 above the band", 2027, "1.060", "1.0665", "1.063", "1.061"},         // 1.060 + 0.003; 2/3 × 1.060 + 1/3 × 1.063
		{"2027 inside the band", 2027, "1.060", "1.061", "1.061", "1.06033333"},    // 2/3 × 1.060 + 1/3 × 1.061
		{"2027 on the lower bound", 2027, "1.060", "1.058", "1.058", "1.05933333"}, // 1.060 − 0.002
		{"2027 below the band", 2027, "1.060", "1.050", "1.058", "1.05933333"},
		{"2031 wide band", 2031, "1.060", "1.0665", "1.0665", "1.06216667"},
		{"2031 wide band, low", 2031, "1.060", "1.050", "1.05", "1.05666667"}, // 1.060 − 0.010
		{"2027 on the upper bound", 2027, "1.060", "1.063", "1.063", "1.061"},
		{"2028 above", 2028, "1.060", "1.0661", "1.066", "1.062"},      // 1.060 + 0.006
		{"2028 below", 2028, "1.060", "1.0559", "1.056", "1.05866667"}, // 1.060 − 0.004
		{"2029 above", 2029, "1.060", "1.0691", "1.069", "1.063"},      // 1.060 + 0.009
		{"2029 below", 2029, "1.060", "1.0539", "1.054", "1.058"},      // 1.060 − 0.006
		{"2030 above", 2030, "1.060", "1.0721", "1.072", "1.064"},      // 1.060 + 0.012
		{"2030 below", 2030, "1.060", "1.0519", "1.052", "1.05733333"}, // 1.060 − 0.008
		{"2031 above", 2031, "1.060", "1.0751", "1.075", "1.065"},      // 1.060 + 0.015
		{"2031 below", 2031, "1.060", "1.0499", "1.05", "1.05666667"},  // 1.060 − 0.010
		{"2036 above", 2036, "1.060", "1.0751", "1.075", "1.065"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			band := Guardrail{parameterRatio(t, tt.year, "acpt_guardrail", "lower"), parameterRatio(t, tt.year, "acpt_guardrail", "upper")}
			blend := UpdateBlend{parameterRatio(t, tt.year, "update_blend", "two_way"), parameterRatio(t, tt.year, "update_blend", "acpt")}
			guarded := GuardedACPT(ratio(t, tt.acpt), ratio(t, tt.twoWay), band)
			shows(t, "GuardedACPT", guarded, tt.guarded)
			shows(t, "Update", Update(ratio(t, tt.twoWay), guarded, blend), tt.want)
		})
	}
}

// R23: each year's growth within the band, compounded from 1 in BY3.
func TestAnnualGuardedACPT(t *testing.T) {
	band := func(lower, upper string) *Guardrail { return &Guardrail{ratio(t, lower), ratio(t, upper)} }
	year := func(y int, acpt, reference string, b *Guardrail) GuardrailYear {
		return GuardrailYear{y, ratio(t, acpt), ratio(t, reference), b}
	}
	tests := []struct {
		name   string
		years  []GuardrailYear
		want   string
		reason string
	}{
		{"one year is the cumulative reading", []GuardrailYear{year(2027, "1.0665", "1.060", band("-0.002", "0.003"))}, "1.063", ""},
		{"two years, both above", []GuardrailYear{
			year(2027, "1.10", "1.05", band("-0.002", "0.003")),   // clip(1.10, 1.048, 1.053) = 1.053
			year(2028, "1.21", "1.1025", band("-0.004", "0.006")), // clip(1.10, 1.046, 1.056) = 1.056
		}, "1.111968", ""}, // 1.053 × 1.056
		{"the ACPT's own growth is bounded, not growth from the guarded one", []GuardrailYear{
			year(2027, "1.10", "1.05", band("-0.002", "0.003")),    // 1.053
			year(2028, "1.155", "1.1025", band("-0.004", "0.006")), // 1.155 / 1.10 = 1.05, within 1.046 and 1.056
		}, "1.10565", ""}, // 1.053 × 1.05
		{"above, then below", []GuardrailYear{
			year(2027, "1.10", "1.05", band("-0.002", "0.003")),   // 1.053
			year(2028, "1.10", "1.1025", band("-0.004", "0.006")), // clip(1.00, 1.046, 1.056) = 1.046
		}, "1.101438", ""}, // 1.053 × 1.046
		{"no band before the first year", []GuardrailYear{
			year(2026, "1.10", "1.00", nil),
			year(2027, "1.155", "1.06", band("-0.002", "0.003")), // clip(1.05, 1.058, 1.063) = 1.058
		}, "1.1638", ""}, // 1.10 × 1.058
		{"a year at zero", []GuardrailYear{
			year(2027, "0", "1", nil), year(2028, "1", "1", nil),
		}, "", "the trend of the year before 2028 is zero"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := AnnualGuardedACPT(tt.years)
			if !refused(t, err, tt.reason) {
				shows(t, "AnnualGuardedACPT", got, tt.want)
			}
		})
	}
}
