package pipeline

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/schemas"
)

const goodRunFile = `performance_year: 2027
inputs:
  professional_claim_line: extract/professional_claim_line/*.parquet
  institutional_claim: extract/institutional_claim
  enrollment_month: extract/enrollment_month.parquet
  beneficiary: extract/beneficiary.parquet
  participant_tin: participant_tin.csv
  aco: /lists/aco.csv
output: out
`

func writeRunFile(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "run.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestConfigDefaultsAndPaths(t *testing.T) {
	file := writeRunFile(t, goodRunFile)
	dir := filepath.Dir(file)
	got, err := LoadConfig(file, Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		File: file, PerformanceYear: 2027,
		Inputs: map[string]string{
			"professional_claim_line": filepath.Join(dir, "extract/professional_claim_line/*.parquet"),
			"institutional_claim":     filepath.Join(dir, "extract/institutional_claim"),
			"enrollment_month":        filepath.Join(dir, "extract/enrollment_month.parquet"),
			"beneficiary":             filepath.Join(dir, "extract/beneficiary.parquet"),
			"participant_tin":         filepath.Join(dir, "participant_tin.csv"),
			"aco":                     "/lists/aco.csv", // absolute: as it stands
		},
		Output: filepath.Join(dir, "out"), Cache: filepath.Join(dir, "out", ".cache"),
		Engine: "duckdb", MemoryLimit: 3_000_000_000, Threads: 0,
		Parameters: map[string]any{}, Publish: Publish{RowLevel: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestConfigParametersKeepTheirDigits(t *testing.T) {
	file := writeRunFile(t, goodRunFile+`parameters:
  eligible_months: until_first_loss
  quality_share: 0.10
  primary_share: 1/3
  mid_year_month: 2027-07-01
  nothing: null
  service_area: false
  run_out_months: 3
  code: 0123
publish: {row_level: false}
`)
	got, err := LoadConfig(file, Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"eligible_months": "until_first_loss",
		"quality_share":   "0.10", // no float: the digits as written
		"primary_share":   "1/3",
		"mid_year_month":  "2027-07-01",
		"nothing":         nil,
		"service_area":    false,
		"run_out_months":  int64(3),
		"code":            "0123",
	}
	if diff := cmp.Diff(want, got.Parameters); diff != "" {
		t.Error(diff)
	}
	if got.Publish.RowLevel {
		t.Error("publish.row_level: false was not taken up")
	}
}

func TestConfigErrors(t *testing.T) {
	tests := []struct {
		name string
		text string
		want []string // each a whole line of the error, behind the file's name
	}{
		{"unknown key", goodRunFile + "thread: 4\n", []string{`:10: unknown key "thread"; did you mean "threads"?`}},
		{"unknown key far from any", goodRunFile + "colour: red\n", []string{
			`:10: unknown key "colour"; known are cache, engine, inputs, memory_limit, output, parameters, performance_year, publish, spark, threads`}},
		{"unknown nested key", goodRunFile + "publish:\n  row_levle: true\n", []string{`:11: unknown key "row_levle"; did you mean "row_level"?`}},
		{"unknown table", strings.Replace(goodRunFile, "  aco:", "  acos:", 1), []string{
			`:2: inputs: missing required tables: aco`,
			`:8: unknown input table "acos"; did you mean "aco"?`}},
		{"wrong type", goodRunFile + "threads: four\n", []string{`:10: threads: want a whole number, not text`}},
		{"fraction of a thread", goodRunFile + "threads: 1.5\n", []string{`:10: threads: want a whole number, not a number`}},
		{"list for a table", strings.Replace(goodRunFile, "  aco: /lists/aco.csv", "  aco: [a.csv, b.csv]", 1), []string{`:8: inputs.aco: want text, not a list`}},
		{"nothing for a table", strings.Replace(goodRunFile, "  aco: /lists/aco.csv", "  aco:", 1), []string{`:8: inputs.aco: want text, not nothing`}},
		{"year as text", strings.Replace(goodRunFile, "2027", `"2027"`, 1), []string{`:1: performance_year: want a whole number, not text`}},
		{"year before the model", strings.Replace(goodRunFile, "2027", "2026", 1), []string{`:1: performance_year: 2026 is below the least, 2027`}},
		{"year after the model", strings.Replace(goodRunFile, "2027", "2037", 1), []string{`:1: performance_year: 2037 is above the greatest, 2036`}},
		{"memory without unit", goodRunFile + "memory_limit: 3000000000\n", []string{`:10: memory_limit: want text, not a number`}},
		{"memory of another world", goodRunFile + "memory_limit: lots\n", []string{
			`:10: memory_limit: "lots" is not a memory size; write a number with KB, MB, GB, TB, KiB, MiB, GiB or TiB, such as 3GB`}},
		{"spark", goodRunFile + "engine: spark\nspark: {master: local}\n", []string{`:10: engine: spark is not available in this version; use duckdb`}},
		{"another engine", goodRunFile + "engine: sqlite\n", []string{`:10: engine: want one of duckdb, spark`}},
		{"tables missing", "performance_year: 2027\noutput: out\ninputs:\n  aco: aco.csv\n", []string{
			`:3: inputs: missing required tables: professional_claim_line, institutional_claim, enrollment_month (or enrollment_span), beneficiary, participant_tin`}},
		{"months and spans", strings.Replace(goodRunFile, "output:", "  enrollment_span: spans.parquet\noutput:", 1), []string{
			`:9: inputs: enrollment_month and enrollment_span are both given, and one replaces the other; leave one out`}},
		{"required keys missing", "threads: 1\n", []string{`: inputs is missing`, `: output is missing`, `: performance_year is missing`}},
		{"all at once", strings.Replace(goodRunFile, "2027", "1999", 1) + "thread: 1\nengin: duckdb\n", []string{
			`:1: performance_year: 1999 is below the least, 2027`,
			`:10: unknown key "thread"; did you mean "threads"?`,
			`:11: unknown key "engin"; did you mean "engine"?`}},
		{"a key twice", goodRunFile + "output: other\n", []string{`:10: not YAML: mapping key "output" already defined at [9:1]`}},
		{"broken YAML", "performance_year: 2027\ninputs: {aco: x\n", nil},
		{"empty", "# nothing\n", []string{`: the run file is empty; it needs performance_year, inputs and output`}},
		{"a list", "- 1\n", []string{`:1: a run file is a mapping of keys to values`}},
		{"two documents", goodRunFile + "---\nthreads: 1\n", []string{`:11: a run file is one YAML document, here a second begins`}},
		{"anchors", goodRunFile + "cache: &c x\n", []string{`:10: write the value out; anchors, tags and the like are not read`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := writeRunFile(t, tt.text)
			_, err := LoadConfig(file, Overrides{})
			if err == nil {
				t.Fatal("no error")
			}
			if code := ExitCode(err); code != ExitConfig {
				t.Errorf("exit code %d, want %d", code, ExitConfig)
			}
			if tt.want == nil {
				return
			}
			want := file + strings.Join(tt.want, "\n"+file)
			if diff := cmp.Diff(want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestConfigOverrides(t *testing.T) {
	file := writeRunFile(t, goodRunFile+"threads: 1\nmemory_limit: 1GB\nparameters: {quality_share: 0.5}\n")
	got, err := LoadConfig(file, Overrides{
		Environ: []string{
			"PATH=/bin", "LEADLINE_THREADS=2", "LEADLINE_MEMORY_LIMIT=2GB", "LEADLINE_OUTPUT=elsewhere",
			"LEADLINE_INPUTS_ACO=other.csv", "LEADLINE_PARAMETERS_QUALITY_SHARE=0.7", "LEADLINE_PUBLISH_ROW_LEVEL=false",
			"LEADLINE_SOMETHING_OF_ANOTHER_TOOL=1",
		},
		Flags: []FlagOption{{"--threads", "threads", "3"}, {"--set risk_ratio_cap.AD", "parameters.risk_ratio_cap.AD", "0.05"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.Threads != 3 {
		t.Errorf("threads %d: the flag is over the environment, which is over the file", got.Threads)
	}
	if got.MemoryLimit != 2_000_000_000 || got.Output != "elsewhere" || got.Inputs["aco"] != "other.csv" || got.Publish.RowLevel {
		t.Errorf("the environment is over the file: %+v", got)
	}
	if want := filepath.Join("elsewhere", ".cache"); got.Cache != want {
		t.Errorf("cache %s, want %s: it follows the output", got.Cache, want)
	}
	want := map[string]any{"quality_share": "0.7", "risk_ratio_cap.AD": "0.05"}
	if diff := cmp.Diff(want, got.Parameters); diff != "" {
		t.Error(diff)
	}
}

func TestConfigOverrideErrorsNameTheirPlace(t *testing.T) {
	file := writeRunFile(t, goodRunFile)
	_, err := LoadConfig(file, Overrides{
		Environ: []string{"LEADLINE_THREAD=2", "LEADLINE_PERFORMANCE_YEAR=soon"},
		Flags:   []FlagOption{{"--threads", "threads", "-1"}, {"--input acos", "inputs.acos", "x"}},
	})
	want := strings.Join([]string{
		`--threads: threads: -1 is below the least, 0`,
		`environment LEADLINE_PERFORMANCE_YEAR: performance_year: want a whole number, not text`,
		`environment LEADLINE_THREAD: unknown variable; did you mean LEADLINE_THREADS?`,
		`--input acos: unknown input table "acos"; did you mean "aco"?`,
	}, "\n")
	if err == nil {
		t.Fatal("no error")
	}
	got := strings.Split(err.Error(), "\n")
	for _, line := range strings.Split(want, "\n") {
		if !contains(got, line) {
			t.Errorf("missing %q in\n%s", line, err)
		}
	}
	if len(got) != 4 {
		t.Errorf("%d errors, want 4:\n%s", len(got), err)
	}
}

func contains(lines []string, want string) bool {
	for _, l := range lines {
		if l == want {
			return true
		}
	}
	return false
}

func TestConfigFileMissing(t *testing.T) {
	_, err := LoadConfig(filepath.Join(t.TempDir(), "none.yaml"), Overrides{})
	if err == nil || ExitCode(err) != ExitConfig || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("got %v", err)
	}
}

func TestParseMemory(t *testing.T) {
	for text, want := range map[string]int64{
		"3GB": 3_000_000_000, "3 GiB": 3 << 30, "1.5gb": 1_500_000_000, "512MB": 512_000_000, " 2TiB ": 2 << 40, "64MB": 64_000_000,
	} {
		if got, err := ParseMemory(text); err != nil || got != want {
			t.Errorf("ParseMemory(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "3", "GB", "-3GB", "3G", "1/2GB", "1e3GB", "63MB", "0GB", "99999999999TB", "three GB"} {
		if got, err := ParseMemory(text); err == nil {
			t.Errorf("ParseMemory(%q) = %d, want an error", text, got)
		}
	}
}

// The schema is what editors and readers see; the code must mean the same.
func TestRunSchemaAgreesWithTheCode(t *testing.T) {
	text, err := RunSchema()
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]struct {
			Default    any            `json:"default"`
			Properties map[string]any `json:"properties"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	if got := schema.Properties["memory_limit"].Default; got != defaultMemoryLimit {
		t.Errorf("memory_limit defaults to %v in the schema, %v in the code", got, defaultMemoryLimit)
	}
	if got := schema.Properties["engine"].Default; got != defaultEngine {
		t.Errorf("engine defaults to %v in the schema, %v in the code", got, defaultEngine)
	}
	if got, want := len(schema.Properties["inputs"].Properties), len(schemas.Inputs()); got != want {
		t.Errorf("%d input tables in the schema, %d in package schemas", got, want)
	}
}
