package main

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"leadline/pipeline"
	"leadline/schemas"
)

func (a *app) schemaCommand() *cobra.Command {
	format := "markdown"
	cmd := &cobra.Command{
		Use:   "schema [TABLE... | inputs | outputs | run]",
		Short: "what each input and published table holds",
		Long: `Prints the contract: for each table its key, columns, types, units and codes.
Without a name, all of them. "inputs" and "outputs" stand for all of one kind,
"run" is the JSON Schema of the run file, for editors that check YAML.

  leadline schema professional_claim_line
  leadline schema outputs --format json
  leadline schema run > run.schema.json`,
		RunE: a.do(func(_ context.Context, names []string) error {
			if format != "markdown" && format != "json" {
				return pipeline.Exitf(pipeline.ExitUsage, "--format: %q is none of markdown, json", format)
			}
			if slices.Equal(names, []string{"run"}) {
				text, err := pipeline.RunSchema()
				if err == nil {
					_, err = a.stdout.Write(text)
				}
				return err
			}
			tables, err := tablesNamed(names)
			if err != nil {
				return err
			}
			if format == "json" {
				encoder := json.NewEncoder(a.stdout)
				encoder.SetEscapeHTML(false)
				encoder.SetIndent("", "  ")
				return encoder.Encode(tables)
			}
			return schemas.WriteMarkdown(a.stdout, tables)
		}),
	}
	cmd.Flags().StringVar(&format, "format", format, "markdown or json")
	return cmd
}

// tablesNamed finds the tables asked for; a name may be an input and an output.
func tablesNamed(names []string) ([]schemas.Table, error) {
	if len(names) == 0 {
		return slices.Concat(schemas.Inputs(), schemas.Outputs()), nil
	}
	var tables []schemas.Table
	for _, name := range names {
		switch name {
		case "inputs":
			tables = append(tables, schemas.Inputs()...)
			continue
		case "outputs":
			tables = append(tables, schemas.Outputs()...)
			continue
		}
		in, isInput := schemas.Input(name)
		out, isOutput := schemas.Output(name)
		if isInput {
			tables = append(tables, in)
		}
		if isOutput {
			tables = append(tables, out)
		}
		if !isInput && !isOutput {
			return nil, pipeline.Exitf(pipeline.ExitUsage, "no table is named %q; tables are %s", name, strings.Join(tableNames(), ", "))
		}
	}
	return tables, nil
}

func tableNames() []string {
	var names []string
	for _, t := range slices.Concat(schemas.Inputs(), schemas.Outputs()) {
		names = append(names, t.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
