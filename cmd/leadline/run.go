package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"leadline/pipeline"
)

// configFlags are the run file and the flags that override it.
type configFlags struct {
	file   string
	rehash bool
	set    []pipeline.FlagOption
	inputs []string
	params []string
	flags  *pflag.FlagSet
}

// overriding are flags named as the keys of the run file that they set.
var overriding = []struct{ flag, key, use string }{
	{"performance-year", "performance_year", "performance year, 2027 to 2036"},
	{"output", "output", "folder to publish under"},
	{"cache", "cache", "folder of digests, spill and what the next run wants to know"},
	{"engine", "engine", "engine: duckdb"},
	{"memory-limit", "memory_limit", "memory of the engine, such as 3GB"},
	{"threads", "threads", "threads of the engine; 0 is one for each processor"},
	{"publish-alignment-candidate", "publish.alignment_candidate", "whether alignment_candidate is among them: `true|false`"},
	{"publish-row-level", "publish.row_level", "whether tables with a row a beneficiary are published: `true|false`"},
}

func (c *configFlags) add(cmd *cobra.Command) {
	c.flags = cmd.Flags()
	c.flags.StringVarP(&c.file, "config", "c", "run.yaml", "run file")
	for _, o := range overriding {
		c.flags.String(o.flag, "", o.use)
	}
	c.flags.StringArrayVar(&c.inputs, "input", nil, "an input, as `table=path`; may be repeated")
	c.flags.BoolVar(&c.rehash, "rehash", false, "read every input again, though its size, time and footer are unchanged")
	c.flags.StringArrayVar(&c.params, "set", nil, "a parameter of the methodology, as `name=value`; may be repeated")
}

func (c *configFlags) load() (pipeline.Config, error) {
	c.set = nil
	for _, o := range overriding {
		if f := c.flags.Lookup(o.flag); f.Changed {
			c.set = append(c.set, pipeline.FlagOption{Flag: "--" + o.flag, Key: o.key, Value: f.Value.String()})
		}
	}
	for _, group := range []struct {
		flag, key string
		pairs     []string
	}{{"--input", "inputs.", c.inputs}, {"--set", "parameters.", c.params}} {
		for _, pair := range group.pairs {
			name, value, ok := strings.Cut(pair, "=")
			if !ok || name == "" {
				return pipeline.Config{}, pipeline.Exitf(pipeline.ExitUsage, "%s: %q is not name=value", group.flag, pair)
			}
			c.set = append(c.set, pipeline.FlagOption{Flag: group.flag + " " + name, Key: group.key + name, Value: value})
		}
	}
	config, err := pipeline.LoadConfig(c.file, pipeline.Overrides{Environ: os.Environ(), Flags: c.set})
	config.Rehash = c.rehash
	return config, err
}

const overridesHelp = `
A flag overrides the environment (LEADLINE_THREADS, LEADLINE_OUTPUT,
LEADLINE_INPUTS_ACO, LEADLINE_PARAMETERS_<NAME>, ...), which overrides the run
file. Paths in the run file are relative to it, others to the working folder.
`

