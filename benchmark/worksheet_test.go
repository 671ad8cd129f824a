package benchmark

import (
	"slices"
	"testing"
)

// D, E, H and I on the plain ACO.
func TestWorksheetAdjustments(t *testing.T) {
	runCases(t, []worksheetCase{
		{name: "the plain ACO", want: map[string]string{
			"baseline": "1018.5", "spending_distance": "81.5", "regional_efficiency_adjustment": "40.75",
			"prior_savings_adjustment": "0", "adjustment_cap": "50", "adjustment": "40.75",
			"national_weight": "0.1", "national_trend": "1.06", "regional_trend": "1.05", "two_way_trend": "1.051",
			"acpt": "1.06", "acpt_guarded": "1.054", "update": "1.052", "acpt_guarded_annual": "1.054", "update_annual": "1.052",
			"risk_ratio": "1.02", "coding_factor": "1", "rate_book_weight": "0",
			"benchmark_before_discount": "1136.61762", "discount_rate": "0.03", "benchmark_after_discount": "1102.5190914",
			"quality_withhold": "33.07557274", "settlement_benchmark": "1102.5190914", "administrative_add_on": "0",
		}},
		{name: "its settlement", line: "all all", want: map[string]string{
			"performance_year_expenditure": "1200000", "gross_savings": "123022.90968", "shared_savings": "123022.90968",
			"sequestration": "2460.4581936", "net_settlement": "120562.4514864",
		}},
		{name: "newly entering Professional gets nothing and pays no discount",
			change: []change{func(_ testing.TB, in *Input) { in.ACOs[0].RiskOption = Professional }},
			want:   map[string]string{"regional_efficiency_adjustment": "0", "adjustment": "0", "discount_rate": "0", "administrative_add_on": "0"}},
		{name: "renewing Global takes the higher, in the cap", change: []change{renewing},
			// HB (900 × 1.1 + 950 × 1.1 + 1010) / 3 = 1015; REA 42.5; PSA 0.5 × 1080 / 12 = 45; cap 50
			want: map[string]string{"baseline": "1015", "regional_efficiency_adjustment": "42.5", "prior_savings_adjustment": "45", "adjustment": "45"}},
		{name: "renewing Professional has its prior savings only",
			change: []change{renewing, func(_ testing.TB, in *Input) { in.ACOs[0].RiskOption = Professional }},
			want:   map[string]string{"regional_efficiency_adjustment": "0", "prior_savings_adjustment": "45", "adjustment": "45", "discount_rate": "0"}},
		{name: "blank prior person-years are marked",
			change: []change{renewing, func(_ testing.TB, in *Input) { in.ACOs[0].PriorPersonYears = nil }},
			want:   map[string]string{"prior_savings_adjustment": "45"}, reason: map[string]string{"prior_savings_adjustment": "proration 1"}},
		{name: "smaller before LEAD", change: []change{renewing, func(t testing.TB, in *Input) { in.ACOs[0].PriorPersonYears = years(t, "60") }},
			want: map[string]string{"prior_savings_adjustment": "27"}}, // 45 × 60 / 100
		{name: "from a recent MSSP ACO the 3% cap binds", change: []change{func(_ testing.TB, in *Input) { in.ACOs[0].RecentMSSPTINs = 3 }},
			want: map[string]string{"adjustment_cap": "30", "adjustment": "30"}},
		{name: "higher-spending Global: add-on and ramp", change: []change{higher},
			// distance 1100 − 1138.5; before 1138.5 × 1.052 × 1.02 = 1221.65604; add-on × 0.015
			want: map[string]string{"baseline": "1138.5", "spending_distance": "-38.5", "regional_efficiency_adjustment": "0", "adjustment": "0",
				"discount_rate": "0.0175", "benchmark_before_discount": "1221.65604", "administrative_add_on": "18.3248406"}},
		{name: "higher-spending renewing: prior savings too", change: []change{higher, renewing},
			// HB (990 + 1045 + 1210) / 3 = 1081.66666667: lower still; REA 0.5 × 18.33333333
			want: map[string]string{"baseline": "1081.66666667", "regional_efficiency_adjustment": "9.16666667", "adjustment": "45"}},
		{name: "add-on of the benchmark after discount, by its switch", change: []change{higher},
			overrides: map[string]any{"administrative_add_on_base": "after_discount"},
			want:      map[string]string{"administrative_add_on": "18.00415589"}}, // × 0.9825
		{name: "withhold before discount and a quality share, by their switches",
			overrides: map[string]any{"quality_withhold_base": "before_discount", "quality_share": 0.8},
			// 0.03 × 1136.61762 = 34.0985286; 1102.5190914 − 0.2 × 34.0985286
			want: map[string]string{"quality_withhold": "34.0985286", "settlement_benchmark": "1095.69938568"}},
		{name: "a coding factor", overrides: map[string]any{"coding_factor.AD": 0.99},
			want: map[string]string{"coding_factor": "0.99", "benchmark_before_discount": "1125.2514438"}}, // × 0.99
		{name: "the guardrail around national growth", overrides: map[string]any{"guardrail_reference": "national"},
			want: map[string]string{"acpt_guarded": "1.06", "update": "1.054", "acpt_guarded_annual": "1.06"}}, // clip(1.06, 1.058, 1.063)
	})
}

