package benchmark

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/schemas"
)

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