func (a *app) runCommand() *cobra.Command {
	var config configFlags
	var wait, asJSON bool
	var unchangedCode int
	cmd := &cobra.Command{
		Use:   "run [-c run.yaml]",
		Short: "the main job: check, align, aggregate, compute, publish",
		Long: `Checks the inputs, aligns, aggregates, computes the benchmark and publishes under
the output folder: run_id=<id>/<table>/*.parquet with manifest.json beside them;
latest.json names the current run. A result that is already published, from the
same inputs, parameters and rules, is not computed again: the run says so and ends
with 0, or with --unchanged-exit-code.

What no Participant TIN list can change is kept in the cache folder, under a key of
everything it rests on. A run with a changed list re-aligns only the people whom it
touches, and publishes who was gained, lost or moved, and by which TIN, under
changes/<from>__<to>/.

  leadline run -c run.yaml
  leadline run -c run.yaml --set quality_share=0.9 --output out/q90
  leadline run -c run.yaml --unchanged-exit-code 99      for schedulers that skip
` + overridesHelp + exitCodes,
		Args: cobra.NoArgs,
		RunE: a.do(func(ctx context.Context, _ []string) error {
			if unchangedCode < 0 || unchangedCode > 255 {
				return pipeline.Exitf(pipeline.ExitUsage, "--unchanged-exit-code: give 0 to 255")
			}
			c, err := config.load()
			if err != nil {
				return err
			}
			done, err := a.entry.run(ctx, a.request(c, wait, asJSON))
			a.endProgress()
			if err != nil {
				return err
			}
			if done.Unchanged {
				a.exit = unchangedCode
			}
			return a.printOutcome(done, asJSON)
		}),
	}
	config.add(cmd)
	cmd.Flags().BoolVar(&wait, "wait", false, "wait while another run writes to the output folder, instead of ending with 75")
	cmd.Flags().BoolVar(&asJSON, "json", false, "the outcome as JSON")
	cmd.Flags().IntVar(&unchangedCode, "unchanged-exit-code", 0, "exit code where nothing had to be published")
	return cmd
}

func (a *app) request(c pipeline.Config, wait, asJSON bool) pipeline.Request {
	return pipeline.Request{
		Config: c, Wait: wait, JSON: asJSON, Out: a.stdout,
		Log: a.log, Version: version().Leadline, Progress: a.progress,
	}
}

func (a *app) printOutcome(done pipeline.Outcome, asJSON bool) error {
	if asJSON {
		outcome := map[string]any{"run_id": done.RunID, "path": done.Path, "unchanged": done.Unchanged, "warnings": done.Warnings}
		if done.Headline != "" {
			outcome["headline"] = done.Headline
		}
		return json.NewEncoder(a.stdout).Encode(outcome)
	}
	what := "published"
	if done.Unchanged {
		what = "unchanged, nothing published; current is"
	}
	_, err := fmt.Fprintf(a.stdout, "%s %s\n", what, done.Path)
	if err == nil && done.Headline != "" {
		_, err = fmt.Fprintln(a.stdout, done.Headline)
	}
	if err == nil && done.Warnings > 0 {
		_, err = fmt.Fprintf(a.stdout, "%d warnings on the inputs; manifest.json lists them under findings\n", done.Warnings)
	}
	return err
}

func (a *app) planCommand() *cobra.Command {
	var config configFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "plan [-c run.yaml]",
		Short: "what would run and why; prints, changes nothing",
		Long: `Prints each stage of a run: reused, or run and why, in words, and above them what
changed in the Participant TIN list and how many summaries are reused. Where the
current result rests on the same inputs, parameters and rules, there is nothing to
do. Changes nothing; the manifest of the run then lists the same stages.

  leadline plan -c run.yaml
` + overridesHelp + exitCodes,
		Args: cobra.NoArgs,
		RunE: a.do(func(ctx context.Context, _ []string) error {
			c, err := config.load()
			if err != nil {
				return err
			}
			err = a.entry.plan(ctx, a.request(c, false, asJSON))
			a.endProgress()
			return err
		}),
	}
	config.add(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "the plan as JSON")
	return cmd
}

func (a *app) validateCommand() *cobra.Command {
	var config configFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "validate [-c run.yaml]",
		Short: "the inputs against the contract, every finding",
		Long: `Checks the footers of all files, then keys, ranges, dates, codes and lists, and
prints every finding: what, where (file, row group, column, row) and what to do.
No finding holds a value of a row. Ends with 65 where a finding is an error;
warnings alone end with 0.

  leadline validate -c run.yaml
  leadline validate -c run.yaml --json > findings.json
` + overridesHelp + exitCodes,
		Args: cobra.NoArgs,
		RunE: a.do(func(ctx context.Context, _ []string) error {
			c, err := config.load()
			if err != nil {
				return err
			}
			err = a.entry.validate(ctx, a.request(c, false, asJSON))
			a.endProgress()
			return err
		}),
	}
	config.add(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "the findings as JSON")
	return cmd
}
