package benchmark

import (
	"strings"
	"testing"

	"leadline/schemas"
)

// Two categories of the same months, AD as plain and ESRD ten times as dear.
func twoCategories(t testing.TB) Input {
	in := plainACO(t)
	ten := ratio(t, "10")
	for _, e := range in.Exposure {
		e.Category = "ESRD"
		in.Exposure = append(in.Exposure, e)
	}
	for _, e := range in.CountyExposure {
		e.Category = "ESRD"
		in.CountyExposure = append(in.CountyExposure, e)
	}
	for _, e := range in.Expenditure {
		e.Category, e.Completed = "ESRD", e.Completed.Times(ten)
		in.Expenditure = append(in.Expenditure, e)
	}
	for _, c := range in.CountyExpenditure {
		c.Category, c.PerCapita = "ESRD", c.PerCapita.Times(ten)
		in.CountyExpenditure = append(in.CountyExpenditure, c)
	}
	for _, n := range in.NationalExpenditure {
		n.Category, n.PerCapita = "ESRD", n.PerCapita.Times(ten)
		if n.USPCC != nil {
			uspcc := n.USPCC.Times(ten)
			n.USPCC = &uspcc
		}
		in.NationalExpenditure = append(in.NationalExpenditure, n)
	}
	in.ACPT = append(in.ACPT, ACPT{2027, "ESRD", ratio(t, "1.06")})
	return in
}

// R14, R15: mix one half each; HB 1018.5 and 10185, distance 0.5 × (81.5 + 815)
// = 448.25, REA 224.125, cap 0.05 × 0.5 × (1000 + 10000) = 275.
func TestAdjustmentOverCategories(t *testing.T) {
	tests := []struct {
		name      string
		overrides map[string]any
		ad, esrd  map[string]string
	}{
		{"one amount for all", nil,
			map[string]string{"spending_distance": "448.25", "adjustment_cap": "275", "adjustment": "224.125"},
			map[string]string{"spending_distance": "448.25", "adjustment_cap": "275", "adjustment": "224.125"}},
		{"capped by category", map[string]any{"adjustment_cap_basis": "by_category"}, // 0.05 × 1000, 0.05 × 10000
			map[string]string{"adjustment_cap": "50", "adjustment": "50"},
			map[string]string{"adjustment_cap": "500", "adjustment": "224.125"}},
		{"allocated by category", map[string]any{"adjustment_allocation": "by_category"}, // × 1018.5 / 5601.75, × 10185 / 5601.75
			map[string]string{"adjustment_cap": "275", "adjustment": "40.75"},
			map[string]string{"adjustment": "407.5"}},
		{"allocated and capped by category", map[string]any{"adjustment_allocation": "by_category", "adjustment_cap_basis": "by_category", "adjustment_cap_share.other": "0.04"},
			map[string]string{"adjustment_cap": "40", "adjustment": "40"}, // 0.04 × 1000
			map[string]string{"adjustment_cap": "400", "adjustment": "400"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			steps := stepsOf(t, twoCategories(t), tt.overrides)
			for line, want := range map[string]map[string]string{"AD claims ": tt.ad, "ESRD claims ": tt.esrd} {
				for code, value := range want {
					shows(t, line+code, steps[line+code].Value, value)
				}
			}
		})
	}
}

// R13: a category whose baseline is calculable stays in the mix, even where its
// trend to P is not; one whose baseline is not leaves it.
func TestMix(t *testing.T) {
	in := twoCategories(t)
	drop(&in.ACPT, func(a ACPT) bool { return a.Category == "ESRD" })
	shows(t, "distance, ESRD without ACPT", stepsOf(t, in, nil)["AD claims spending_distance"].Value, "448.25")
	in = twoCategories(t)
	drop(&in.NationalExpenditure, func(n NationalExpenditure) bool { return n.Category == "ESRD" && n.Year == 2024 })
	shows(t, "distance, ESRD without baseline", stepsOf(t, in, nil)["AD claims spending_distance"].Value, "81.5")
}

