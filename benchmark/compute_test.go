package benchmark

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/schemas"
)

// The steps of a line are those of the contract, in its order, for every line.
func TestStepOrder(t *testing.T) {
	want := strings.Split("baseline, spending_distance, regional_efficiency_adjustment, prior_savings_adjustment, adjustment_cap, "+
		"adjustment, national_weight, national_trend, regional_trend, two_way_trend, acpt, acpt_guarded, update, acpt_guarded_annual, "+
		"update_annual, risk_ratio, coding_factor, rate_book_weight, benchmark_before_discount, discount_rate, benchmark_after_discount, "+
		"quality_withhold, settlement_benchmark, administrative_add_on", ", ")
	settlement := strings.Split("performance_year_expenditure, gross_savings, shared_savings, sequestration, net_settlement", ", ")
	for _, missing := range []bool{false, true} {
		in := plainACO(t)
		if missing {
			in.CountyExpenditure, in.NationalExpenditure, in.ACPT, in.RateBook = nil, nil, nil, nil
			in.Exposure, in.CountyExposure, in.Expenditure = nil, nil, nil
		}
		got := map[string][]string{}
		for _, step := range computed(t, in, nil).Steps {
			line := string(step.Category) + " " + string(step.AlignmentType)
			got[line] = append(got[line], step.Step)
			if step.Label == "" || step.Unit == "" || step.Source == "" || step.Status == "" {
				t.Errorf("%s %s: %+v", line, step.Step, step)
			}
			if step.IsCalculable != (step.Value != nil) || !step.IsCalculable && step.Reason == "" || step.IsCalculable && step.Formula == "" {
				t.Errorf("%s %s: calculable %v, value %v, formula %q, reason %q", line, step.Step, step.IsCalculable, step.Value, step.Formula, step.Reason)
			}
			if Steps[step.Line-1].Code != step.Step {
				t.Errorf("%s is line %d", step.Step, step.Line)
			}
		}
		if diff := cmp.Diff(map[string][]string{"AD claims": want, "ESRD claims": want, "HN claims": want, "all all": settlement}, got); diff != "" {
			t.Error(diff)
		}
	}
}

// A step takes the weakest status of its parts.
func TestStepStatus(t *testing.T) {
	steps := stepsOf(t, plainACO(t), nil)
	for code, want := range map[string]schemas.Status{
		"baseline": schemas.Assumed, "national_trend": schemas.Published, "acpt": schemas.Published,
		"regional_trend": schemas.Assumed, "discount_rate": schemas.Assumed, "rate_book_weight": schemas.Published,
	} {
		if got := steps["AD claims "+code].Status; got != want {
			t.Errorf("%s is %s, want %s", code, got, want)
		}
	}
	in := plainACO(t)
	in.ACOs[0].RiskOption = Professional
	steps = stepsOf(t, in, nil)
	if got := steps["AD claims discount_rate"].Status; got != schemas.Published {
		t.Errorf("Professional discount is %s", got) // none, whatever the spending group
	}
	steps = stepsOf(t, in, map[string]any{"benchmark_discount.professional.lower": 0.01})
	if got := steps["AD claims discount_rate"]; got.Status != schemas.Assumed || got.Value.String() != "0.01" {
		t.Errorf("an overridden discount is %s, %s", got.Status, got.Value)
	}
}

// D4: a later performance year rests on the same base years.
func TestBaselineIsNeverRebased(t *testing.T) {
	first, later2030 := plainACO(t), plainACO(t)
	later(t, &later2030, 2030, "14520", "13310", "1.1")
	want, got := computed(t, first, nil).Baselines, computed(t, later2030, nil).Baselines
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	row := got[0]
	if row.Years[0].Year != 2024 || row.Years[0].PBPM.String() != "900" || row.Years[0].Weight.String() != "0.1" ||
		row.Years[0].Trend.String() != "1.1" || row.Years[2].RiskRatio.String() != "1" || row.PBPM.String() != "1018.5" {
		t.Errorf("baseline %+v", row)
	}
}

// The order of the input's rows does not matter.
func TestPermutedInput(t *testing.T) {
	in := twoCategories(t)
	want := computed(t, in, nil)
	slices.Reverse(in.Exposure)
	slices.Reverse(in.CountyExposure)
	slices.Reverse(in.Expenditure)
	slices.Reverse(in.CountyExpenditure)
	slices.Reverse(in.NationalExpenditure)
	slices.Reverse(in.ACPT)
	if diff := cmp.Diff(want, computed(t, in, nil)); diff != "" {
		t.Error(diff)
	}
}