// Later years: R23, R19, D4.
func TestWorksheetLaterYears(t *testing.T) {
	runCases(t, []worksheetCase{
		{name: "PY2028, both guardrail readings", change: []change{func(t testing.TB, in *Input) { later(t, in, 2028, "14520", "13310", "1.15") }},
			// T2(2027) = 1.051, T2(2028) = 0.1 × 1.1 + 0.9 × 1.1 = 1.1; cumulative clip(1.15, 1.096, 1.106) = 1.106
			// annual 1.054 × clip(1.15/1.06, 1.1/1.051 − 0.004, + 0.006) = 1.054 × (1.046622264510 + 0.006) = 1.10946386679
			want: map[string]string{"baseline": "1018.5", "acpt_guarded": "1.106", "update": "1.102",
				"acpt_guarded_annual": "1.10946387", "update_annual": "1.10315462", "risk_ratio": "1", "benchmark_before_discount": "1167.2935"}}, // 1059.25 × 1.102
		{name: "PY2028, the annual reading chosen", overrides: map[string]any{"guardrail_reading": "annual"},
			change: []change{func(t testing.TB, in *Input) { later(t, in, 2028, "14520", "13310", "1.15") }},
			want:   map[string]string{"update": "1.102", "benchmark_before_discount": "1168.51653363"}}, // 1059.25 × 1.103154622...
		{name: "PY2029 without ACPT of 2028: the annual reading is missing",
			change: []change{func(t testing.TB, in *Input) {
				later(t, in, 2029, "14520", "13310", "1.10")
				in.CountyExpenditure = append(in.CountyExpenditure, CountyExpenditure{"01001", 2028, "AD", annual(t, "14000"), *years(t, "1"), ratio(t, "1"), nil})
				in.NationalExpenditure = append(in.NationalExpenditure, NationalExpenditure{2028, "AD", annual(t, "13000"), nil})
			}},
			want:   map[string]string{"acpt_guarded": "1.1", "acpt_guarded_annual": "", "update_annual": "", "benchmark_before_discount": "1165.175"}, // 1059.25 × 1.1
			reason: map[string]string{"acpt_guarded_annual": "acpt has no row for AD in 2028"}},
		{name: "PY2031 is the last without the rate book",
			change: []change{func(t testing.TB, in *Input) { later(t, in, 2031, "14520", "13310", "1.1") }},
			want:   map[string]string{"rate_book_weight": "0", "benchmark_before_discount": "1165.175"}},
		{name: "PY2032 without a rate book",
			change: []change{func(t testing.TB, in *Input) { later(t, in, 2032, "14520", "13310", "1.1") }},
			want:   map[string]string{"update": "1.1", "rate_book_weight": "", "benchmark_before_discount": "", "administrative_add_on": ""},
			reason: map[string]string{"benchmark_before_discount": "rate_book is not given"}},
		{name: "PY2032 with a rate book",
			change: []change{func(t testing.TB, in *Input) {
				later(t, in, 2032, "14520", "13310", "1.1")
				in.RateBook = []RateBookRate{{"01001", 2032, "AD", pbpm(t, "1000"), nil}}
			}},
			want: map[string]string{"rate_book_weight": "0.2", "benchmark_before_discount": "1132.14"}}, // 0.8 × 1165.175 + 0.2 × 1000
		{name: "PY2032 with a region's own weight",
			change: []change{func(t testing.TB, in *Input) {
				later(t, in, 2032, "14520", "13310", "1.1")
				own := ratio(t, "0.5")
				in.RateBook = []RateBookRate{{"01001", 2032, "AD", pbpm(t, "1000"), &own}}
			}},
			want: map[string]string{"rate_book_weight": "0.5", "benchmark_before_discount": "1082.5875"}}, // (1165.175 + 1000) / 2
		{name: "PY2032 with the rate book's weight set to zero", overrides: map[string]any{"rate_book_weight": 0},
			change: []change{func(t testing.TB, in *Input) { later(t, in, 2032, "14520", "13310", "1.1") }},
			want:   map[string]string{"rate_book_weight": "0", "benchmark_before_discount": "1165.175"}},
		{name: "PY2036: the rate alone",
			change: []change{func(t testing.TB, in *Input) {
				later(t, in, 2036, "14520", "13310", "1.1")
				in.RateBook = []RateBookRate{{"01001", 2036, "AD", pbpm(t, "1000"), nil}}
			}},
			want: map[string]string{"rate_book_weight": "1", "benchmark_before_discount": "1000", "discount_rate": "0.03"}},
	})
}

