package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"leadline/fixtures"
)

// extract is a generated extract that is kept between benchmarks.
type extract struct {
	dir   string
	lines int64 // professional claim lines that it holds
	year  int   // the performance year
}

func (x extract) path(name string) string { return filepath.Join(x.dir, name) }
func (x extract) runFile() string         { return x.path("run.yaml") }

// A list long enough to be asked about TIN by TIN takes more TINs than a small
// extract has by default, which is about one for so many lines.
const (
	fewestTINs = 600
	linesOfTIN = 13_000
)

// openExtract generates what is not there yet.
func openExtract(ctx context.Context, folder string, lines int) (extract, error) {
	x := extract{dir: filepath.Join(folder, fmt.Sprintf("lines-%d", lines))}
	if _, err := os.Stat(x.runFile()); err != nil {
		fmt.Fprintf(os.Stderr, "generating %d professional claim lines in %s\n", lines, x.dir)
		o := fixtures.Options{Dir: x.dir, Seed: 1, Lines: lines, Split: fixtures.SplitMonth}
		if lines < fewestTINs*linesOfTIN {
			o.TINs = fewestTINs
		}
		if _, err := fixtures.Generate(ctx, o); err != nil {
			return x, err
		}
	}
	text, err := os.ReadFile(x.path("generate.json"))
	if err != nil {
		return x, err
	}
	var report fixtures.Report
	err = json.Unmarshal(text, &report)
	x.lines, x.year = report.Table("professional_claim_line").Rows, report.PerformanceYear
	return x, err
}

// claimTables lie in a folder of a file a month each.
var claimTables = []string{"professional_claim_line", "institutional_claim", "institutional_claim_line"}

// linkClaims links all files of claims but the last month's into a folder. It
// names the files that it left out, and the flags by which a run reads the folder.
func (x extract) linkClaims(to string) (last, inputs []string, err error) {
	for _, table := range claimTables {
		files, err := filepath.Glob(x.path("extract/" + table + "/*.parquet")) // sorted
		if err != nil || len(files) < 2 {
			return nil, nil, errors.Join(err, fmt.Errorf("%s has %d files in %s: a month to add takes two", table, len(files), x.dir))
		}
		for _, file := range files[:len(files)-1] {
			if err := link(file, filepath.Join(to, table)); err != nil {
				return nil, nil, err
			}
		}
		last = append(last, files[len(files)-1])
		inputs = append(inputs, "--input", table+"="+filepath.Join(to, table))
	}
	return last, inputs, nil
}

func link(file, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return os.Link(file, filepath.Join(folder, filepath.Base(file)))
}
