package benchmark

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"leadline/schemas"
)

func bridgeRun(t testing.TB, in Input, overrides map[string]any) BridgeRun {
	t.Helper()
	r := computed(t, in, overrides)
	return BridgeRun{r.Benchmarks, r.Steps, r.Consulted}
}

// written is a bridge as text: its ends and its lines.
func written(bridges []Bridge, category, alignmentType string) []string {
	text := func(d *decimal.Decimal) string {
		if d == nil {
			return "-"
		}
		return d.String()
	}
	var lines []string
	for _, b := range bridges {
		if string(b.Category) != category || string(b.AlignmentType) != alignmentType {
			continue
		}
		lines = append(lines, fmt.Sprintf("from %s %s", text(b.From.PBPM), text(b.From.Dollars)))
		for _, l := range b.Lines {
			lines = append(lines, fmt.Sprintf("%s %s..%s %s %s", l.Step, text(l.From), text(l.To), l.PBPM, l.Dollars))
		}
		lines = append(lines, fmt.Sprintf("to %s %s", text(b.To.PBPM), text(b.To.Dollars)))
	}
	return lines
}

// noRisk takes the risk ratio of the plain ACO from 1.02 to 1.
func noRisk(t testing.TB, in *Input) {
	for i, e := range in.Exposure {
		if e.Year == 2027 {
			in.Exposure[i].RiskScoreSum = ratio(t, "1200")
		}
	}
}

func to2028(t testing.TB, in *Input) { later(t, in, 2028, "14520", "13310", "1.15") }

// newcomers are 100 months of P without history or score: the claims baseline,
// a risk ratio of 1.
func newcomers(t testing.TB, in *Input) {
	volunteers(t, in, map[int][3]string{2027: {"100", "0", "0"}})
}