// R11, R17: a performance year that is short or empty.
func TestWorksheetShortOrEmptyYear(t *testing.T) {
	runCases(t, []worksheetCase{
		{name: "three months of P", change: []change{func(t testing.TB, in *Input) {
			in.PerformanceYearMonthsHeld = 3
			for i := range in.Exposure {
				if in.Exposure[i].Year == 2027 {
					in.Exposure[i] = Exposure{in.Exposure[i].Group, 300, 300, ratio(t, "306")}
					in.CountyExposure[i].EligibleMonths = 300
				}
			}
		}}, want: map[string]string{"baseline": "1018.5", "national_weight": "0.1", "update": "1.052"}}, // (300 / 3) / 1000
		{name: "no claims-aligned months in P", change: []change{func(_ testing.TB, in *Input) {
			drop(&in.Exposure, func(e Exposure) bool { return e.Year == 2027 })
			drop(&in.CountyExposure, func(e CountyExposure) bool { return e.Year == 2027 })
		}}, want: map[string]string{"national_weight": "0.1", "regional_trend": "1.05", "risk_ratio": "1", "benchmark_before_discount": "1114.331"}, // 1059.25 × 1.052
			reason: map[string]string{"national_weight": "weight and shares of 2026", "risk_ratio": "risk ratio 1: no eligible months in 2027"}},
		{name: "person_years stand in for an absent column", change: []change{func(_ testing.TB, in *Input) { in.HasAssignable = false }},
			want: map[string]string{"national_weight": "0.02"}}, // 100 / 5000
		{name: "a blank assignable figure is no figure", change: []change{func(_ testing.TB, in *Input) {
			for i := range in.CountyExpenditure {
				if in.CountyExpenditure[i].Year == 2027 {
					in.CountyExpenditure[i].AssignablePersonYears = nil
				}
			}
		}}, want: map[string]string{"baseline": "1018.5", "national_weight": "", "regional_trend": "1.05", "two_way_trend": "", "benchmark_before_discount": ""},
			reason: map[string]string{"two_way_trend": "no claims-aligned months in a county with assignable person-years for AD in 2027"}},
	})
}

