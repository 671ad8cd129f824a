package compare

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/schemas"
)

// Files count by their bytes: one that was renamed is kept, a copy of one is
// added.
func TestInputChanges(t *testing.T) {
	a := []inputFile{{"aco", "1"}, {"enrollment_month", "2"}, {"enrollment_month", "3"}, {"beneficiary", "4"}}
	b := []inputFile{{"aco", "1"}, {"enrollment_month", "3"}, {"enrollment_month", "5"}, {"enrollment_month", "3"}, {"acpt", "6"}}
	want := []InputChange{
		{Table: "acpt", Added: 1},
		{Table: "beneficiary", Removed: 1},
		{Table: "enrollment_month", Added: 2, Removed: 1, Kept: 1},
	}
	if diff := cmp.Diff(want, inputChanges(a, b)); diff != "" {
		t.Error(diff)
	}
}

// A parameter has changed where both runs looked at the same row of it.
func TestParameterChanges(t *testing.T) {
	parameter := func(name, value string, from int) schemas.ConsultedParameter {
		return schemas.ConsultedParameter{Name: name, Value: value, From: from}
	}
	a := []schemas.ConsultedParameter{
		parameter("quality_share", "1", 2027), parameter("benchmark_discount.global.lower", "0.03", 2027),
		parameter("acpt_guardrail.lower", "-0.002", 2027), parameter("acpt_guardrail.lower", "-0.004", 2028),
	}
	b := []schemas.ConsultedParameter{
		parameter("quality_share", "0.95", 2027), parameter("benchmark_discount.global.higher", "0.0175", 2027),
		parameter("acpt_guardrail.lower", "-0.002", 2027), parameter("acpt_guardrail.lower", "-0.005", 2028),
	}
	want := []ParameterChange{{"acpt_guardrail.lower", "-0.004", "-0.005", 2028}, {"quality_share", "1", "0.95", 2027}}
	if diff := cmp.Diff(want, parameterChanges(a, b)); diff != "" {
		t.Error(diff)
	}
}

// A manifest compares its list with that of the run before it, which is the
// other run, or is not.
func TestTINListChange(t *testing.T) {
	list := func(id, digest, previous string, changes ...TINChange) manifest {
		return manifest{RunID: id, TINList: tinList{[]string{digest}, previous, changes}}
	}
	first, second := list("aa11", "x", ""), list("bb22", "y", "aa11", TINChange{"A1", 2, 1})
	for _, tt := range []struct {
		name string
		a, b manifest
		want TINListChange
	}{
		{"forwards", first, second, TINListChange{IsKnown: true, Changes: []TINChange{{"A1", 2, 1}}}},
		{"backwards", second, first, TINListChange{IsKnown: true, Changes: []TINChange{{"A1", 1, 2}}}},
		{"the same list", first, list("cc33", "x", "bb22", TINChange{"A1", 1, 2}), TINListChange{IsSame: true, IsKnown: true, Changes: []TINChange{}}},
		{"not compared", list("dd44", "z", "bb22", TINChange{"A1", 1, 0}), first, TINListChange{Changes: []TINChange{}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tinListChange(tt.a, tt.b)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNumbersAsText(t *testing.T) {
	for value, want := range map[string]string{
		"0": "0.00", "999.995": "+1,000.00", "1234567.891": "+1,234,567.89", "-1234.5": "-1,234.50", "-0.001": "0.00", "-100": "-100.00",
	} {
		if got := signed(dec(value)); got != want {
			t.Errorf("signed(%s) = %s, want %s", value, got, want)
		}
	}
	for value, want := range map[int64]string{0: "0", 999: "+999", 1000: "+1,000", -1234567: "-1,234,567"} {
		if got := signedCount(value); got != want {
			t.Errorf("signedCount(%d) = %s, want %s", value, got, want)
		}
	}
}
