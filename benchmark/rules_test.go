package benchmark

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/schemas"
)

// Short ways to write the units in tables of cases.
func pbpm(t testing.TB, text string) schemas.PBPM        { return schemas.NewPBPM(dec(t, text)) }
func annual(t testing.TB, text string) schemas.PerCapita { return schemas.NewPerCapita(dec(t, text)) }
func usd(t testing.TB, text string) schemas.USD          { return schemas.NewUSD(dec(t, text)) }
func ratio(t testing.TB, text string) schemas.Ratio      { return schemas.NewRatio(dec(t, text)) }
func years(t testing.TB, text string) *schemas.PersonYears {
	y := schemas.NewPersonYears(dec(t, text))
	return &y
}

// shows compares a value at eight places.
func shows(t testing.TB, what string, got fmt.Stringer, want string) {
	t.Helper()
	if got.String() != want {
		t.Errorf("%s = %s, want %s", what, got, want)
	}
}

// refused compares an error's text; an empty want is none.
func refused(t testing.TB, err error, want string) bool {
	t.Helper()
	switch {
	case err == nil && want == "":
		return false
	case err == nil || err.Error() != want:
		t.Errorf("error %v, want %q", err, want)
	}
	return true
}

// parameterRatio looks a shipped parameter up.
func parameterRatio(t testing.TB, year int, name string, keys ...string) schemas.Ratio {
	t.Helper()
	value, err := mustParameters(t).Reader(year).Ratio(name, keys...)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

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
		{"above, then below: the ACPT's own growth, not the guarded one, is bounded", []GuardrailYear{
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

// E1: mix × (Reg × RS − HB).
func TestSpendingDistance(t *testing.T) {
	standing := func(mix, regional, risk, baseline string) CategoryStanding {
		return CategoryStanding{ratio(t, mix), pbpm(t, regional), ratio(t, risk), pbpm(t, baseline)}
	}
	tests := []struct {
		name       string
		categories []CategoryStanding
		want       string
		group      SpendingGroup
	}{
		{"below the region", []CategoryStanding{standing("1", "1000", "1.1", "1099.99")}, "0.01", Lower},
		{"on the line", []CategoryStanding{standing("1", "1000", "1.1", "1100")}, "0", Higher},
		{"above the region", []CategoryStanding{standing("1", "1000", "1.1", "1100.01")}, "-0.01", Higher},
		{"one group for all", []CategoryStanding{standing("0.9", "1000", "1", "1100"), standing("0.1", "9000", "1", "8000")}, "10", Lower}, // 0.9 × −100 + 0.1 × 1000
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := SpendingDistance(tt.categories)
			shows(t, "SpendingDistance", got, tt.want)
			if group := SpendingGroupAt(got); group != tt.group {
				t.Errorf("group %s, want %s", group, tt.group)
			}
		})
	}
	third := schemas.One.Over(ratio(t, "3"))
	tail := pbpm(t, "900.005").Minus(pbpm(t, "2700.015").Times(third)) // zero but for a division's tail
	if group := SpendingGroupAt(tail); group != Higher {
		t.Errorf("a tail below 1e-20 made the ACO %s-spending", group)
	}
}

// E2 to E5 by the methodology's vectors, then who gets what (the table of E6).
func TestRegionalEfficiencyAdjustment(t *testing.T) {
	tests := []struct {
		name             string
		option           RiskOption
		regional, aco    string
		capKey, standard string
		want, capped     string
	}{
		{"no cap binds", Global, "1060", "1000", "other", "1080", "30", "30"},       // 0.5 × 60; 5% × 1080 = 54
		{"the 3% cap binds", Global, "1200", "1000", "more", "1080", "100", "32.4"}, // 3% × 1080
		{"the 5% cap binds", Global, "1200", "1000", "other", "1080", "100", "54"},  // 5% × 1080
		{"higher-spending", Global, "1000", "1060", "other", "1080", "0", "0"},
		{"on the line", Global, "1000", "1000", "other", "1080", "0", "0"},
		{"Professional", Professional, "1060", "1000", "other", "1080", "0", "0"},
		{"at the 3% cap", Global, "1064.8", "1000", "more", "1080", "32.4", "32.4"}, // 0.5 × 64.8
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			distance := pbpm(t, tt.regional).Minus(pbpm(t, tt.aco))
			got := RegionalEfficiencyAdjustment(tt.option, distance, parameterRatio(t, 2027, "regional_efficiency_share"))
			shows(t, "RegionalEfficiencyAdjustment", got, tt.want)
			limit := AdjustmentCap(parameterRatio(t, 2027, "adjustment_cap_share", tt.capKey),
				StandardisedUSPCC{schemas.One, pbpm(t, tt.standard), schemas.One})
			shows(t, "capped", CappedAdjustment(HigherAdjustment(got, schemas.PBPM{}), limit), tt.capped)
		})
	}
}