// R13.
func TestWorksheetBaseYears(t *testing.T) {
	runCases(t, []worksheetCase{
		{name: "BY1 without months", change: []change{func(_ testing.TB, in *Input) {
			drop(&in.Exposure, func(e Exposure) bool { return e.Year == 2024 })
		}}, want: map[string]string{"baseline": "1021.66666667"}, // 1/3 × 950 × 1.1 + 2/3 × 1010
			reason: map[string]string{"baseline": "no eligible months in 2024: its weight is spread"}},
		{name: "BY3 without months", change: []change{func(_ testing.TB, in *Input) {
			drop(&in.Exposure, func(e Exposure) bool { return e.Year == 2026 })
		}}, want: map[string]string{"baseline": "", "spending_distance": "", "regional_efficiency_adjustment": "", "adjustment": "", "discount_rate": ""},
			reason: map[string]string{"baseline": "no eligible months in 2026, so no risk mean", "discount_rate": "no spending group"}},
		{name: "a base year without scores", change: []change{func(_ testing.TB, in *Input) {
			for i := range in.Exposure {
				if in.Exposure[i].Year == 2025 {
					in.Exposure[i].RiskScoreMonths = 0
				}
			}
		}}, want: map[string]string{"baseline": "", "two_way_trend": "1.051"}, reason: map[string]string{"baseline": "no risk score for AD in 2025"}},
		{name: "a base year without national row", change: []change{func(_ testing.TB, in *Input) {
			drop(&in.NationalExpenditure, func(n NationalExpenditure) bool { return n.Year == 2024 })
		}}, want: map[string]string{"baseline": ""}, reason: map[string]string{"baseline": "national_expenditure has no row for AD in 2024"}},
		{name: "a base year without county row", change: []change{func(_ testing.TB, in *Input) {
			drop(&in.CountyExpenditure, func(c CountyExpenditure) bool { return c.Year == 2024 })
		}}, want: map[string]string{"baseline": ""}, reason: map[string]string{"baseline": "with a county_expenditure row for AD in 2024"}},
		{name: "BY3 alone still needs its national row", change: []change{func(_ testing.TB, in *Input) {
			drop(&in.Exposure, func(e Exposure) bool { return e.Year < 2026 })
			drop(&in.NationalExpenditure, func(n NationalExpenditure) bool { return n.Year == 2026 })
		}}, want: map[string]string{"baseline": ""}, reason: map[string]string{"baseline": "national_expenditure has no row for AD in 2026"}},
		{name: "BY3 alone still needs its county row", change: []change{func(_ testing.TB, in *Input) {
			drop(&in.Exposure, func(e Exposure) bool { return e.Year < 2026 })
			drop(&in.CountyExpenditure, func(c CountyExpenditure) bool { return c.Year == 2026 })
		}}, want: map[string]string{"baseline": "", "spending_distance": ""}, reason: map[string]string{"baseline": "with a county_expenditure row for AD in 2026"}},
		{name: "BY3 alone needs no national weight", change: []change{func(_ testing.TB, in *Input) {
			drop(&in.Exposure, func(e Exposure) bool { return e.Year < 2026 })
			in.CountyExpenditure[2].AssignablePersonYears = nil
		}}, want: map[string]string{"baseline": "1010"}},
		{name: "no wN of BY3 where a trend needs it", change: []change{func(_ testing.TB, in *Input) { in.CountyExpenditure[2].AssignablePersonYears = nil }},
			want: map[string]string{"baseline": ""}, reason: map[string]string{"baseline": "assignable person-years for AD in 2026"}},
		{name: "a category without months", line: "ESRD claims", want: map[string]string{"baseline": "", "spending_distance": "81.5", "adjustment": "40.75", "benchmark_before_discount": ""},
			reason: map[string]string{"baseline": "no eligible months in any base year"}},
	})
}

// Missing tables: null with a reason, and nothing dropped.
func TestWorksheetMissingTables(t *testing.T) {
	runCases(t, []worksheetCase{
		{name: "no county_expenditure", change: []change{func(_ testing.TB, in *Input) { in.CountyExpenditure = nil }},
			want:   map[string]string{"baseline": "", "national_weight": "", "national_trend": "1.06", "acpt": "1.06", "risk_ratio": "1.02"},
			reason: map[string]string{"baseline": "county_expenditure is not given", "regional_trend": "county_expenditure is not given"}},
		{name: "no national_expenditure", change: []change{func(_ testing.TB, in *Input) { in.NationalExpenditure = nil }},
			want: map[string]string{"baseline": "", "national_weight": "0.1", "national_trend": "", "regional_trend": "1.05"}, reason: map[string]string{"national_trend": "national_expenditure is not given"}},
		{name: "no acpt", change: []change{func(_ testing.TB, in *Input) { in.ACPT = nil }},
			want:   map[string]string{"baseline": "1018.5", "two_way_trend": "1.051", "acpt": "", "update": "", "benchmark_before_discount": "", "discount_rate": "0.03"},
			reason: map[string]string{"benchmark_before_discount": "acpt is not given"}},
		{name: "no uspcc_pbpm: no cap, no adjustment", change: []change{func(_ testing.TB, in *Input) { in.NationalExpenditure[2].USPCC = nil }},
			want:   map[string]string{"adjustment_cap": "", "adjustment": "", "benchmark_before_discount": ""},
			reason: map[string]string{"adjustment": "national_expenditure has no uspcc_pbpm for AD in 2026"}},
		{name: "no uspcc_pbpm, but nothing to cap", change: []change{higher, func(_ testing.TB, in *Input) { in.NationalExpenditure[2].USPCC = nil }},
			want: map[string]string{"adjustment_cap": "", "adjustment": "0", "benchmark_before_discount": "1221.65604"}},
		{name: "no dollars of P", line: "all all", change: []change{func(_ testing.TB, in *Input) {
			in.Expenditure = slices.DeleteFunc(in.Expenditure, func(e Expenditure) bool { return e.Year == 2027 })
		}},
			want:   map[string]string{"performance_year_expenditure": "", "gross_savings": "", "shared_savings": "", "sequestration": "", "net_settlement": ""},
			reason: map[string]string{"net_settlement": "the extract has no claims of 2027 for the ACO's people"}},
		{name: "no benchmark to settle", line: "all all", change: []change{func(_ testing.TB, in *Input) { in.ACPT = nil }},
			want: map[string]string{"performance_year_expenditure": "", "net_settlement": ""}, reason: map[string]string{"net_settlement": "no line of the ACO has a benchmark"}},
		{name: "losses", line: "all all", change: []change{func(t testing.TB, in *Input) {
			for i := range in.Expenditure {
				if in.Expenditure[i].Year == 2027 {
					in.Expenditure[i].Completed = usd(t, "1400000")
				}
			}
		}}, want: map[string]string{"gross_savings": "-76977.09032", "shared_savings": "-76977.09032", "sequestration": "0", "net_settlement": "-76977.09032"}},
		{name: "losses lessened, by the switch", line: "all all", overrides: map[string]any{"sequestration_on_losses": true},
			change: []change{func(t testing.TB, in *Input) {
				for i := range in.Expenditure {
					if in.Expenditure[i].Year == 2027 {
						in.Expenditure[i].Completed = usd(t, "1400000")
					}
				}
			}}, want: map[string]string{"sequestration": "-1539.5418064", "net_settlement": "-75437.5485136"}},
	})
}

