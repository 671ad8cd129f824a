package pipeline_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"leadline/fixtures/oracle"
	"leadline/pipeline"
	"leadline/pipeline/engine"
	"leadline/schemas"
)

// tester is what *testing.T and *rapid.T have in common here.
type tester interface {
	Helper()
	Cleanup(func())
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// folder makes a folder that is gone at the end of the test.
func folder(t tester) string {
	t.Helper()
	dir, err := os.MkdirTemp(testFolder, "folder-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// run runs the main job on a run file, publishing into a folder of the test.
// A flag is key=value, as in output=out or inputs.aco=aco.csv.
func run(t tester, runFile string, flags ...string) pipeline.Outcome {
	t.Helper()
	out, err := tryRun(t, runFile, flags...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func tryRun(t tester, runFile string, flags ...string) (pipeline.Outcome, error) {
	t.Helper()
	r, err := request(t, runFile, flags...)
	if err != nil {
		return pipeline.Outcome{}, err
	}
	return pipeline.Run(context.Background(), r)
}

// request is what a command line with these flags asks for.
func request(t tester, runFile string, flags ...string) (pipeline.Request, error) {
	t.Helper()
	o := pipeline.Overrides{}
	hasOutput := false
	for _, flag := range flags {
		key, value, _ := strings.Cut(flag, "=")
		hasOutput = hasOutput || key == "output"
		o.Flags = append(o.Flags, pipeline.FlagOption{Flag: "--" + key, Key: key, Value: value})
	}
	if !hasOutput {
		o.Flags = append(o.Flags, pipeline.FlagOption{Flag: "--output", Key: "output", Value: folder(t)})
	}
	config, err := pipeline.LoadConfig(runFile, o)
	return pipeline.Request{Config: config, Log: slog.New(slog.DiscardHandler), Out: io.Discard}, err
}

// propertyChecks is how many extracts each property is tried on: every one
// costs whole runs. -rapid.checks sets another number.
const propertyChecks = "3"

var (
	testEngine engine.Engine
	testFolder string // gone when the tests end
)

func TestMain(m *testing.M) {
	code, err := testAll(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func testAll(m *testing.M) (code int, err error) {
	if testFolder, err = os.MkdirTemp("", "leadline-test-"); err != nil {
		return 0, err
	}
	defer os.RemoveAll(testFolder)
	work := filepath.Join(testFolder, "engine")
	if testEngine, err = engine.OpenDuckDB(context.Background(), engine.Options{WorkFolder: work}); err != nil {
		return 0, err
	}
	defer testEngine.Close()
	settings := map[string]string{"rapid.checks": propertyChecks, "rapid.shrinktime": "5s", "rapid.nofailfile": "true"}
	for name, value := range settings {
		if err := flag.Set(name, value); err != nil { // a flag of the command line comes after, and wins
			return 0, err
		}
	}
	return m.Run(), nil
}

// query asks about published files; values come back as text, null as "".
func query(t tester, sql string) (columns []string, rows [][]string) {
	t.Helper()
	result, err := testEngine.Query(context.Background(), sql)
	if err != nil {
		t.Fatal(err)
	}
	defer result.Release()
	values, err := result.Values()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range values {
		texts := make([]string, len(row))
		for i, v := range row {
			switch v := v.(type) {
			case nil:
			case time.Time:
				texts[i] = v.Format(time.DateOnly)
			case decimal.Decimal:
				texts[i] = v.String()
			default:
				texts[i] = fmt.Sprint(v)
			}
		}
		rows = append(rows, texts)
	}
	return result.Columns(), rows
}

// published reads a table of a run, keyed as the oracle keys its tables.
func published(t tester, run pipeline.Outcome, table string) oracle.Table {
	t.Helper()
	definition, known := schemas.Output(table)
	if !known {
		t.Fatalf("no table %s", table)
	}
	key := append([]string(nil), definition.Key...)
	for i, k := range key {
		if k == "line" {
			key[i] = "step"
		}
	}
	if table == "baseline" {
		key = []string{"aco_id", "category", "alignment_type"}
	}
	columns, rows := query(t, fmt.Sprintf("select * from read_parquet('%s/%s/*.parquet', hive_partitioning = false)", run.Path, table))
	got := oracle.Table{}
	for _, row := range rows {
		cells := map[string]string{}
		for i, c := range columns {
			cells[c] = row[i]
		}
		parts := make([]string, len(key))
		for i, k := range key {
			parts[i] = cells[k]
			delete(cells, k)
		}
		got[strings.Join(parts, "|")] = cells
	}
	return got
}
