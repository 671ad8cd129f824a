package main

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

const root = "../.."

// Every mutation's text still stands in the tree: whoever changes a rule brings
// its mutations up to date.
func TestEveryMutationFindsItsText(t *testing.T) {
	all, err := readLists(lists)
	if err != nil {
		t.Fatal(err)
	}
	if err := checkAll(root, all); err != nil {
		t.Error(err)
	}
}

// rules are the methodology's numbers that a run carries out. A12 (another
// engine) and C6 (stop-loss) are not modelled, F5 is that nothing is adjusted
// afterwards. Ba to Be are the criteria of High Needs. Of K, what people ask of a
// list, the minimum counts are rules.
var rules = strings.Fields(`
	A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11
	B Ba Bb Bc Bd Be
	C C1 C2 C3 C4 C5 C7
	D D1 D2 D3 D4 D5
	E1 E2 E3 E4 E5 E6
	F1 F2 F3 F4 G H H2 I K
	R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15 R16 R17 R18 R19 R20 R21 R22 R23 R24 R25`)

// Every rule is broken at least once, and no mutation names another.
func TestEveryRuleIsBroken(t *testing.T) {
	all, err := readLists(lists)
	if err != nil {
		t.Fatal(err)
	}
	times := map[string]int{}
	for _, m := range all {
		times[m.Rule]++
	}
	for _, rule := range rules {
		if times[rule] == 0 {
			t.Errorf("rule %s has no mutation", rule)
		}
		delete(times, rule)
	}
	for rule := range times {
		t.Errorf("rule %s is not a rule of the methodology", rule)
	}
}

func TestCheckRefuses(t *testing.T) {
	good := mutation{Rule: "A1", Name: "n", File: "go.mod", Find: "module leadline", Count: 1, Replace: "module other", Tests: "TestX"}
	if err := good.check(root); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		change func(*mutation)
		want   string
	}{
		{func(m *mutation) { m.Find = "no such text" }, "A1 n: go.mod: its text to find stands there 0 times, want 1"},
		{func(m *mutation) { m.Count = 2 }, "stands there 1 times, want 2"},
		{func(m *mutation) { m.Replace = m.Find }, "find and replace are the same"},
		{func(m *mutation) { m.Tests = "" }, "are all needed"},
		{func(m *mutation) { m.Tests = "(" }, "missing closing"},
		{func(m *mutation) { m.File = "nowhere.go" }, "nowhere.go"},
	} {
		m := good
		tt.change(&m)
		if err := m.check(root); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got %v, want an error with %q", err, tt.want)
		}
	}
	if err := checkAll(root, []mutation{good, good}); err == nil || !strings.Contains(err.Error(), "two mutations") {
		t.Errorf("got %v for the same mutation twice", err)
	}
}

func TestReadLists(t *testing.T) {
	from := func(text string) ([]mutation, error) {
		return readLists(fstest.MapFS{"a.yaml": {Data: []byte(text)}})
	}
	all, err := from("- {rule: H, name: n, file: benchmark/params/p.yaml, find: a, replace: b, tests: T}\n" +
		"- {rule: H, name: o, file: alignment/s.sql, find: a, replace: b, tests: T, package: pipeline, count: 2}\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := all[0]; got.Package != "./benchmark" || got.Count != 1 {
		t.Errorf("the file's package and one time: got %s and %d", got.Package, got.Count)
	}
	if got := all[1]; got.Package != "./pipeline" || got.Count != 2 {
		t.Errorf("as given: got %s and %d", got.Package, got.Count)
	}
	if found := matching(all, regexp.MustCompile("alignment/")); len(found) != 1 || found[0].Name != "o" {
		t.Errorf("matching the file: %v", found)
	}
	if _, err := from("- {rule: H, nmae: n}\n"); err == nil {
		t.Error("an unknown key is not refused")
	}
}
