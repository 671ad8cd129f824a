package pipeline_test

import (
	"context"
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

// run runs the main job on a run file, publishing into a folder of the test.
func run(t *testing.T, runFile string, flags ...string) pipeline.Outcome {
	t.Helper()
	out, err := tryRun(t, runFile, flags...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func tryRun(t *testing.T, runFile string, flags ...string) (pipeline.Outcome, error) {
	t.Helper()
	o := pipeline.Overrides{}
	hasOutput := false
	for _, flag := range flags {
		key, value, _ := strings.Cut(flag, "=")
		hasOutput = hasOutput || key == "output"
		o.Flags = append(o.Flags, pipeline.FlagOption{Flag: "--" + key, Key: key, Value: value})
	}
	if !hasOutput {
		output := t.TempDir()
		o.Flags = append(o.Flags,
			pipeline.FlagOption{Flag: "--output", Key: "output", Value: output},
			pipeline.FlagOption{Flag: "--cache", Key: "cache", Value: filepath.Join(output, ".cache")})
	}
	config, err := pipeline.LoadConfig(runFile, o)
	if err != nil {
		return pipeline.Outcome{}, err
	}
	return pipeline.Run(context.Background(), pipeline.Request{Config: config, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Out: io.Discard})
}

var testEngine engine.Engine

func TestMain(m *testing.M) {
	work, err := os.MkdirTemp("", "leadline-test-")
	if err == nil {
		testEngine, err = engine.OpenDuckDB(context.Background(), engine.Options{WorkFolder: work})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	testEngine.Close()
	os.RemoveAll(work)
	os.Exit(code)
}

// query asks about published files; values come back as text, null as "".
func query(t *testing.T, sql string) (columns []string, rows [][]string) {
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
func published(t *testing.T, run pipeline.Outcome, table string) oracle.Table {
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
	columns, rows := query(t, fmt.Sprintf("select * from read_parquet('%s/%s/*.parquet')", run.Path, table))
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
