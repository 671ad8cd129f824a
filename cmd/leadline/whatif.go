package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"leadline/pipeline"
	"leadline/pipeline/publish"
	"leadline/schemas"
)

func (a *app) whatifCommand() *cobra.Command {
	var config configFlags
	var add, drop []string
	var aco, table string
	var each, asJSON bool
	cmd := &cobra.Command{
		Use:   "whatif [-c run.yaml] --add TIN --drop TIN",
		Short: "what a changed Participant TIN list would do; publishes nothing",
		Long: `Runs a changed list on the summaries of the run file's extract and compares it
with the list as it stands: who would be gained, lost or moved, and by step of the
worksheet what that does to each ACO's benchmark. Several TINs may be added and
dropped at once. A TIN is written TIN@ACO; with --aco, or where the run has one ACO,
the number is enough. An added TIN counts as not recently in an MSSP ACO.

With --each, every TIN of the list is dropped alone: the people, months and dollars
that depend on it, and the ACO's baseline, settlement benchmark, spending group, High
Needs share and alignment minimum with it and without it (table tin_contribution).

  leadline whatif -c run.yaml --drop 123456789@A0001
  leadline whatif -c run.yaml --aco A0001 --add 111222333 --add 222333444 --drop 123456789
  leadline whatif -c run.yaml --aco A0001 --each
  leadline whatif -c run.yaml --each --table tin_contribution.parquet

What a first run would keep, it computes and keeps, so that the next answer takes a
moment. The output folder stays as it is.
` + overridesHelp + exitCodes,
		Args: cobra.NoArgs,
		RunE: a.do(func(ctx context.Context, _ []string) error {
			if each == (len(add)+len(drop) > 0) {
				return pipeline.Exitf(pipeline.ExitUsage, "whatif: give --add and --drop, or --each alone")
			}
			c, err := config.load()
			if err != nil {
				return err
			}
			if each {
				return a.contributions(ctx, a.request(c, false, asJSON), aco, table)
			}
			diff, err := a.entry.whatIf(ctx, a.request(c, false, asJSON), pipeline.Question{Add: listedTINs(add), Drop: listedTINs(drop), ACO: aco})
			a.endProgress()
			if err != nil {
				return err
			}
			if !asJSON {
				return diff.WriteText(a.stdout)
			}
			return a.printJSON(diff)
		}),
	}
	config.add(cmd)
	flags := cmd.Flags()
	flags.StringArrayVar(&add, "add", nil, "a TIN to add, as `TIN[@ACO]`; may be repeated")
	flags.StringArrayVar(&drop, "drop", nil, "a TIN to drop, as `TIN[@ACO]`; may be repeated")
	flags.StringVar(&aco, "aco", "", "the ACO of TINs that name none; only this ACO in the answer")
	flags.BoolVar(&each, "each", false, "drop every TIN of the list, each alone")
	flags.StringVar(&table, "table", "", "with --each: write tin_contribution to this Parquet `file` too")
	flags.BoolVar(&asJSON, "json", false, "the answer as JSON")
	return cmd
}

// listedTINs reads TIN@ACO.
func listedTINs(texts []string) []pipeline.ListedTIN {
	var listed []pipeline.ListedTIN
	for _, text := range texts {
		tin, aco, _ := strings.Cut(text, "@")
		listed = append(listed, pipeline.ListedTIN{TIN: tin, ACO: aco})
	}
	return listed
}

func (a *app) contributions(ctx context.Context, r pipeline.Request, aco, table string) error {
	all, err := a.entry.contributions(ctx, r, aco)
	a.endProgress()
	if err != nil {
		return err
	}
	if table != "" {
		definition, _ := schemas.Output("tin_contribution")
		if err := publish.WriteTable(table, definition, all.Rows()); err != nil {
			return err
		}
	}
	if r.JSON {
		return a.printJSON(map[string]any{"tin_contribution": all})
	}
	return all.WriteText(a.stdout)
}

func (a *app) printJSON(value any) error {
	text, err := publish.CanonicalJSON(value)
	if err == nil {
		_, err = fmt.Fprintf(a.stdout, "%s", text)
	}
	return err
}
