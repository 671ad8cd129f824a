package compare_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"leadline/fixtures"
	"leadline/pipeline"
	"leadline/pipeline/compare"
	"leadline/pipeline/engine"
	"leadline/pipeline/publish"
)

// extract is a small synthetic extract with half of the performance year.
func extract(t *testing.T) fixtures.Report {
	t.Helper()
	o, err := fixtures.Preset("tiny")
	if err != nil {
		t.Fatal(err)
	}
	o.Dir, o.PerformanceYearMonths = filepath.Join(t.TempDir(), "extract"), 6
	report, err := fixtures.Generate(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func run(t *testing.T, runFile string, flags ...string) string {
	t.Helper()
	o := pipeline.Overrides{}
	for _, flag := range flags {
		key, value, _ := strings.Cut(flag, "=")
		o.Flags = append(o.Flags, pipeline.FlagOption{Flag: "--" + key, Key: key, Value: value})
	}
	config, err := pipeline.LoadConfig(runFile, o)
	if err != nil {
		t.Fatal(err)
	}
	out, err := pipeline.Run(t.Context(), pipeline.Request{Config: config, Log: slog.New(slog.DiscardHandler), Out: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	return out.Path
}

func diffOf(t *testing.T, from, to string) compare.Diff {
	t.Helper()
	d, err := compare.Compare(t.Context(), compare.Request{From: from, To: to})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// addsUp holds every bridge against its ends and counts the steps that moved.
func addsUp(t *testing.T, d compare.Diff) map[string]int {
	t.Helper()
	steps := map[string]int{}
	orZero := func(n *decimal.Decimal) decimal.Decimal {
		if n == nil {
			return decimal.Decimal{}
		}
		return *n
	}
	for _, b := range d.Bridges {
		pbpm, dollars := orZero(b.From.PBPM), orZero(b.From.Dollars)
		for _, l := range b.Lines {
			if l.Step == "unexplained" {
				t.Errorf("%s %s %s: %s dollars not explained", b.ACO, b.Category, b.AlignmentType, l.Dollars)
			}
			pbpm, dollars = pbpm.Add(l.PBPM), dollars.Add(l.Dollars)
			steps[l.Step]++
		}
		if !pbpm.Equal(orZero(b.To.PBPM)) || !dollars.Equal(orZero(b.To.Dollars)) {
			t.Errorf("%s %s %s: the lines lead to %s and %s, want %v and %v", b.ACO, b.Category, b.AlignmentType, pbpm, dollars, b.To.PBPM, b.To.Dollars)
		}
	}
	return steps
}

// shortList takes a TIN from each ACO that has one in force for good, and gives
// the first ACO's to the second.
func shortList(t *testing.T, from string) string {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var kept [][]string
	taken := map[string]bool{}
	for _, row := range rows {
		aco, forGood := row[0], row[2] == "" && row[3] == ""
		if forGood && !taken[aco] {
			taken[aco] = true
			if aco != "A0001" {
				continue
			}
			row[0] = "A0002"
		}
		kept = append(kept, row)
	}
	path := filepath.Join(t.TempDir(), "participant_tin.csv")
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(kept); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func openEngine(t *testing.T) engine.Engine {
	t.Helper()
	e, err := engine.OpenDuckDB(t.Context(), engine.Options{WorkFolder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// alignedPeople counts a run's aligned people by ACO and year, from its files.
func alignedPeople(t *testing.T, e engine.Engine, folder string) map[string]int64 {
	t.Helper()
	found := map[string]int64{}
	result, err := e.Query(t.Context(), fmt.Sprintf(`select aco_id, aligned_year, count(*) as people
		from read_parquet(%s) where aco_id is not null group by aco_id, aligned_year`, engine.Literal(folder+"/alignment/*.parquet")))
	if err != nil {
		t.Fatal(err)
	}
	defer result.Release()
	err = result.Each(func(r engine.Row) error {
		found[fmt.Sprint(r.Text("aco_id"), " ", r.Int("aligned_year"))] = r.Int("people")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Another list: the bridges lead from the published benchmarks of the one run to
// those of the other, people add up to the aligned of both, no one is named, and
// the text fits its width.
func TestAnotherList(t *testing.T) {
	r := extract(t)
	from := run(t, r.RunFile)
	to := run(t, r.RunFile, "inputs.participant_tin="+shortList(t, filepath.Join(r.Dir, "participant_tin.csv")))
	d := diffOf(t, from, to)
	if steps := addsUp(t, d); steps["baseline"] == 0 || steps["eligible_months"] == 0 {
		t.Errorf("steps that moved: %v, want the baseline and the eligible months among them", steps)
	}
	if d.Kept.BaseYearsUnchanged() {
		t.Error("the base years are unchanged, under another list")
	}
	if len(d.Basis.Inputs) != 1 || d.Basis.Inputs[0].Table != "participant_tin" || len(d.Basis.TINList.Changes) == 0 {
		t.Errorf("basis %+v, want the TIN list alone, ACO by ACO", d.Basis)
	}
	e := openEngine(t)
	net, after := alignedPeople(t, e, from), alignedPeople(t, e, to)
	moved := false
	for _, c := range d.People.Changes {
		sign := map[string]int64{"gained": 1, "moved_in": 1, "lost": -1, "moved_out": -1}[c.Change]
		net[fmt.Sprint(c.ACO, " ", c.AlignedYear)] += sign * c.People
		moved = moved || c.Change == "moved_in"
	}
	if !maps.Equal(net, after) || !moved {
		t.Errorf("aligned before, with the changes: %v, want those after: %v, and someone moved: %v", net, after, moved)
	}
	textFits(t, d)
	namesNoOne(t, e, r, d)
}

func textFits(t *testing.T, d compare.Diff) {
	t.Helper()
	var text bytes.Buffer
	if err := d.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(text.String()) {
		if len(line) > 101 && !strings.Contains(line, d.From.Path) && !strings.Contains(line, d.To.Path) {
			t.Errorf("%d characters: %s", len(line)-1, line)
		}
	}
}

func namesNoOne(t *testing.T, e engine.Engine, r fixtures.Report, d compare.Diff) {
	t.Helper()
	var text bytes.Buffer
	asJSON, err := publish.CanonicalJSON(d)
	if err := d.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	result, err := e.Query(t.Context(), "select bene_id from read_parquet("+engine.Literal(filepath.Join(r.Dir, "extract", "beneficiary.parquet"))+")")
	if err != nil {
		t.Fatal(err)
	}
	defer result.Release()
	people := 0
	err = result.Each(func(row engine.Row) error {
		people++
		if id := row.Text("bene_id"); strings.Contains(text.String(), id) || bytes.Contains(asJSON, []byte(id)) {
			t.Error("the diff names a person")
		}
		return nil
	})
	if err != nil || people == 0 {
		t.Errorf("%d people looked for (%v)", people, err)
	}
}

// A quarterly update: the same list, newer months and other risk scores of the
// performance year. It moves what the methodology lets move and nothing else.
func TestQuarterlyUpdate(t *testing.T) {
	r := extract(t)
	e := openEngine(t)
	older := t.TempDir()
	rewritten := func(table, query string) string {
		path := filepath.Join(older, table+".parquet")
		source := engine.Literal(filepath.Join(r.Dir, "extract", table+".parquet"))
		if _, err := e.Write(t.Context(), fmt.Sprintf(query, source), path); err != nil {
			t.Fatal(err)
		}
		return "inputs." + table + "=" + path
	}
	from := run(t, r.RunFile,
		rewritten("enrollment_month", "select * from read_parquet(%s) where month < date '2027-04-01' order by bene_id, month"),
		rewritten("risk_score", `select * replace (cast(case when year = 2027 then score * 101 / 100 else score end as decimal(9, 6)) as score)
			from read_parquet(%s) order by bene_id, year, category`))
	d := diffOf(t, from, run(t, r.RunFile))
	if !d.Kept.BaseYearsUnchanged() || d.Kept.ACPT.OnlyFrom+d.Kept.ACPT.OnlyTo > 0 {
		t.Errorf("kept %+v, want base years and ACPT unchanged", d.Kept)
	}
	for _, f := range d.Kept.Files {
		if strings.HasPrefix(f.Path, "alignment/") && !strings.HasSuffix(f.Path, "_2027.parquet") && f.State != compare.Identical {
			t.Errorf("%s is %s, want it identical", f.Path, f.State)
		}
	}
	mayMove := []string{"national_weight", "regional_trend", "acpt_guarded", "risk_ratio", "eligible_months", "group_appeared",
		"became_calculable", "group_disappeared", "became_not_calculable", "rounding"}
	steps := addsUp(t, d)
	for step := range steps {
		if !slices.Contains(mayMove, step) {
			t.Errorf("%s moved, which rests on the base years", step)
		}
	}
	if steps["eligible_months"] == 0 || steps["risk_ratio"] == 0 {
		t.Errorf("steps that moved: %v, want eligible months and the risk ratio among them", steps)
	}
	var text bytes.Buffer
	if err := d.WriteText(&text); err != nil || !strings.Contains(text.String(), "Base years and ACPT unchanged.") {
		t.Errorf("the text does not say so (%v)", err)
	}
}

// A run and itself differ in nothing.
func TestSameRun(t *testing.T) {
	r := extract(t)
	only := run(t, r.RunFile)
	d := diffOf(t, only, only)
	if steps := addsUp(t, d); len(steps) > 0 || len(d.People.Changes) > 0 || len(d.Basis.Inputs) > 0 || !d.Kept.BaseYearsUnchanged() || len(d.Groups) == 0 {
		t.Errorf("a run against itself: %v, %+v", steps, d.People)
	}
	for _, g := range d.Groups {
		if g.From != g.To && !g.From.Dollars.Equal(g.To.Dollars) {
			t.Errorf("group %+v", g)
		}
	}
}
