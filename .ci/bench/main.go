// Bench measures what the program promises of its speed and memory, on a
// generated extract whose claims lie in a file a month.
//
// The measures alternate, so that a machine that slows down slows all of them,
// and medians are reported. The floor is DuckDB reading exactly the columns that
// a run reads, from the same files, once, with a trivial aggregate. A full run
// begins with an empty cache, its digests included; files lie in the system's
// cache throughout. Tables of people are left out of all but one run, which says
// what writing them costs.
//
//	go run -tags duckdb_arrow ./.ci/bench -lines 10000000 -rounds 5
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

func main() {
	var b bench
	flag.IntVar(&b.lines, "lines", 1_000_000, "professional claim lines of the extract")
	flag.IntVar(&b.rounds, "rounds", 3, "times that the measures alternate")
	flag.StringVar(&b.binary, "binary", ".build/leadline", "the program to measure")
	flag.StringVar(&b.folder, "folder", ".build/bench", "where extracts are kept between benchmarks")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := b.run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A bench is one run of all measures.
type bench struct {
	lines, rounds  int
	binary, folder string

	extract, tenth extract
	list           list
	floorQuery     string
	took           times
}

const tenthOf = 10 // growth is measured from a tenth of the lines

func (b *bench) run(ctx context.Context) (err error) {
	if b.lines < tenthOf || b.rounds < 1 {
		return fmt.Errorf("%d lines, %d rounds: give at least %d and 1", b.lines, b.rounds, tenthOf)
	}
	if err := b.prepare(ctx); err != nil {
		return err
	}
	defer os.RemoveAll(b.work())
	for i := range b.rounds {
		fmt.Fprintf(os.Stderr, "round %d of %d\n", i+1, b.rounds)
		if err := b.round(ctx); err != nil {
			return err
		}
	}
	for _, measure := range []func(context.Context) error{b.rowLevel, b.tight} {
		if err := measure(ctx); err != nil {
			return err
		}
	}
	return b.took.write(os.Stdout, b.extract.lines, b.tenth.lines)
}

func (b *bench) prepare(ctx context.Context) (err error) {
	if b.extract, err = openExtract(ctx, b.folder, b.lines); err != nil {
		return err
	}
	if b.tenth, err = openExtract(ctx, b.folder, b.lines/tenthOf); err != nil {
		return err
	}
	if b.list, err = readList(b.extract); err != nil {
		return err
	}
	if err := os.RemoveAll(b.work()); err != nil { // what a killed benchmark left
		return err
	}
	b.floorQuery, err = floorQuery(ctx, b.extract.runFile())
	return err
}

// work is where runs publish.
func (b *bench) work(part ...string) string {
	return filepath.Join(append([]string{b.folder, "work"}, part...)...)
}

// round takes every measure that alternates.
func (b *bench) round(ctx context.Context) error {
	for _, measure := range []func(context.Context) error{b.floor, b.full, b.changedTIN, b.eachTIN, b.newMonth, b.growth} {
		if err := measure(ctx); err != nil {
			return err
		}
	}
	return nil
}
