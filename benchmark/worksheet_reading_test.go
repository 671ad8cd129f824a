package benchmark

import "testing"

// Readings that the plain ACO alone does not tell from their neighbours.
func TestWorksheetReadings(t *testing.T) {
	runCases(t, []worksheetCase{
		{name: "D3: a riskier base year is brought down to BY3's risk",
			change: []change{func(t testing.TB, in *Input) {
				for i := range in.Exposure {
					if in.Exposure[i].Year == 2024 {
						in.Exposure[i].RiskScoreSum = ratio(t, "1500") // RS 1500 / 1200 = 1.25
					}
				}
			}}, want: map[string]string{"baseline": "998.7"}}, // 0.1 × 900 × 1.1 × 1 / 1.25 + 313.5 + 606
		{name: "R14: the mix is BY3's, whatever the months of P",
			change: []change{func(t testing.TB, in *Input) {
				*in = twoCategories(t)
				for i := range in.Exposure {
					if e := &in.Exposure[i]; e.Year == 2027 && e.Category == "ESRD" {
						e.EligibleMonths, e.RiskScoreMonths, e.RiskScoreSum = 600, 600, ratio(t, "600")
					}
				}
			}}, want: map[string]string{"spending_distance": "448.25"}}, // 0.5 × (81.5 + 815)
		{name: "R15: earlier person-years are held against those of all categories",
			change: []change{func(t testing.TB, in *Input) {
				*in = twoCategories(t)
				renewing(t, in)
			}}, want: map[string]string{"prior_savings_adjustment": "22.5"}}, // 0.5 × 1080 / 12 × 100 / 200
		{name: "R16: the band holds amounts at a risk of one", line: "AD voluntary",
			change: []change{func(t testing.TB, in *Input) {
				volunteers(t, in, map[int][3]string{2026: {"12", "24", "24000"}, 2027: {"12", "24", "0"}})
			}}, want: map[string]string{"baseline": "2000"}}, // s = 2000 / 2, within 10% of 1018.5, × 2
		{name: "R19: a rate book does not begin before its first year",
			change: []change{func(t testing.TB, in *Input) {
				later(t, in, 2031, "14520", "13310", "1.1")
				own := ratio(t, "0.5")
				in.RateBook = []RateBookRate{{"01001", 2031, "AD", pbpm(t, "1000"), &own}}
			}}, want: map[string]string{"rate_book_weight": "0", "benchmark_before_discount": "1165.175"}}, // 1059.25 × 1.1
	})
}