// E3, R15.
func TestPriorSavingsAdjustment(t *testing.T) {
	tests := []struct {
		name       string
		experience Experience
		savings    [3]string // blank is blank
		prior      string
		base       string
		want       string
	}{
		{"three years", Renewing, [3]string{"120", "240", "360"}, "100", "100", "10"},                   // 0.5 × 240 / 12
		{"a blank year is zero", Renewing, [3]string{"360", "", "360"}, "100", "100", "10"},             // 0.5 × (720 / 3) / 12
		{"a negative year counts", Renewing, [3]string{"420.50", "-80", "330"}, "100", "100", "9.3125"}, // 0.5 × 223.5 / 12
		{"negative on average", Renewing, [3]string{"100", "-400", "100"}, "100", "100", "0"},
		{"zero on average", Renewing, [3]string{"200", "-400", "200"}, "100", "100", "0"},
		{"smaller then", Renewing, [3]string{"240", "240", "240"}, "40", "100", "4"}, // 10 × 40 / 100
		{"as large then", Renewing, [3]string{"240", "240", "240"}, "100", "100", "10"},
		{"larger then", Renewing, [3]string{"240", "240", "240"}, "101", "100", "10"},
		{"blank person-years", Renewing, [3]string{"240", "240", "240"}, "", "100", "10"},
		{"newly entering", NewlyEntering, [3]string{"240", "240", "240"}, "100", "100", "0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var savings [3]*schemas.PerCapita
			for i, text := range tt.savings {
				if text != "" {
					year := annual(t, text)
					savings[i] = &year
				}
			}
			var prior *schemas.PersonYears
			if tt.prior != "" {
				prior = years(t, tt.prior)
			}
			proration := Proration(prior, *years(t, tt.base))
			shows(t, "PriorSavingsAdjustment",
				PriorSavingsAdjustment(tt.experience, savings, proration, parameterRatio(t, 2027, "prior_savings_share")), tt.want)
		})
	}
}

// E5: more than 40% of the TINs; at 40% the higher cap still holds.
func TestFromRecentMSSP(t *testing.T) {
	threshold := parameterRatio(t, 2027, "recent_mssp_threshold")
	for tins, want := range map[[2]int]bool{
		{39, 100}: false, {40, 100}: false, {41, 100}: true, {2, 5}: false, {0, 0}: false, {5, 5}: true, {4, 9}: true,
	} {
		if got := FromRecentMSSP(ACO{RecentMSSPTINs: tins[0], ParticipantTINs: tins[1]}, threshold); got != want {
			t.Errorf("%d of %d: %v, want %v", tins[0], tins[1], got, want)
		}
	}
}

func TestAdjustmentCapOverCategories(t *testing.T) {
	got := AdjustmentCap(ratio(t, "0.05"),
		StandardisedUSPCC{ratio(t, "0.9"), pbpm(t, "1000"), ratio(t, "1.1")},
		StandardisedUSPCC{ratio(t, "0.1"), pbpm(t, "8000"), ratio(t, "0.9")})
	shows(t, "AdjustmentCap", got, "85.5") // 0.05 × (0.9 × 1100 + 0.1 × 7200)
}

