package pipeline_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/fixtures"
	"leadline/fixtures/oracle"
	"leadline/pipeline"
)

// heard runs and keeps everything that the run says on the way.
func heard(t tester, runFile string, flags ...string) (out pipeline.Outcome, log string, err error) {
	t.Helper()
	r, err := request(t, runFile, flags...)
	if err != nil {
		return out, "", err
	}
	var text bytes.Buffer
	r.Log = slog.New(slog.NewTextHandler(&text, &slog.HandlerOptions{Level: slog.LevelDebug}))
	out, err = pipeline.Run(context.Background(), r)
	return out, text.String(), err
}

// identifiers are every bene_id of an extract, the earlier ones included.
func identifiers(t tester, dir string) []string {
	t.Helper()
	_, rows := query(t, "select distinct bene_id from "+files(filepath.Join(dir, "extract", "beneficiary.parquet")))
	var ids []string
	for _, row := range rows {
		ids = append(ids, row[0])
	}
	if crosswalk := filepath.Join(dir, "extract", "mbi_crosswalk.csv"); exists(crosswalk) {
		for _, row := range rowsOfCSV(t, crosswalk)[1:] {
			ids = append(ids, row...)
		}
	}
	return ids
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// holdsNoOne fails if a text holds one of the identifiers, which it does not
// print either.
func holdsNoOne(t tester, what, text string, ids []string) {
	t.Helper()
	if len(ids) == 0 {
		t.Fatal("no identifiers to look for")
	}
	if i := slices.IndexFunc(ids, func(id string) bool { return strings.Contains(text, id) }); i >= 0 {
		t.Errorf("%s: holds the identifier of a person: %s", what, strings.ReplaceAll(text, ids[i], "<bene_id>"))
	}
}

// publishedNothing fails if a run left more than its lock and a cache without
// a work folder.
func publishedNothing(t tester, output string) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(output, ".cache", "work-*"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(output)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != ".lock" && e.Name() != ".cache" {
			left = append(left, e.Name())
		}
	}
	if len(left) > 0 {
		t.Errorf("left in the output folder: %v", left)
	}
}

// A fault breaks an extract and says what the error must tell.
type fault struct {
	name string
	make func(t tester, r fixtures.Report, dir string) (flags []string)
	code int
	says []string
}

// column rewrites a table with a column made by an expression.
func column(table, column, expression string) func(tester, fixtures.Report, string) []string {
	return func(t tester, r fixtures.Report, dir string) []string {
		from := filepath.Join(r.Dir, "extract", table, "*.parquet")
		if found, _ := filepath.Glob(from); len(found) == 0 {
			from = filepath.Join(r.Dir, "extract", table+".parquet")
		}
		to := filepath.Join(dir, table+".parquet")
		rewrite(t, fmt.Sprintf("select * replace (%s as %s) from %s", expression, column, files(from)), to)
		return []string{"inputs." + table + "=" + to}
	}
}

// some puts a value into a few rows of a column, by hash of the key.
func some(table, name, value, key string) func(tester, fixtures.Report, string) []string {
	return column(table, name, fmt.Sprintf("case when hash(%s) %% 97 = 0 then %s else %s end", key, value, name))
}

