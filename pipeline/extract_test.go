package pipeline_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"leadline/fixtures"
	"leadline/fixtures/oracle"
	"leadline/pipeline/engine"
)

// generatedPeople give some 250,000 professional lines: enough that engine and
// limits have something to bite on, a few seconds a run.
const generatedPeople = 2000

// generated is one synthetic extract with months of the performance year, made
// once for all tests, which must not change it.
var generated = sync.OnceValues(func() (fixtures.Report, error) {
	return fixtures.Generate(context.Background(), fixtures.Options{
		Dir: filepath.Join(testFolder, "generated"), Seed: 7, Beneficiaries: generatedPeople, PerformanceYearMonths: 5, Files: 3,
	})
})

// tiny is a synthetic extract of 300 people whose performance year has no
// enrollment, in a folder of the test's own.
func tiny(t *testing.T) fixtures.Report {
	t.Helper()
	options, err := fixtures.Preset("tiny")
	if err != nil {
		t.Fatal(err)
	}
	options.Dir = filepath.Join(folder(t), "extract")
	r, err := fixtures.Generate(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// random writes the oracle's extract of a seed, as drawn or changed.
func random(t tester, x oracle.Extract, o oracle.Options) (runFile string) {
	t.Helper()
	dir := folder(t)
	if err := oracle.Write(dir, x, o); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "run.yaml")
}

// rewrite writes a query's rows as a Parquet file of small row groups.
func rewrite(t tester, sql, path string) {
	t.Helper()
	const rowsOfGroup = 16384
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	query(t, fmt.Sprintf("copy (%s) to %s (format parquet, row_group_size %d)", sql, engine.Literal(path), rowsOfGroup))
}

// files is a scan of a table's files.
func files(glob string) string { return "read_parquet(" + engine.Literal(glob) + ")" }

// rewriteCSV copies a CSV file with its rows, header apart, changed.
func rewriteCSV(t tester, from, to string, change func(header []string, rows [][]string) [][]string) {
	t.Helper()
	rows := rowsOfCSV(t, from)
	f, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := csv.NewWriter(f)
	if err := w.WriteAll(append([][]string{rows[0]}, change(rows[0], rows[1:])...)); err != nil {
		t.Fatal(err)
	}
}

// shuffled puts rows in another order.
func shuffled(_ []string, rows [][]string) [][]string {
	r := rand.New(rand.NewPCG(1, uint64(len(rows))))
	r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}