// R12, R18: totals weigh by P's months; dollars are unrounded PBPM times
// months, rounded once.
func TestTotals(t *testing.T) {
	in := twoCategories(t)
	volunteers(t, &in, map[int][3]string{2026: {"12", "12", "12000"}, 2027: {"12", "12", "9000"}})
	got := map[string]Benchmark{}
	for _, row := range computed(t, in, nil).Benchmarks {
		got[string(row.Category)+" "+string(row.AlignmentType)] = row
	}
	// AD claims (1018.5 + 224.125) × 1.052 × 1.02 × 0.97 = 1293.3847401 over 1200
	// months; AD voluntary (1000 + 224.125) × 1.052 × 0.97 = 1249.146115 over 12;
	// ESRD claims (10185 + 224.125) × 1.052 × 1.02 × 0.97 = 10834.3252653 over 1200.
	tests := []struct {
		row, pbpm, dollars string
		months             schemas.PersonMonths
	}{
		{"AD claims", "1293.38", "1552061.69", 1200},
		{"AD voluntary", "1249.15", "14989.75", 12},
		{"AD all", "1292.95", "1567051.44", 1212}, // 1567051.4415 / 1212
		{"ESRD claims", "10834.33", "13001190.32", 1200},
		{"ESRD all", "10834.33", "13001190.32", 1200},
		{"all claims", "6063.86", "14553252.01", 2400},
		{"all all", "6039.9", "14568241.76", 2412},
	}
	for _, tt := range tests {
		row := got[tt.row]
		if row.PBPM.SettlementBenchmark == nil || !row.IsCalculable {
			t.Errorf("%s: no settlement benchmark (%s)", tt.row, row.Reason)
			continue
		}
		shows(t, tt.row+" pbpm", row.PBPM.SettlementBenchmark, tt.pbpm)
		shows(t, tt.row+" dollars", row.Dollars.SettlementBenchmark, tt.dollars)
		if row.EligibleMonths != tt.months || row.SpendingGroup != Lower {
			t.Errorf("%s: %d months, %s", tt.row, row.EligibleMonths, row.SpendingGroup)
		}
	}
	if row := got["HN claims"]; row.IsCalculable || row.Reason == "" || row.PBPM.BeforeDiscount != nil {
		t.Errorf("HN claims: %+v", row)
	}
	if reason := got["all all"].Reason; reason != "left out, not calculable: HN claims" {
		t.Errorf("all all: %q", reason)
	}
	if row := got["HN all"]; row.IsCalculable || row.EligibleMonths != 0 {
		t.Errorf("HN all: %+v", row)
	}
}

// R5: a projected year says so on every row.
func TestProjectedIsMarked(t *testing.T) {
	in := plainACO(t)
	in.Projected = true
	for _, row := range computed(t, in, nil).Benchmarks {
		if row.IsCalculable && !strings.Contains(row.Reason, "months of the performance year are projected") {
			t.Errorf("%s %s: %q", row.Category, row.AlignmentType, row.Reason)
		}
	}
}

// R12: the mean of a total is made of unrounded dollars, not of its cents.
func TestTotalIsRoundedOnce(t *testing.T) {
	amount := given(pbpm(t, "0.0048"), "") // 2 months are $0.0096: one cent; a month is none
	l := &line{months: 2, before: amount, after: amount, withhold: amount, settlement: amount, addOn: amount}
	row := total([]*line{l}, schemas.AllCategories, schemas.AllAligned)
	shows(t, "pbpm", row.PBPM.SettlementBenchmark, "0")
	shows(t, "dollars", row.Dollars.SettlementBenchmark, "0.01")
}

// R24: settlement runs over the calculable lines, on both sides.
func TestSettlementHoldsCalculableLines(t *testing.T) {
	both := stepsOf(t, twoCategories(t), nil)
	shows(t, "expenditure", both["all all performance_year_expenditure"].Value, "13200000") // 1.2 and 12 million
	// Benchmark 1552061.68812 + 13001190.31836 as in TestTotals.
	shows(t, "gross", both["all all gross_savings"].Value, "1353252.00648")

	in := twoCategories(t)
	drop(&in.ACPT, func(a ACPT) bool { return a.Category == "ESRD" })
	one := stepsOf(t, in, nil)
	shows(t, "expenditure without ESRD", one["all all performance_year_expenditure"].Value, "1200000")
	shows(t, "gross without ESRD", one["all all gross_savings"].Value, "352061.68812")
	if reason := one["all all performance_year_expenditure"].Reason; reason != "left out, not calculable: ESRD claims, HN claims" {
		t.Errorf("reason %q", reason)
	}
}