// R16: the voluntarily aligned. c = 1018.5.
func TestWorksheetVoluntaryLine(t *testing.T) {
	runCases(t, []worksheetCase{
		{name: "voluntary inside the band", line: "AD voluntary",
			change: []change{func(t testing.TB, in *Input) {
				volunteers(t, in, map[int][3]string{2026: {"12", "12", "12000"}, 2027: {"12", "12", "9000"}})
			}},
			want:   map[string]string{"baseline": "1000", "adjustment": "40.75", "update": "1.052", "risk_ratio": "1"},
			reason: map[string]string{"baseline": "no eligible months in 2024, 2025: its weight is spread"}},
		{name: "voluntary above the band, at its own risk", line: "AD voluntary",
			change: []change{func(t testing.TB, in *Input) {
				volunteers(t, in, map[int][3]string{2026: {"12", "24", "36000"}, 2027: {"12", "24", "0"}}) // s = 3000 / 2
			}}, want: map[string]string{"baseline": "2240.7"}}, // 1.1 × 1018.5 × 2
		{name: "voluntary below the band", line: "AD voluntary",
			change: []change{func(t testing.TB, in *Input) {
				volunteers(t, in, map[int][3]string{2026: {"12", "12", "1200"}, 2027: {"12", "12", "0"}})
			}}, want: map[string]string{"baseline": "916.65"}}, // 0.9 × 1018.5
		{name: "voluntary history with the claims group's trends", line: "AD voluntary",
			change: []change{func(t testing.TB, in *Input) {
				volunteers(t, in, map[int][3]string{2024: {"12", "12", "10800"}, 2026: {"6", "6", "6060"}}) // 1/7 × 900 × 1.1 + 6/7 × 1010
			}}, want: map[string]string{"baseline": "1007.14285714", "risk_ratio": "1"}, reason: map[string]string{"risk_ratio": "no eligible months in 2027"}},
		{name: "voluntary without scores in BY1: the claims group's at its own risk", line: "AD voluntary",
			change: []change{func(t testing.TB, in *Input) {
				volunteers(t, in, map[int][3]string{2024: {"12", "0", "10800"}, 2026: {"6", "7.2", "6060"}})
			}}, want: map[string]string{"baseline": "1222.2"}, // 1018.5 × 1.2
			reason: map[string]string{"baseline": "for want of own history: no risk score for AD in 2024"}},
		{name: "voluntary months in P only: the claims group's baseline", line: "AD voluntary",
			change: []change{func(t testing.TB, in *Input) {
				volunteers(t, in, map[int][3]string{2027: {"12", "15", "9000"}})
			}}, want: map[string]string{"baseline": "1018.5", "risk_ratio": "1"},
			reason: map[string]string{"baseline": "for want of own history and risk"}},
		{name: "voluntary where claims are not calculable", line: "AD voluntary",
			change: []change{func(t testing.TB, in *Input) {
				volunteers(t, in, map[int][3]string{2026: {"12", "12", "12000"}})
				in.NationalExpenditure = nil
			}}, want: map[string]string{"baseline": ""}, reason: map[string]string{"baseline": "the claims-aligned baseline is not calculable: "}},
		{name: "the rate book weighs the voluntary by the claims group's counties", line: "AD voluntary",
			change: []change{func(t testing.TB, in *Input) {
				later(t, in, 2036, "14520", "13310", "1.1")
				volunteers(t, in, map[int][3]string{2036: {"12", "12", "0"}})
				in.RateBook = []RateBookRate{{"01001", 2036, "AD", pbpm(t, "1000"), nil}}
			}}, want: map[string]string{"benchmark_before_discount": "1000"}},
	})
}
