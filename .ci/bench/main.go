// Bench measures a whole run against a floor, on a generated extract.
//
// The floor is DuckDB reading exactly the columns that a run reads, from the
// same files, once, with a trivial aggregate. Floor and run alternate, so that
// a machine that slows down slows both; medians are reported. Every run starts
// without a cache, its digests included.
//
//	go run -tags duckdb_arrow ./.ci/bench -lines 10000000 -rounds 5
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"leadline/fixtures"
	"leadline/pipeline"
	"leadline/pipeline/engine"
	"leadline/pipeline/input"
)

// neverRead are the columns of the contract that no step and no check reads.
var neverRead = []string{
	"npi", "sex_code", "dual_status_code", "original_entitlement_code", "discharge_date", "covered_day_count",
	"institutional_claim_line.service_date", "institutional_claim_line.paid_amount",
}

func main() {
	lines := flag.Int("lines", 10_000_000, "professional claim lines of the extract")
	rounds := flag.Int("rounds", 5, "times that floor and run alternate")
	binary := flag.String("binary", ".build/leadline", "the program to measure")
	folder := flag.String("folder", ".build/bench", "where the extract is kept between benchmarks")
	flag.Parse()
	if err := bench(context.Background(), *lines, *rounds, *binary, *folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func bench(ctx context.Context, lines, rounds int, binary, folder string) error {
	dir := filepath.Join(folder, fmt.Sprintf("lines-%d", lines))
	if _, err := os.Stat(filepath.Join(dir, "run.yaml")); err != nil {
		fmt.Printf("generating %d professional claim lines in %s\n", lines, dir)
		if _, err := fixtures.Generate(ctx, fixtures.Options{Dir: dir, Seed: 1, Lines: lines, Split: fixtures.SplitYear}); err != nil {
			return err
		}
	}
	query, err := floorQuery(ctx, filepath.Join(dir, "run.yaml"))
	if err != nil {
		return err
	}
	var floors, runs []time.Duration
	var peak int64
	for i := range rounds {
		floor, err := timeFloor(ctx, query)
		if err != nil {
			return err
		}
		run, memory, err := timeRun(ctx, binary, dir)
		if err != nil {
			return err
		}
		fmt.Printf("round %d: floor %.2f s, run %.2f s, peak %.2f GiB\n", i+1, floor.Seconds(), run.Seconds(), gibibytes(memory))
		floors, runs, peak = append(floors, floor), append(runs, run), max(peak, memory)
	}
	floor, run := median(floors), median(runs)
	fmt.Printf("%d lines, %d processors, medians of %d: floor %.2f s, run %.2f s, ratio %.1f, peak memory %.2f GiB\n",
		lines, runtime.NumCPU(), rounds, floor.Seconds(), run.Seconds(), run.Seconds()/floor.Seconds(), gibibytes(peak))
	return nil
}

func gibibytes(bytes int64) float64 { return float64(bytes) / (1 << 30) }

func median(times []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2]
}

// floorQuery reads every column that a run reads, once.
func floorQuery(ctx context.Context, runFile string) (string, error) {
	config, err := pipeline.LoadConfig(runFile, pipeline.Overrides{})
	if err != nil {
		return "", err
	}
	sources, _ := input.ResolveAll(config.Inputs, "")
	footers, _, err := input.CheckFooters(ctx, sources)
	if err != nil {
		return "", err
	}
	var tables []string
	for _, s := range sources {
		f, read := footers[s.Table.Name]
		if !read || s.Table.CSV {
			continue
		}
		var columns, files []string
		for _, c := range s.Table.Columns {
			unread := slices.Contains(neverRead, c.Name) || slices.Contains(neverRead, s.Table.Name+"."+c.Name)
			if f.Has(c.Name) && !unread {
				columns = append(columns, fmt.Sprintf("count(%s)", engine.Quote(c.Name)))
			}
		}
		for _, path := range f.Paths() {
			files = append(files, engine.Literal(path))
		}
		tables = append(tables, fmt.Sprintf("select cast(%s as bigint) as n from read_parquet([%s])",
			strings.Join(columns, " + "), strings.Join(files, ", ")))
	}
	return strings.Join(tables, " union all "), nil
}

func timeFloor(ctx context.Context, query string) (time.Duration, error) {
	work, err := os.MkdirTemp("", "leadline-bench-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(work)
	e, err := engine.OpenDuckDB(ctx, engine.Options{WorkFolder: work})
	if err != nil {
		return 0, err
	}
	defer e.Close()
	var took time.Duration
	for range 2 { // the first warms the file cache
		start := time.Now()
		result, err := e.Query(ctx, query)
		if err != nil {
			return 0, err
		}
		result.Release()
		took = time.Since(start)
	}
	return took, nil
}

// timeRun runs the program in a process of its own, and asks the system for
// the most memory that it held.
func timeRun(ctx context.Context, binary, dir string) (time.Duration, int64, error) {
	output := filepath.Join(dir, "out")
	if err := os.RemoveAll(output); err != nil {
		return 0, 0, err
	}
	cmd := exec.CommandContext(ctx, binary, "run", "-c", filepath.Join(dir, "run.yaml"), "--log-level", "error")
	cmd.Stderr = os.Stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return 0, 0, fmt.Errorf("run: %w", err)
	}
	took := time.Since(start)
	const kibibyte = 1024 // Linux counts in these
	usage, known := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !known {
		return took, 0, nil
	}
	return took, int64(usage.Maxrss) * kibibyte, nil
}
