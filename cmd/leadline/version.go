package main

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// A versionReport names what a result depends on besides its inputs.
type versionReport struct {
	Leadline string            `json:"leadline"`
	Revision string            `json:"revision,omitempty"`
	Modified bool              `json:"modified,omitempty"`
	Go       string            `json:"go"`
	Platform string            `json:"platform"`
	Modules  map[string]string `json:"modules"` // the libraries that results pass through
}

// resultModules read the input, compute, or write the output.
var resultModules = []string{
	"github.com/duckdb/duckdb-go/v2",
	"github.com/apache/arrow-go/v18",
	"github.com/parquet-go/parquet-go",
	"github.com/shopspring/decimal",
}

func version() versionReport {
	v := versionReport{
		Leadline: "(devel)",
		Go:       runtime.Version(),
		Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Modules:  map[string]string{},
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" {
		v.Leadline = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Revision = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	for _, m := range info.Deps {
		for _, name := range resultModules {
			if m.Path == name {
				v.Modules[name] = m.Version
			}
		}
	}
	return v
}

func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "the version, and those of the libraries that results pass through",
		Args:  cobra.NoArgs,
		RunE: a.do(func(context.Context, []string) error {
			v := version()
			if asJSON {
				encoder := json.NewEncoder(a.stdout)
				encoder.SetIndent("", "  ")
				return encoder.Encode(v)
			}
			fmt.Fprintf(a.stdout, "leadline %s", v.Leadline)
			if v.Revision != "" {
				fmt.Fprintf(a.stdout, " (%s)", v.Revision)
			}
			fmt.Fprintf(a.stdout, "\n%s %s\n", v.Go, v.Platform)
			for _, name := range resultModules {
				if at, linked := v.Modules[name]; linked {
					fmt.Fprintf(a.stdout, "%s %s\n", name, at)
				}
			}
			return nil
		}),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}