func TestConsultedParameters(t *testing.T) {
	result := computed(t, plainACO(t), map[string]any{"quality_share": 0.9})
	got := map[string]schemas.ConsultedParameter{}
	for _, c := range result.Consulted {
		got[c.Name] = c
	}
	if c := got["quality_share"]; !c.Overridden || c.Value != "0.9" || c.Source.Document != schemas.RunFile {
		t.Errorf("quality_share: %+v", c)
	}
	if c := got["risk_ratio_cap.AD"]; c.Source.Status != schemas.Reported {
		t.Errorf("risk_ratio_cap.AD: %+v", c)
	}
	if _, known := got["base_year_weight.renewing.BY1"]; known {
		t.Error("the weights of renewing ACOs were not consulted, but are listed")
	}
}

func TestComputeRefuses(t *testing.T) {
	tests := []struct {
		name   string
		change change
		want   string
	}{
		{"a year without parameters", func(_ testing.TB, in *Input) { in.PerformanceYear = 2037 }, "0 rows for PY 2037"},
		{"P before the first year", func(_ testing.TB, in *Input) { in.PerformanceYear = 2026 }, "lies before"},
		{"no months held", func(_ testing.TB, in *Input) { in.PerformanceYearMonthsHeld = 0 }, "want 1 to 12"},
		{"thirteen months", func(_ testing.TB, in *Input) { in.PerformanceYearMonthsHeld = 13 }, "want 1 to 12"},
		{"a risk option", func(_ testing.TB, in *Input) { in.ACOs[0].RiskOption = "some" }, "risk_option"},
		{"an experience", func(_ testing.TB, in *Input) { in.ACOs[0].Experience = "some" }, "experience"},
		{"an ACO twice", func(_ testing.TB, in *Input) { in.ACOs = append(in.ACOs, in.ACOs[0]) }, "two rows"},
		{"more TINs from MSSP than TINs", func(_ testing.TB, in *Input) { in.ACOs[0].RecentMSSPTINs = 6 }, "6 TINs"},
		{"months of an unknown ACO", func(_ testing.TB, in *Input) { in.Exposure[0].ACO = "A2" }, "unknown"},
		{"months of an unknown category", func(_ testing.TB, in *Input) { in.CountyExposure[0].Category = "XX" }, "unknown"},
		{"dollars of an unknown type", func(_ testing.TB, in *Input) { in.Expenditure[0].AlignmentType = "none" }, "unknown"},
		{"exposure twice", func(_ testing.TB, in *Input) { in.Exposure = append(in.Exposure, in.Exposure[0]) }, "exposure: two rows"},
		{"more scores than months", func(_ testing.TB, in *Input) { in.Exposure[0].RiskScoreMonths = 1201 }, "1201 months with a score"},
		{"a county twice", func(_ testing.TB, in *Input) {
			in.CountyExpenditure = append(in.CountyExpenditure, in.CountyExpenditure[0])
		}, "county_expenditure: two rows"},
		{"a national row twice", func(_ testing.TB, in *Input) {
			in.NationalExpenditure = append(in.NationalExpenditure, in.NationalExpenditure[0])
		}, "national_expenditure: two rows"},
		{"an ACPT twice", func(_ testing.TB, in *Input) { in.ACPT = append(in.ACPT, in.ACPT[0]) }, "acpt: two rows"},
		{"a rate twice", func(t testing.TB, in *Input) {
			rate := RateBookRate{"01001", 2032, "AD", pbpm(t, "1"), nil}
			in.RateBook = []RateBookRate{rate, rate}
		}, "rate_book: two rows"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := plainACO(t)
			tt.change(t, &in)
			if _, err := Compute(in, mustParameters(t)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}

// D2: the trend of BY3 to itself is 1, whatever tables are missing.
func TestTrendOfBY3(t *testing.T) {
	in := plainACO(t)
	in.NationalExpenditure = nil
	row := computed(t, in, nil).Baselines[0]
	if row.IsCalculable || row.Years[1].Trend != nil || row.Years[2].Trend == nil || row.Years[2].Trend.String() != "1" {
		t.Errorf("baseline %+v", row)
	}
}