// E4: the higher, never the sum.
func TestHigherAdjustment(t *testing.T) {
	shows(t, "regional higher", HigherAdjustment(pbpm(t, "30"), pbpm(t, "20")), "30")
	shows(t, "prior higher", HigherAdjustment(pbpm(t, "20"), pbpm(t, "30")), "30")
	shows(t, "equal", HigherAdjustment(pbpm(t, "30"), pbpm(t, "30")), "30")
}

func TestAllocatedAdjustment(t *testing.T) {
	// Mix 0.9 and 0.1, baselines 1000 and 6000: mean 1500. 30 in all is 20 and
	// 120: 0.9 × 20 + 0.1 × 120 = 30.
	for baseline, want := range map[string]string{"1000": "20", "6000": "120"} {
		got, err := AllocatedAdjustment(pbpm(t, "30"), pbpm(t, baseline), pbpm(t, "1500"))
		if !refused(t, err, "") {
			shows(t, "AllocatedAdjustment", got, want)
		}
	}
	_, err := AllocatedAdjustment(pbpm(t, "30"), pbpm(t, "1"), schemas.PBPM{})
	refused(t, err, "the ACO's mean baseline is zero")
}

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

// Asserts no values: every table knows every performance year once, for every key.
func TestEveryParameterCoversTheModel(t *testing.T) {
	parameters := mustParameters(t)
	for _, name := range parameters.Names() {
		parameter, err := parameters.Parameter(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, gap := range parameter.Gaps(2027, 2036) {
			t.Error(gap)
		}
		if parameter.Begins() != 2027 || parameter.Ends() != 2036 {
			t.Errorf("%s runs from %d to %d", name, parameter.Begins(), parameter.Ends())
		}
	}
}

// The RFA's own tables, year by year.
func TestDatedTables(t *testing.T) {
	discount := []string{"0.0175", "0.02", "0.0225", "0.025", "0.0275", "0.03", "0.03", "0.03", "0.03", "0.03"}
	upper := []string{"0.003", "0.006", "0.009", "0.012", "0.015", "0.015", "0.015", "0.015", "0.015", "0.015"}
	lower := []string{"-0.002", "-0.004", "-0.006", "-0.008", "-0.01", "-0.01", "-0.01", "-0.01", "-0.01", "-0.01"}
	book := []string{"0", "0", "0", "0", "0", "0.2", "0.4", "0.6", "0.8", "1"}
	for i := range discount {
		year := 2027 + i
		shows(t, "discount, higher", parameterRatio(t, year, "benchmark_discount", "global", "higher"), discount[i])
		shows(t, "discount, lower", parameterRatio(t, year, "benchmark_discount", "global", "lower"), "0.03")
		shows(t, "discount, Professional", parameterRatio(t, year, "benchmark_discount", "professional", "higher"), "0")
		shows(t, "discount, Professional", parameterRatio(t, year, "benchmark_discount", "professional", "lower"), "0")
		shows(t, "upper bound", parameterRatio(t, year, "acpt_guardrail", "upper"), upper[i])
		shows(t, "lower bound", parameterRatio(t, year, "acpt_guardrail", "lower"), lower[i])
		shows(t, "rate book weight", parameterRatio(t, year, "rate_book_weight"), book[i])
		shows(t, "withhold", parameterRatio(t, year, "quality_withhold"), "0.03")
	}
}

// The statuses that lead.md gives.
func TestParameterStatus(t *testing.T) {
	want := map[string]schemas.Status{
		"benchmark_discount global higher": schemas.Published, "risk_ratio_cap AD": schemas.Reported,
		"sharing_rate professional losses first": schemas.Reported, "sharing_rate professional losses second": schemas.Assumed,
		"rate_book_weight": schemas.Assumed, "quality_share": schemas.Assumed, "base_year_weight renewing BY1": schemas.Published,
	}
	got := map[string]schemas.Status{}
	for name := range want {
		var keys []string
		table := ""
		for i, word := range strings.Fields(name) {
			if i == 0 {
				table = word
				continue
			}
			keys = append(keys, word)
		}
		row, err := mustParameters(t).Reader(2027).Row(table, keys...)
		if err != nil {
			t.Fatal(err)
		}
		got[name] = row.Source.Status
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
