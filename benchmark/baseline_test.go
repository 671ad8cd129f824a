package benchmark

import (
	"testing"

	"leadline/schemas"
)

func weightsOf(t testing.TB, experience Experience) [3]schemas.Ratio {
	var weights [3]schemas.Ratio
	for i, name := range baseYearNames {
		weights[i] = parameterRatio(t, 2027, "base_year_weight", string(experience), name)
	}
	return weights
}

// D1 by the methodology's vectors, in cents; D2 and D3 by hand.
func TestHistoricalBaseline(t *testing.T) {
	tests := []struct {
		name       string
		experience Experience
		years      [3][3]string // expenditure, trend, risk ratio
		want       string
	}{
		{"renewing", Renewing, [3][3]string{{"900", "1", "1"}, {"950", "1", "1"}, {"1010", "1", "1"}}, "953.33"},              // (900 + 950 + 1010) / 3
		{"newly entering", NewlyEntering, [3][3]string{{"900", "1", "1"}, {"950", "1", "1"}, {"1010", "1", "1"}}, "981"},      // 90 + 285 + 606
		{"trended", NewlyEntering, [3][3]string{{"900", "1.1", "1"}, {"950", "1.05", "1"}, {"1010", "1", "1"}}, "1004.25"},    // 99 + 299.25 + 606
		{"at BY3's risk", NewlyEntering, [3][3]string{{"900", "1", "1.2"}, {"950", "1", "0.9"}, {"1010", "1", "1"}}, "970.5"}, // 108 + 256.5 + 606
		{"three equal years keep their half cent", Renewing, [3][3]string{{"900.005", "1", "1"}, {"900.005", "1", "1"}, {"900.005", "1", "1"}}, "900.01"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			weights := weightsOf(t, tt.experience)
			var years []BaseYear
			for i, y := range tt.years {
				years = append(years, BaseYear{weights[i], pbpm(t, y[0]), ratio(t, y[1]), ratio(t, y[2])})
			}
			shows(t, "HistoricalBaseline", HistoricalBaseline(years...).Cents(), tt.want)
		})
	}
}

// R13: the weight of a year without months goes to the others, in proportion.
func TestSpreadWeights(t *testing.T) {
	tests := []struct {
		name       string
		experience Experience
		months     [3]schemas.PersonMonths
		want       [3]string
		reason     string
	}{
		{"all years", NewlyEntering, [3]schemas.PersonMonths{12, 12, 12}, [3]string{"0.1", "0.3", "0.6"}, ""},
		{"no BY1", NewlyEntering, [3]schemas.PersonMonths{0, 12, 1}, [3]string{"0", "0.33333333", "0.66666667"}, ""},  // 0.3/0.9, 0.6/0.9
		{"no BY2", NewlyEntering, [3]schemas.PersonMonths{12, 0, 12}, [3]string{"0.14285714", "0", "0.85714286"}, ""}, // 0.1/0.7, 0.6/0.7
		{"BY3 alone", Renewing, [3]schemas.PersonMonths{0, 0, 12}, [3]string{"0", "0", "1"}, ""},
		{"no BY1, renewing", Renewing, [3]schemas.PersonMonths{0, 12, 12}, [3]string{"0", "0.5", "0.5"}, ""},
		{"no year", Renewing, [3]schemas.PersonMonths{}, [3]string{}, "no eligible months in a base year that has weight"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := SpreadWeights(weightsOf(t, tt.experience), tt.months)
			if refused(t, err, tt.reason) {
				return
			}
			for i, weight := range got {
				shows(t, baseYearNames[i], weight, tt.want[i])
			}
		})
	}
}

// D5 by the methodology's vectors, then at and beside each bound.
func TestVoluntaryLimit(t *testing.T) {
	limit := parameterRatio(t, 2027, "voluntary_limit")
	for own, want := range map[string]string{
		"800": "900", "950": "950", "1180": "1100", // the vectors: below, inside, above
		"899.99": "900", "900": "900", "900.01": "900.01", "1099.99": "1099.99", "1100": "1100", "1100.01": "1100",
	} {
		shows(t, "VoluntaryLimit of "+own, VoluntaryLimit(pbpm(t, own), pbpm(t, "1000"), limit), want)
	}
}
