package compare

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"leadline/benchmark"
	"leadline/pipeline/engine"
	"leadline/schemas"
)

// Request names two published runs.
type Request struct {
	From, To string // the path of a run's folder; with Output, an id or its beginning
	Output   string // the output folder that ids are looked for in
	ACO      string // empty: all
}

// Diff is what changed from one run to another.
type Diff struct {
	From    RunLabel           `json:"from"`
	To      RunLabel           `json:"to"`
	Basis   Basis              `json:"basis"`
	Kept    Kept               `json:"kept"`
	Bridges []benchmark.Bridge `json:"bridges"`
	People  People             `json:"people"`
	Groups  []GroupChange      `json:"groups"`
}

// RunLabel names a run.
type RunLabel struct {
	RunID           string `json:"run_id"`
	Path            string `json:"path"`
	Version         string `json:"version"`
	PerformanceYear int    `json:"performance_year"`
}

// comparison is two runs whose tables the engine reads under from_ and to_.
type comparison struct {
	from, to run
	aco      string
	engine   engine.Engine
}

type row = engine.Row

// Compare reads two published runs and writes nothing. It fails with 64 where
// the runs are not there or do not go together, with 65 where one is damaged.
func Compare(ctx context.Context, r Request) (d Diff, err error) {
	c := &comparison{aco: r.ACO}
	if c.from, err = openRun(r.From, r.Output); err != nil {
		return d, err
	}
	if c.to, err = openRun(r.To, r.Output); err != nil {
		return d, err
	}
	if c.from.PerformanceYear != c.to.PerformanceYear {
		return d, usage("the runs are of performance years %d and %d; a diff takes two runs of one performance year",
			c.from.PerformanceYear, c.to.PerformanceYear)
	}
	work, err := os.MkdirTemp("", "leadline-diff-") // private: the engine may spill rows of people
	if err != nil {
		return d, usage("no folder for the engine: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	started, err := engine.OpenDuckDB(ctx, engine.Options{WorkFolder: work})
	if err != nil {
		return d, err
	}
	defer func() { err = errors.Join(err, started.Close()) }()
	c.engine = started
	return c.diff(ctx)
}

func (c *comparison) diff(ctx context.Context) (d Diff, err error) {
	d = Diff{From: labelOf(c.from), To: labelOf(c.to), Basis: basisOf(c.from.manifest, c.to.manifest)}
	if err := c.bind(ctx); err != nil {
		return d, err
	}
	if d.Kept, err = c.kept(ctx); err != nil {
		return d, err
	}
	if d.Bridges, err = c.bridges(ctx); err != nil {
		return d, err
	}
	if c.aco != "" && len(d.Bridges) == 0 {
		return d, usage("ACO %q is in neither run", c.aco)
	}
	if d.People, err = c.people(ctx); err != nil {
		return d, err
	}
	if d.Groups, err = c.groups(ctx); err != nil {
		return d, err
	}
	if c.aco != "" {
		d.Basis.TINList.Changes = slices.DeleteFunc(d.Basis.TINList.Changes, func(t TINChange) bool { return t.ACO != c.aco })
	}
	return d, nil
}

func labelOf(r run) RunLabel {
	return RunLabel{r.RunID, r.folder, r.Version, r.PerformanceYear}
}

// bind makes views of the tables that a comparison reads.
func (c *comparison) bind(ctx context.Context) error {
	for _, table := range []string{"exposure", "exposure_county", "expenditure", "baseline", "benchmark_step", "benchmark", "alignment"} {
		definition, known := schemas.Output(table)
		if !known {
			return fmt.Errorf("table %s is not in the contract", table)
		}
		for prefix, r := range map[string]run{"from_": c.from, "to_": c.to} {
			files := r.files(table)
			switch {
			case len(files) == 0 && definition.Restricted:
				continue // a run may publish without tables of people
			case len(files) == 0:
				return damaged("run %s: it has no table %s", r.folder, table)
			}
			if err := c.engine.Bind(ctx, prefix+table, engine.Dataset{Files: files, Columns: bound(definition.Columns)}); err != nil {
				return damaged("run %s: it was published by another version of leadline, or is damaged: %w", r.folder, err)
			}
		}
	}
	return nil
}

func bound(columns []schemas.Column) []engine.BoundColumn {
	var all []engine.BoundColumn
	for _, c := range columns {
		all = append(all, engine.BoundColumn{Name: c.Name, Type: c.Type})
	}
	return all
}

// each calls do for every row of a small result.
func (c *comparison) each(ctx context.Context, query string, do func(row) error) error {
	result, err := c.engine.Query(ctx, query)
	if err != nil {
		return err
	}
	defer result.Release()
	return result.Each(do)
}

// only is the condition on the ACO asked for.
func (c *comparison) only(column string) string {
	if c.aco == "" {
		return column + " is not null"
	}
	return column + " = " + engine.Literal(c.aco)
}
