package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"leadline/pipeline"
	"leadline/pipeline/ingest"
)

func (a *app) importCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import desynpuf",
		Short: "public claim layouts into the contract's Parquet",
		Long: `Converts a public claim layout into the contract's tables, with a run file over
them. Layouts: desynpuf (CMS DE-SynPUF, claims of 2008 to 2010).`,
		Args: cobra.NoArgs,
		RunE: a.do(func(context.Context, []string) error {
			return pipeline.Exitf(pipeline.ExitUsage, "name the layout: leadline import desynpuf")
		}),
	}
	cmd.AddCommand(a.importDESynPUFCommand())
	return cmd
}

func (a *app) importDESynPUFCommand() *cobra.Command {
	o := ingest.DefaultOptions()
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "desynpuf SOURCE --out DIR",
		Short: "CMS DE-SynPUF: beneficiary summaries, carrier, inpatient and outpatient claims",
		Long: `Reads CMS's files (a folder of CSV or zip, or one zip, tar, tar.gz or tar.bz2)
and writes the contract's Parquet, a Participant TIN list and ACOs to start from,
and run.yaml. Dates move by --shift-years (16: 2008 to 2010 becomes 2024 to 2026).

What the layout lacks (specialty, monthly enrollment, FIPS counties) is filled by
stated rules, which the report lists and flags override. The report also holds
the imported payments against CMS's own annual totals, person by person, and
reconciliation.csv lists the person-years that do not agree.

  leadline import desynpuf sample.tar.bz2 --out desynpuf
  leadline import desynpuf csv/ --out desynpuf --county-file ssa_fips.csv
  leadline run -c desynpuf/run.yaml
` + exitCodes,
		Args: cobra.ExactArgs(1),
	}
	importFlags(cmd.Flags(), &o)
	cmd.Flags().BoolVar(&asJSON, "json", false, "the report as JSON")
	cmd.RunE = a.do(func(ctx context.Context, args []string) error {
		o.Source = args[0]
		o.Progress = func(p ingest.Progress) { a.progress("reading "+p.File, p.Bytes, p.Total) }
		report, err := ingest.ImportDESynPUF(ctx, o)
		a.endProgress()
		if err != nil {
			return importError(err)
		}
		if asJSON {
			return json.NewEncoder(a.stdout).Encode(report)
		}
		if err := report.WriteText(a.stdout); err != nil {
			return err
		}
		_, err = fmt.Fprintf(a.stdout, "\nNext: leadline run -c %s\n", filepath.Join(o.Out, "run.yaml"))
		return err
	})
	return cmd
}

func importFlags(flags *pflag.FlagSet, o *ingest.Options) {
	flags.StringVarP(&o.Out, "out", "o", "", "folder to write; it must be empty or absent")
	flags.BoolVar(&o.Force, "force", false, "replace what an earlier import wrote there")
	flags.IntVar(&o.ShiftYears, "shift-years", o.ShiftYears, "years that every date moves by")
	flags.StringVar((*string)(&o.Months), "months", string(o.Months), "how yearly counts of covered months lie in the year: from_january or to_december")
	flags.StringVar((*string)(&o.Segments), "segments", string(o.Segments), "claim segments without dates: set_aside or dated_by_first_segment")
	flags.StringVar(&o.SpecialtyCode, "specialty", o.SpecialtyCode, "CMS specialty of every line that --specialty-file does not name")
	flags.StringVar(&o.SpecialtyFile, "specialty-file", "", "CSV npi,specialty_code")
	flags.StringVar(&o.CountyFile, "county-file", "", "CSV ssa,fips of counties, five digits each")
	flags.IntVar(&o.ParticipantTINs, "participant-tins", o.ParticipantTINs, "TINs of the made-up Participant TIN list")
}

// importError gives each failure of an import its exit code. What is none of
// the import's own errors comes from the file system.
func importError(err error) error {
	var bad *ingest.InputError
	code := pipeline.ExitPublish
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, ingest.ErrOptions), errors.Is(err, ingest.ErrOutputInUse):
		code = pipeline.ExitUsage
	case errors.As(err, &bad):
		code = pipeline.ExitInput
	}
	return pipeline.Exitf(code, "%w", err)
}
