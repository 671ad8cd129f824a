// Command mutate is what `make mutate` runs: it breaks each rule on purpose,
// one way at a time, and holds that the rule's own tests see it.
//
// The mutations stand in the lists beside this file, by package and rule. Each
// is made in a copy of the tree and must fail the tests that it names. One that
// they pass survives: the rule has no test that holds it. One that does not
// compile, panics, or makes SQL that the engine refuses is broken: it would fail
// any test, and says nothing of the rule's.
//
// That the text of every mutation still stands in the tree is a test of its own
// (list_test.go), so that the lists cannot rot between two runs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"time"
)

const (
	exitFailed = 1
	exitUsage  = 64
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(mutate(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// options are the flags.
type options struct {
	list     bool
	run      *regexp.Regexp
	parallel int
}

func readOptions(args []string, problems io.Writer) (options, error) {
	flags := flag.NewFlagSet("mutate", flag.ContinueOnError)
	flags.SetOutput(problems)
	var o options
	flags.BoolVar(&o.list, "list", false, "list the mutations and run nothing")
	pattern := flags.String("run", "", "only mutations whose `rule, name or file` this regular expression matches")
	flags.IntVar(&o.parallel, "parallel", 2, "mutations at a time, each in its own copy of the tree")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	var err error
	if o.run, err = regexp.Compile(*pattern); err == nil && (o.parallel < 1 || flags.NArg() > 0) {
		err = fmt.Errorf("usage: mutate [-list] [-run regexp] [-parallel n], from the root of the repository")
	}
	if err != nil {
		fmt.Fprintln(problems, err)
	}
	return o, err
}

func mutate(ctx context.Context, args []string, out, problems io.Writer) int {
	o, err := readOptions(args, problems)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return exitUsage
	}
	all, err := readLists(lists)
	if err == nil {
		err = checkAll(".", all)
	}
	if err != nil {
		fmt.Fprintln(problems, err)
		return exitFailed
	}
	chosen := matching(all, o.run)
	if o.list {
		for _, m := range chosen {
			fmt.Fprintf(out, "%-5s %-34s %s\n", m.Rule, m.File, m.Name)
		}
		fmt.Fprintf(out, "%d mutations\n", len(chosen))
		return 0
	}
	began := time.Now()
	count, err := runAll(ctx, ".", chosen, o.parallel, out)
	if err != nil {
		fmt.Fprintln(problems, err)
		return exitFailed
	}
	return count.print(out, time.Since(began))
}

// tally counts what became of the mutations.
type tally struct{ killed, survived, broken int }

func (t *tally) add(v verdict) {
	switch v.fate {
	case killed:
		t.killed++
	case survived:
		t.survived++
	default:
		t.broken++
	}
}

// print writes the one summary line and returns the exit code.
func (t tally) print(w io.Writer, took time.Duration) int {
	fmt.Fprintf(w, "\n%d killed, %d survived", t.killed, t.survived)
	if t.broken > 0 {
		fmt.Fprintf(w, ", %d broken", t.broken)
	}
	fmt.Fprintf(w, " in %s\n", took.Round(time.Second))
	if t.survived+t.broken > 0 {
		return exitFailed
	}
	return 0
}
