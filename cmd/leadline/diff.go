package main

import (
	"context"

	"github.com/spf13/cobra"

	"leadline/pipeline/compare"
	"leadline/pipeline/publish"
)

func (a *app) diffCommand() *cobra.Command {
	var r compare.Request
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "diff RUN_A RUN_B",
		Short: "what changed from one published run to another, and what did it",
		Long: `Compares two published runs of one performance year: the inputs, parameters and
TIN list that changed; the files that kept their bytes, and whether the base years
and the ACPT did; for each ACO a bridge from one settlement benchmark to the other,
a line for each step of the worksheet that changed, which adds up to the cent; who
was gained, lost or moved, and by which TIN; months and dollars of both.

A RUN is the path of a run's folder, or with --output its id or the beginning of
it. Each file is held against the run's manifest first. Months, dollars and causes
of people come from the transition's table, changes/<A>__<B>/alignment_change_total.parquet.
The diff is for the ACO's own analysts: it names TINs and does not hide small counts.

  leadline diff out/run_id=45aafbada3805844 out/run_id=29d950a6abd29726
  leadline diff 45aa 29d9 --output out --aco A0001
  leadline diff 45aa 29d9 --output out --json > diff.json
` + exitCodes,
		Args: cobra.ExactArgs(2),
		RunE: a.do(func(ctx context.Context, args []string) error {
			r.From, r.To = args[0], args[1]
			diff, err := compare.Compare(ctx, r)
			if err != nil {
				return err
			}
			if !asJSON {
				return diff.WriteText(a.stdout)
			}
			text, err := publish.CanonicalJSON(diff)
			if err == nil {
				_, err = a.stdout.Write(text)
			}
			return err
		}),
	}
	cmd.Flags().StringVar(&r.Output, "output", "", "output folder that ids are looked for in")
	cmd.Flags().StringVar(&r.ACO, "aco", "", "only this ACO")
	cmd.Flags().BoolVar(&asJSON, "json", false, "the diff as JSON")
	return cmd
}
