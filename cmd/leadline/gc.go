package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"leadline/pipeline"
)

// keptRuns is how many published runs gc keeps by itself.
const keptRuns = 10

func (a *app) gcCommand() *cobra.Command {
	var config configFlags
	var wait, isDry, asJSON bool
	keep := keptRuns
	cmd := &cobra.Command{
		Use:   "gc [-c run.yaml]",
		Short: "removes old runs, and what no kept run needs from the cache",
		Long: `Keeps the last runs of the output folder by the order of their publication, and
always the one that latest.json names. Removes the folders of older runs, what
changes/ says of them, and every kept result that no kept run rests on; runs of
other output folders that share the cache keep theirs. commits/ stays: it is the
history. A kept run can be re-aligned, or asked with whatif, as before.

  leadline gc -c run.yaml --dry-run
  leadline gc -c run.yaml --keep 3
` + overridesHelp + exitCodes,
		Args: cobra.NoArgs,
		RunE: a.do(func(ctx context.Context, _ []string) error {
			if keep < 0 {
				return pipeline.Exitf(pipeline.ExitUsage, "--keep: give 0 or more")
			}
			c, err := config.load()
			if err != nil {
				return err
			}
			done, err := pipeline.Collect(ctx, a.request(c, wait, asJSON), keep, isDry)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(done)
			}
			return a.printCollection(done)
		}),
	}
	config.add(cmd)
	flags := cmd.Flags()
	flags.IntVar(&keep, "keep", keep, "how many runs to keep")
	flags.BoolVar(&isDry, "dry-run", false, "say what would be removed, and remove nothing")
	flags.BoolVar(&wait, "wait", false, "wait while a run writes to the output folder or uses the cache, instead of ending with 75")
	flags.BoolVar(&asJSON, "json", false, "what was removed as JSON")
	return cmd
}

func (a *app) printCollection(c pipeline.Collection) error {
	var b strings.Builder
	for _, id := range c.Runs {
		fmt.Fprintf(&b, "run_id=%s\n", id)
	}
	for _, name := range c.Changes {
		fmt.Fprintf(&b, "changes/%s\n", name)
	}
	what := "removed"
	if c.IsDry {
		what = "would remove"
	}
	fmt.Fprintf(&b, "%s runs: %d, changes: %d, entries of the cache: %d, bytes: %d; runs kept: %d\n",
		what, len(c.Runs), len(c.Changes), c.Cache.Entries, c.Bytes, len(c.Kept))
	_, err := fmt.Fprint(a.stdout, b.String())
	return err
}
