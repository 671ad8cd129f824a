package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	tags    = "duckdb_arrow"
	timeout = "5m"
)

// result is what became of one mutation.
type result struct {
	mutation
	verdict
	took time.Duration
	err  error
}

// runAll makes one copy of the tree for each worker, holds that the tests pass
// on it as it is, and then tries every mutation.
func runAll(ctx context.Context, root string, all []mutation, workers int, out io.Writer) (tally, error) {
	var count tally
	workers = min(workers, len(all))
	if workers == 0 {
		return count, fmt.Errorf("no mutation matches")
	}
	folder, err := os.MkdirTemp("", "leadline-mutate-")
	if err != nil {
		return count, err
	}
	defer os.RemoveAll(folder)
	trees := make([]string, workers)
	for i := range trees {
		trees[i] = filepath.Join(folder, fmt.Sprint(i))
		if err := copyTree(root, trees[i]); err != nil {
			return count, fmt.Errorf("copy the tree: %w", err)
		}
	}
	if err := passesAsItIs(ctx, trees[0], all, out); err != nil {
		return count, err
	}
	for r := range tried(ctx, trees, all) {
		if r.err != nil {
			err = errors.Join(err, r.err)
			continue
		}
		count.add(r.verdict)
		fmt.Fprintf(out, "%-8s %-4s %s  [%s] %.1fs\n", r.fate, r.Rule, r.Name, r.why, r.took.Seconds())
		if r.fate == broken {
			fmt.Fprintln(out, indented(r.output))
		}
	}
	return count, errors.Join(err, ctx.Err())
}

// passesAsItIs runs all the tests that the mutations name on the tree without
// one, a package at a time.
func passesAsItIs(ctx context.Context, tree string, all []mutation, out io.Writer) error {
	patterns := map[string][]string{}
	for _, m := range all {
		if !slices.Contains(patterns[m.Package], m.Tests) {
			patterns[m.Package] = append(patterns[m.Package], m.Tests)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(patterns)) {
		began := time.Now()
		output, err := runTests(ctx, tree, name, strings.Join(patterns[name], "|"))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("%s fails without any mutation, so a failure would show nothing:\n%s", name, output)
		}
		fmt.Fprintf(out, "passes   %s as it is  %.1fs\n", name, time.Since(began).Seconds())
	}
	return nil
}

// tried yields each mutation's result as it comes. A worker has a copy of the
// tree to itself.
func tried(ctx context.Context, trees []string, all []mutation) <-chan result {
	work, results := make(chan mutation), make(chan result)
	var workers sync.WaitGroup
	for _, tree := range trees {
		workers.Go(func() {
			for m := range work {
				results <- try(ctx, tree, m)
			}
		})
	}
	go func() {
		for _, m := range all {
			if ctx.Err() == nil {
				work <- m
			}
		}
		close(work)
		workers.Wait()
		close(results)
	}()
	return results
}

func try(ctx context.Context, tree string, m mutation) result {
	began := time.Now()
	r := result{mutation: m}
	undo, err := m.in(tree)
	if err != nil {
		r.err = err
		return r
	}
	output, err := runTests(ctx, tree, m.Package, m.Tests)
	r.verdict, r.took = judge(output, err), time.Since(began)
	r.err = errors.Join(undo(), ctx.Err())
	return r
}

// runTests runs the tests of a package in a tree. Trimmed paths let every copy
// share what the compiler has built; vet has no say in a mutation.
func runTests(ctx context.Context, tree, name, pattern string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-tags", tags, "-trimpath", "-vet=off", "-count=1",
		"-timeout", timeout, "-run", pattern, name)
	cmd.Dir = tree
	cmd.Env = append(os.Environ(), "GOWORK=off")
	output, err := cmd.CombinedOutput()
	return string(output), err
}
