package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"leadline/pipeline"
)

// An app is one command line while it runs.
type app struct {
	stdout io.Writer
	stderr io.Writer
	screen *screen // where stderr is a terminal
	log    *slog.Logger
	level  slog.LevelVar
	format string

	started bool // a command's own code has begun
	exit    int  // exit code of a command that ended well, such as --unchanged-exit-code
	entry   entryPoints
}

func newApp(stdout, stderr *os.File) *app {
	a := &app{stdout: stdout, stderr: stderr, format: "auto", entry: wired()}
	if isTerminal(stderr) {
		a.screen = &screen{out: stderr}
		a.stderr = a.screen
	}
	a.takeLogger()
	return a
}

// exitCodes closes each help text of a command that a scheduler would call.
const exitCodes = `
Exit codes:
  0    done, or nothing to do
  64   usage: the command line
  65   an input, the contract or a check failed; a retry cannot help
  69   the engine or a store is unavailable
  70   a bug
  73   cannot publish
  75   temporary, such as another run on the same output; retry
  78   configuration: the run file, the environment or a flag's value
  130  interrupted (143: terminated)`

func (a *app) execute(ctx context.Context, args []string) error {
	root := a.root()
	root.SetArgs(args)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	err := root.ExecuteContext(ctx)
	var coded interface{ ExitCode() int }
	if err != nil && !a.started && !errors.As(err, &coded) {
		// cobra refused the command line before any command began.
		return pipeline.Exitf(pipeline.ExitUsage, "%w; see `leadline help`", err)
	}
	return err
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "leadline",
		Short: "CMS LEAD benchmarks from claim and enrollment extracts",
		Long: `leadline reads claim and enrollment extracts (Parquet), re-runs claims-based
alignment for each base year and the performance year against the current
Participant TIN list, sums expenditures, computes the LEAD benchmark step by
step, and publishes Parquet.

Start with:
  leadline generate --preset small --out example     a synthetic extract
  leadline run -c example/run.yaml                   the whole run on it
  leadline schema benchmark_step                     what a published table holds`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	logLevel := "info"
	flags := root.PersistentFlags()
	flags.StringVar(&logLevel, "log-level", logLevel, "debug, info, warn or error")
	flags.StringVar(&a.format, "log-format", a.format, "text, json, or auto: text on a terminal, JSON lines otherwise")
	root.PersistentPreRunE = func(*cobra.Command, []string) error { return a.setLog(logLevel) }
	root.AddCommand(
		a.runCommand(), a.planCommand(), a.validateCommand(), a.diffCommand(), a.whatifCommand(), a.gcCommand(),
		a.importCommand(), a.generateCommand(), a.schemaCommand(), a.versionCommand(),
	)
	return root
}

// do is a command's own code; what fails before it is a matter of usage.
func (a *app) do(f func(ctx context.Context, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		a.started = true
		return f(cmd.Context(), args)
	}
}

// report says what failed and gives the exit code.
func (a *app) report(err error) int {
	if err == nil {
		return a.exit
	}
	code := pipeline.ExitCode(err)
	if a.text() {
		for _, line := range strings.Split(err.Error(), "\n") {
			if !strings.HasPrefix(line, " ") { // not a continuation
				line = "leadline: " + line
			}
			fmt.Fprintln(a.stderr, line)
		}
		return code
	}
	a.log.Error(err.Error(), "exit_code", code)
	return code
}
