package benchmark

import (
	"testing"
)

func bandsOf(t testing.TB, option RiskOption, result string) []SharingBand {
	var bands []SharingBand
	for _, name := range bandNames {
		bands = append(bands, SharingBand{
			parameterRatio(t, 2027, "sharing_band", string(option), name),
			parameterRatio(t, 2027, "sharing_rate", string(option), result, name),
		})
	}
	return bands
}

// I by the methodology's vectors, in percent of a benchmark of 100, then at
// each edge.
func TestSharedSavings(t *testing.T) {
	tests := []struct {
		name        string
		option      RiskOption
		gross, want string
	}{
		{"Global 3%", Global, "3", "3"},
		{"Global 18%", Global, "18", "16.5"},  // 15 + 0.5 × 3
		{"Global 40%", Global, "40", "26.25"}, // 15 + 10 + 0.25 × 5
		{"Global 60%", Global, "60", "29.75"}, // 15 + 10 + 3.75 + 0.10 × 10
		{"Professional 3%", Professional, "3", "1.8"},
		{"Professional 12%", Professional, "12", "6.7"},          // 6 + 0.35 × 2
		{"Professional 18%", Professional, "18", "8.2"},          // 6 + 1.75 + 0.15 × 3
		{"Professional 40%", Professional, "40", "9.5"},          // 6 + 1.75 + 0.75 + 0.05 × 20
		{"Professional losses 12%", Professional, "-12", "-5.7"}, // 5 + 0.35 × 2
		{"Global at 15%", Global, "15", "15"},
		{"Global just above 15%", Global, "15.02", "15.01"},
		{"Global at 35%", Global, "35", "25"},
		{"Global just above 35%", Global, "35.04", "25.01"},
		{"Global at 50%", Global, "50", "28.75"},
		{"Global just above 50%", Global, "50.1", "28.76"},
		{"Global losses 18%", Global, "-18", "-16.5"},
		{"Professional at 10%", Professional, "10", "6"},
		{"Professional at 15%", Professional, "15", "7.75"},
		{"Professional at 20%", Professional, "20", "8.5"},
		{"Professional losses 10%", Professional, "-10", "-5"},
		{"Professional losses 40%", Professional, "-40", "-8.5"}, // 5 + 1.75 + 0.75 + 1
		{"nothing", Global, "0", "0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			result := "savings"
			if dec(t, tt.gross).IsNegative() {
				result = "losses"
			}
			got, err := SharedSavings(usd(t, tt.gross), usd(t, "100"), bandsOf(t, tt.option, result))
			if !refused(t, err, "") {
				shows(t, "SharedSavings", got, tt.want)
			}
		})
	}
	_, err := SharedSavings(usd(t, "1"), usd(t, "0"), bandsOf(t, Global, "savings"))
	refused(t, err, "no benchmark dollars to cut into bands")
}

func TestGrossSavings(t *testing.T) {
	shows(t, "saved", GrossSavings(usd(t, "100"), usd(t, "97")), "3")
	shows(t, "lost", GrossSavings(usd(t, "97"), usd(t, "100")), "-3")
}

// R24: 2% off positive amounts; off losses only by the switch.
func TestSequestration(t *testing.T) {
	rate := parameterRatio(t, 2027, "sequestration_rate")
	shows(t, "savings", Sequestration(usd(t, "1000"), rate, false), "20")
	shows(t, "losses", Sequestration(usd(t, "-1000"), rate, false), "0")
	shows(t, "losses, switched on", Sequestration(usd(t, "-1000"), rate, true), "-20")
	shows(t, "nothing", Sequestration(usd(t, "0"), rate, true), "0")
}