// The plain ACO's settlement benchmark is 1102.5190914, for 1200 months
// 1323022.90968; the working stands at plainACO.
func TestBridges(t *testing.T) {
	plain := bridgeRun(t, plainACO(t), nil)
	with := func(overrides map[string]any, changes ...change) BridgeRun {
		in := plainACO(t)
		for _, change := range changes {
			change(t, &in)
		}
		return bridgeRun(t, in, overrides)
	}
	two := bridgeRun(t, twoCategories(t), nil)
	tests := []struct {
		name     string
		from, to BridgeRun
		line     [2]string
		want     []string
	}{
		{"nothing changed", plain, plain, [2]string{"AD", "claims"}, []string{"from 1102.52 1323022.91", "to 1102.52 1323022.91"}},
		// 1059.25 × 1.052 × 1 × 0.97 = 1080.90107; × 1200 = 1297081.284
		{"the risk ratio", plain, with(nil, noRisk), [2]string{"AD", "claims"}, []string{
			"from 1102.52 1323022.91", "risk_ratio 1.02..1 -21.62 -25941.63", "to 1080.9 1297081.28"}},
		// then less 0.1 × 0.03 × 1080.90107 = 3.24270321: 1077.65836679; × 1200 = 1293190.040148
		{"then the earned share, in the worksheet's order", plain, with(map[string]any{"quality_share": "0.9"}, noRisk), [2]string{"AD", "claims"}, []string{
			"from 1102.52 1323022.91", "risk_ratio 1.02..1 -21.62 -25941.63",
			"settlement_benchmark 1..0.9 -3.24 -3891.24", "to 1077.66 1293190.04"}},
		// the ACO's mean over one group is the group's
		{"of the ACO", plain, with(nil, noRisk), [2]string{"all", "all"}, []string{
			"from 1102.52 1323022.91", "risk_ratio 1.02..1 -21.62 -25941.63", "to 1080.9 1297081.28"}},
		// AD gains 224.125 for 40.75: 1242.625 × 1.052 × 1.02 × 0.97 = 1293.3847401, × 1200 = 1552061.68812;
		// ESRD is (10185 + 224.125) × 1.052 × 1.02 × 0.97 = 10834.3252653, × 1200 = 13001190.31836;
		// the mean 6063.8550027, in all 14553252.00648
		{"a group that has become calculable", plain, two, [2]string{"all", "all"}, []string{
			"from 1102.52 1323022.91", "adjustment 40.75..224.125 190.86 229038.78",
			"became_calculable -..- 4770.48 13001190.32", "to 6063.86 14553252.01"}},
		{"and back: it leaves first", two, plain, [2]string{"all", "all"}, []string{
			"from 6063.86 14553252.01", "became_not_calculable -..- -4770.48 -13001190.32",
			"adjustment 224.125..40.75 -190.86 -229038.78", "to 1102.52 1323022.91"}},
		{"the group itself", plain, two, [2]string{"ESRD", "claims"}, []string{
			"from - -", "became_calculable -..- 10834.33 13001190.32", "to 10834.33 13001190.32"}},
		// the newcomers' 1080.90107 × 100 = 108090.107; in all 1431113.01668, / 1300 = 1100.85616...
		{"a group that is no longer there", with(nil, newcomers), plain, [2]string{"all", "all"}, []string{
			"from 1100.86 1431113.02", "group_disappeared -..- 1.66 -108090.11", "to 1102.52 1323022.91"}},
		{"a new group", plain, with(nil, newcomers), [2]string{"AD", "voluntary"}, []string{
			"from - -", "group_appeared -..- 1080.9 108090.11", "to 1080.9 108090.11"}},
		// HB 1138.5, no adjustment: 1138.5 × 1.052 = 1197.702, × 1.02 = 1221.65604, × 0.97 = 1185.0063588, × 1200 = 1422007.63056;
		// the adjustment leaves: baseline (1138.5 + 40.75) × 1.052 × 1.02 × 0.97 = 1227.4209474, × 1200 = 1472905.13688;
		// the higher group's discount: 1221.65604 × 0.9825 = 1200.2770593, × 1200 = 1440332.47116
		{"another spending group", plain, with(nil, higher), [2]string{"AD", "claims"}, []string{
			"from 1102.52 1323022.91", "baseline 1018.5..1138.5 124.9 149882.23", "adjustment 40.75..0 -42.41 -50897.51",
			"discount_rate 0.03..0.0175 15.27 18324.84", "to 1200.28 1440332.47"}},
		// what is withheld and earned back whole moves nothing, and is said
		{"a change without effect", plain, with(map[string]any{"quality_withhold": "0.05"}), [2]string{"AD", "claims"}, []string{
			"from 1102.52 1323022.91", "quality_withhold 0.03..0.05 0 0", "to 1102.52 1323022.91"}},
		// 1059.25 × 1.102 × 0.97 = 1132.274695, × 1200 = 1358729.634; annually guarded (worked at TestWorksheetLaterYears)
		// 1168.51653363 × 0.97 = 1133.4610376, × 1200 = 1360153.2451
		{"the other reading of the guardrail", with(nil, to2028), with(map[string]any{"guardrail_reading": "annual"}, to2028), [2]string{"AD", "claims"}, []string{
			"from 1132.27 1358729.63", "acpt_guarded 1.106..1.10946387 1.19 1423.62", "to 1133.46 1360153.25"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bridges, err := Bridges(tt.from, tt.to)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, written(bridges, tt.line[0], tt.line[1])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The ends hold the spending group on either side.
func TestBridgeSpendingGroup(t *testing.T) {
	in := plainACO(t)
	higher(t, &in)
	bridges, err := Bridges(bridgeRun(t, plainACO(t), nil), bridgeRun(t, in, nil))
	if err != nil {
		t.Fatal(err)
	}
	if b := bridges[0]; !(bridgeKey{b.ACO, b.Category, b.AlignmentType}).isTotal() || b.From.SpendingGroup != Lower || b.To.SpendingGroup != Higher {
		t.Errorf("first bridge %+v, want the ACO's total, from lower to higher", b)
	}
}

// What a damaged or foreign run lacks is named.
func TestBridgeRefuses(t *testing.T) {
	whole := bridgeRun(t, plainACO(t), nil)
	lacking := whole
	lacking.Steps = nil
	_, err := Bridges(whole, lacking)
	refused(t, err, "the run compared to: benchmark_step of ACO A1, AD claims: no value of step baseline, though the line has a benchmark")
	lacking = whole
	lacking.Parameters = nil
	_, err = Bridges(lacking, whole)
	refused(t, err, "the run compared from: the manifest does not name the parameter guardrail_reading of 2027")
	for _, p := range whole.Parameters {
		p.From++ // not yet in force
		lacking.Parameters = append(lacking.Parameters, p)
	}
	_, err = Bridges(lacking, whole)
	refused(t, err, "the run compared from: the manifest does not name the parameter guardrail_reading of 2027")
}

// A benchmark that the rules do not make of its steps is no rounding: one of
// another version, here a dollar and its 1200 months dearer.
func TestBridgeUnexplained(t *testing.T) {
	from, to := bridgeRun(t, plainACO(t), nil), bridgeRun(t, plainACO(t), nil)
	for i := range to.Benchmarks {
		if row := &to.Benchmarks[i]; row.IsCalculable {
			pbpm, dollars := dec(t, "1103.52"), dec(t, "1324222.91")
			row.PBPM.SettlementBenchmark, row.Dollars.SettlementBenchmark = &pbpm, &dollars
		}
	}
	bridges, err := Bridges(from, to)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"from 1102.52 1323022.91", "unexplained -..- 1 1200", "to 1103.52 1324222.91"}
	if diff := cmp.Diff(want, written(bridges, "AD", "claims")); diff != "" {
		t.Error(diff)
	}
}

// drawnRun moves everything that a settlement benchmark is made of.
func drawnRun(t *rapid.T, tb testing.TB, name string, year int) BridgeRun {
	in := twoCategories(tb)
	if year > in.PerformanceYear {
		later(tb, &in, year, "14520", "13310", "1.15")
	}
	number := func(what string, least, most int64, places int32) decimal.Decimal {
		return decimal.New(rapid.Int64Range(least, most).Draw(t, name+" "+what), -places)
	}
	volunteers(tb, &in, map[int][3]string{2026: {"60", "70", "90000"}, year: {"90", "90", "0"}})
	if rapid.Bool().Draw(t, name+" no volunteers") {
		drop(&in.Exposure, func(e Exposure) bool { return e.AlignmentType == "voluntary" })
	}
	for i := range in.Exposure {
		e := &in.Exposure[i]
		e.EligibleMonths = schemas.PersonMonths(number("months", 1, 2000, 0).IntPart())
		e.RiskScoreMonths = e.EligibleMonths
		e.RiskScoreSum = schemas.NewRatio(e.EligibleMonths.Decimal().Mul(number("score", 950, 1050, 3)))
	}
	for i := range in.Expenditure {
		in.Expenditure[i].Completed = schemas.NewUSD(number("dollars", 100, 400_000_000, 2))
	}
	in.ACPT[len(in.ACPT)-1].Factor = schemas.NewRatio(number("acpt", 900, 1300, 3))
	in.RateBook = []RateBookRate{{"01001", year, "AD", schemas.NewPBPM(number("rate", 50000, 200000, 2)), nil}}
	in.ACOs[0].RiskOption = rapid.SampledFrom([]RiskOption{Global, Professional}).Draw(t, name+" option")
	return bridgeRun(tb, in, map[string]any{
		"quality_share":         number("earned", 0, 100, 2).String(),
		"quality_withhold":      number("withhold", 0, 10, 2).String(),
		"update_blend.two_way":  number("blend", 0, 100, 2).String(),
		"update_blend.acpt":     number("blend of the ACPT", 0, 100, 2).String(),
		"quality_withhold_base": rapid.SampledFrom([]string{"after_discount", "before_discount"}).Draw(t, name+" base"),
		"guardrail_reading":     rapid.SampledFrom([]string{"cumulative", "annual"}).Draw(t, name+" reading"),
	})
}

// Whatever changes, the lines add up to the difference to the cent, and all of
// it but roundings is explained: the rules applied to the published steps give
// the published benchmark.
func TestBridgesAddUp(t *testing.T) {
	calculable := map[int]int{} // bridges between two calculable ends, by year
	rapid.Check(t, func(r *rapid.T) {
		year := rapid.SampledFrom([]int{2027, 2034}).Draw(r, "year")
		bridges, err := Bridges(drawnRun(r, t, "from", year), drawnRun(r, t, "to", year))
		if err != nil {
			r.Fatal(err)
		}
		for _, b := range bridges {
			pbpm, dollars := orZero(b.From.PBPM), orZero(b.From.Dollars)
			for _, l := range b.Lines {
				pbpm, dollars = pbpm.Add(l.PBPM), dollars.Add(l.Dollars)
				if l.Step == bridgeUnexplained {
					r.Errorf("%s %s: %s PBPM, %s dollars not explained", b.Category, b.AlignmentType, l.PBPM, l.Dollars)
				}
			}
			if !pbpm.Equal(orZero(b.To.PBPM)) || !dollars.Equal(orZero(b.To.Dollars)) {
				r.Errorf("%s %s: %s and %s, want %s and %s", b.Category, b.AlignmentType, pbpm, dollars, b.To.PBPM, b.To.Dollars)
			}
			if b.From.IsCalculable && b.To.IsCalculable {
				calculable[year]++
			}
		}
	})
	if calculable[2027] == 0 || calculable[2034] == 0 {
		t.Errorf("bridges with two calculable ends, by year: %v; want some of each", calculable)
	}
}
