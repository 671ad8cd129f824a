package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"leadline/pipeline"
	"leadline/pipeline/engine"
	"leadline/pipeline/input"
)

// neverRead are the columns of the contract that no step and no check reads.
var neverRead = []string{
	"npi", "sex_code", "dual_status_code", "original_entitlement_code", "discharge_date", "covered_day_count",
	"institutional_claim_line.service_date", "institutional_claim_line.paid_amount",
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

// floor times the query in this process.
func (b *bench) floor(ctx context.Context) error {
	work, err := os.MkdirTemp("", "leadline-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	e, err := engine.OpenDuckDB(ctx, engine.Options{WorkFolder: work})
	if err != nil {
		return err
	}
	defer e.Close()
	var took sample
	for range 2 { // the first warms the file cache
		var before, after syscall.Rusage
		start := time.Now()
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &before); err != nil {
			return err
		}
		result, err := e.Query(ctx, b.floorQuery)
		if err != nil {
			return err
		}
		result.Release()
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &after); err != nil {
			return err
		}
		took = sample{wall: time.Since(start), processor: processorTime(&after) - processorTime(&before)}
	}
	b.took.floor = append(b.took.floor, took)
	return nil
}

func processorTime(u *syscall.Rusage) time.Duration {
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