// damaged copies a table's file with its bytes changed.
func damaged(table string, change func(text []byte) []byte) func(tester, fixtures.Report, string) []string {
	return func(t tester, r fixtures.Report, dir string) []string {
		text, err := os.ReadFile(filepath.Join(r.Dir, "extract", table+".parquet"))
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, table+".parquet")
		if err := os.WriteFile(to, change(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return []string{"inputs." + table + "=" + to}
	}
}

// list rewrites one of the lists beside the run file.
func list(table string, change func(header []string, rows [][]string) [][]string) func(tester, fixtures.Report, string) []string {
	return func(t tester, r fixtures.Report, dir string) []string {
		to := filepath.Join(dir, table+".csv")
		rewriteCSV(t, filepath.Join(r.Dir, table+".csv"), to, change)
		return []string{"inputs." + table + "=" + to}
	}
}

func flags(flags ...string) func(tester, fixtures.Report, string) []string {
	return func(tester, fixtures.Report, string) []string { return flags }
}

// onTwoLists puts a TIN that is in force on the last row's list as well.
func onTwoLists(header []string, rows [][]string) [][]string {
	effective, end := slices.Index(header, "effective_date"), slices.Index(header, "end_date")
	i := slices.IndexFunc(rows, func(row []string) bool { return row[effective] == "" && row[end] == "" })
	again := slices.Clone(rows[i])
	again[0] = rows[len(rows)-1][0]
	return slices.Insert(rows, 0, again, rows[i])
}

// startsLater makes the last ACO start in 2028.
func startsLater(header []string, rows [][]string) [][]string {
	rows[len(rows)-1][slices.Index(header, "first_performance_year")] = "2028"
	return rows
}

// ownValue is an amount that must not be shown.
const ownValue = "98765432109876"

var faults = []fault{
	{"missing file", flags("inputs.beneficiary=nowhere/beneficiary.parquet"), 65, []string{"beneficiary", "nowhere"}},
	{"glob without a file", flags("inputs.professional_claim_line=nowhere/*.parquet"), 65, []string{"professional_claim_line", "nowhere"}},
	{"numeric identifier", column("professional_claim_line", "tin", "cast(tin as bigint)"), 65, []string{"professional_claim_line", "column tin"}},
	{"money as a float", column("institutional_claim", "paid_amount", "cast(paid_amount as double)"), 65, []string{"institutional_claim", "column paid_amount"}},
	{"unknown code", some("professional_claim_line", "claim_type_code", "'99'", "claim_id"), 65, []string{"professional_claim_line", "column claim_type_code", "row"}},
	{"a month not on the first", some("enrollment_month", "month", "month + 1", "bene_id"), 65, []string{"enrollment_month", "column month"}},
	{"a date of another age", some("institutional_claim", "thru_date", "date '1899-01-01'", "claim_id"), 65, []string{"institutional_claim", "column thru_date"}},
	{"no person", some("professional_claim_line", "bene_id", "null", "claim_id"), 65, []string{"professional_claim_line", "bene_id"}},
	{"one key twice", column("beneficiary", "bene_id", "min(bene_id) over (partition by hash(bene_id) % 100)"), 65, []string{"beneficiary", "bene_id"}},
	{"an amount beyond its type", some("professional_claim_line", "paid_amount", "cast("+ownValue+".54 as decimal(18, 2))", "claim_id"), 65, []string{"professional_claim_line", "paid_amount"}},
	{"a file cut off", damaged("enrollment_month", func(text []byte) []byte { return text[:len(text)/2] }), 65, []string{"enrollment_month.parquet"}},
	{"a damaged page", damaged("enrollment_month", zeroed), 65, []string{"enrollment_month"}},
	{"TIN on two lists", list("participant_tin", onTwoLists), 65, []string{"participant_tin", "A0004 on row 1 of", "on row 2 of"}},
	{"ACOs of two first years", list("aco", startsLater), 65, []string{"2027: A0001, A0002, A0003", "2028: A0004"}},
	{"unknown parameter", flags("parameters.quality_shre=0.9"), 78, []string{"quality_shre"}},
	{"unknown value", flags("parameters.eligible_months=sometimes"), 78, []string{"eligible_months", "until_first_loss"}},
	{"a share above one", flags("parameters.quality_share=1.5"), 78, []string{"quality_share"}},
}

// zeroed loses the second quarter of a file: its footer is still sound.
func zeroed(text []byte) []byte {
	const parts = 4
	clear(text[len(text)/parts : 2*len(text)/parts])
	return text
}

// A fault ends with its code, says what and where, publishes nothing, and
// names no one.
func TestFaults(t *testing.T) {
	r := tiny(t)
	ids := identifiers(t, r.Dir)
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			output := folder(t)
			_, log, err := heard(t, r.RunFile, append(f.make(t, r, folder(t)), "output="+output)...)
			if err == nil {
				t.Fatal("no error")
			}
			if code := pipeline.ExitCode(err); code != f.code {
				t.Errorf("exit code %d, want %d: %s", code, f.code, err)
			}
			for _, words := range f.says {
				if !strings.Contains(err.Error(), words) {
					t.Errorf("does not say %q: %s", words, err)
				}
			}
			holdsNoOne(t, "error", err.Error(), ids)
			holdsNoOne(t, "log", log, ids)
			if strings.Contains(err.Error()+log, ownValue) {
				t.Errorf("shows the value of a row: %s", err)
			}
			publishedNothing(t, output)
		})
	}
}

// Every fault of an extract is named at once, and the result that readers see
// stays as it is.
func TestFaultsTogether(t *testing.T) {
	r := tiny(t)
	output := folder(t)
	run(t, r.RunFile, "output="+output)
	before := everything(t, output)
	var all []string
	var says []string
	for _, f := range faults {
		if slices.Contains([]string{"missing file", "numeric identifier", "money as a float", "a month not on the first", "TIN on two lists", "ACOs of two first years"}, f.name) {
			all = append(all, f.make(t, r, folder(t))...)
			says = append(says, f.says...)
		}
	}
	_, err := tryRun(t, r.RunFile, append(all, "output="+output)...)
	if err == nil || pipeline.ExitCode(err) != pipeline.ExitInput {
		t.Fatalf("got %v", err)
	}
	for _, words := range says {
		if !strings.Contains(err.Error(), words) {
			t.Errorf("does not say %q: %s", words, err)
		}
	}
	after := everything(t, output)
	for _, files := range []map[string]string{before, after} {
		maps.DeleteFunc(files, func(name, _ string) bool {
			return strings.HasPrefix(name, ".cache") || strings.HasSuffix(name, ".lock")
		})
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the published result changed: %s", diff)
	}
}

// A manifest counts what was found and names files, never a person; nor does
// the log of a run that goes through.
func TestManifestNamesNoOne(t *testing.T) {
	for seed := range uint64(3) {
		x, o := oracle.Random(seed)
		runFile := random(t, x, o)
		out, log, err := heard(t, runFile)
		if err != nil {
			t.Fatal(err)
		}
		if out.Warnings == 0 {
			t.Error("a run without findings shows nothing")
		}
		ids := identifiers(t, filepath.Dir(runFile))
		holdsNoOne(t, "manifest", string(publishedFile(t, out, "manifest.json")), ids)
		holdsNoOne(t, "log", log, ids)
	}
}
