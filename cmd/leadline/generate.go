package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"leadline/fixtures"
	"leadline/pipeline"
)

func (a *app) generateCommand() *cobra.Command {
	var o fixtures.Options
	var preset string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "generate --out DIR",
		Short: "a synthetic extract of any size, with its run file",
		Long: `Writes a synthetic extract in the contract's shape, and a run.yaml for it. Nobody
in it is real. Equal options give equal bytes on any machine; the folder appears
whole or not at all.

  leadline generate --preset small --out example
  leadline generate --lines 10_000_000 --split year --out big
  leadline generate --beneficiaries 5000 --seed 7 --months 3 --out partial-year
` + exitCodes,
		Args: cobra.NoArgs,
	}
	flags := cmd.Flags()
	generateFlags(flags, &o)
	flags.StringVar(&preset, "preset", "", "tiny (300 people) or small (2,000 people); other flags override it")
	flags.BoolVar(&asJSON, "json", false, "the report as JSON")
	cmd.RunE = a.do(func(ctx context.Context, _ []string) error {
		options, err := fromPreset(preset, o, flags)
		if err != nil {
			return err
		}
		options.Progress = func(done, total int) { a.progress("people", int64(done), int64(total)) }
		report, err := fixtures.Generate(ctx, options)
		a.endProgress()
		if err != nil {
			return generateError(err)
		}
		if asJSON {
			return json.NewEncoder(a.stdout).Encode(report)
		}
		return printGenerated(a.stdout, report)
	})
	return cmd
}

func generateFlags(flags *pflag.FlagSet, o *fixtures.Options) {
	flags.StringVarP(&o.Dir, "out", "o", "", "folder to write; it must be empty or absent")
	flags.BoolVar(&o.Force, "force", false, "replace what an earlier generate wrote there")
	flags.Uint64Var(&o.Seed, "seed", 1, "chooses the extract")
	flags.IntVar(&o.Beneficiaries, "beneficiaries", 0, "number of people (default 2,000, or what --lines asks for)")
	flags.IntVar(&o.Lines, "lines", 0, "about so many professional claim lines instead of --beneficiaries")
	flags.IntVar(&o.ACOs, "acos", 0, "number of ACOs (default 8)")
	flags.IntVar(&o.TINs, "tins", 0, "number of billing TINs (default one for each 100 people, and 12 an ACO)")
	flags.IntVar(&o.PerformanceYear, "performance-year", 0, "performance year of the run file (default 2027)")
	flags.IntVar(&o.PerformanceYearMonths, "months", 0, "months of the performance year that the extract holds; 0: the run projects them")
	flags.StringVar((*string)(&o.Split), "split", "", "claim tables by files, year or month (default files)")
	flags.IntVar(&o.Files, "files", 0, "files of each claim table, with --split files (default 1)")
	flags.BoolVar(&o.NoChangedIdentifiers, "no-changed-identifiers", false, "leave out mbi_crosswalk and the identifiers that it resolves")
}

// fromPreset fills what the user did not set from the preset.
func fromPreset(name string, o fixtures.Options, set *pflag.FlagSet) (fixtures.Options, error) {
	if name == "" {
		return o, nil
	}
	p, err := fixtures.Preset(name)
	if err != nil {
		return o, pipeline.Exitf(pipeline.ExitUsage, "%w", err)
	}
	if !set.Changed("seed") {
		o.Seed = p.Seed
	}
	if !set.Changed("beneficiaries") && !set.Changed("lines") {
		o.Beneficiaries, o.Lines = p.Beneficiaries, p.Lines
	}
	if !set.Changed("acos") {
		o.ACOs = p.ACOs
	}
	if !set.Changed("tins") {
		o.TINs = p.TINs
	}
	return o, nil
}

// generateError tells a folder that cannot be written from options that ask
// for what cannot be made.
func generateError(err error) error {
	var path *fs.PathError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &path):
		return pipeline.Exitf(pipeline.ExitPublish, "%w", err)
	}
	return pipeline.Exitf(pipeline.ExitUsage, "%w", err)
}

func printGenerated(w io.Writer, r fixtures.Report) error {
	fmt.Fprintf(w, "%d people, %d ACOs, %d TINs, seed %d\n\n", r.Beneficiaries, r.ACOs, r.TINs, r.Seed)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "TABLE\tROWS")
	for _, table := range r.Tables {
		fmt.Fprintf(t, "%s\t%d\n", table.Name, table.Rows)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\nNext: leadline run -c %s\n", r.RunFile)
	return err
}
