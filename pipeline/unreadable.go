package pipeline

import (
	"context"
	"errors"

	"leadline/pipeline/engine"
	"leadline/pipeline/input"
	"leadline/schemas"
)

// unreadable finds the file and column that the engine fell over, which its own
// error does not say: each file of each table is read alone, then each column
// of one that fails.
func unreadable(ctx context.Context, e engine.Engine, x extract) ([]input.Finding, error) {
	var findings []input.Finding
	for _, t := range schemas.Inputs() {
		for _, file := range x.footers[t.Name].Files {
			column, err := probe(ctx, e, t, x.footers[t.Name], file.Path)
			if err != nil {
				return nil, err
			}
			if column == "" {
				continue
			}
			findings = append(findings, input.Finding{
				Check: input.CheckUnreadableFile, Severity: input.Error, Table: t.Name, File: file.Name, Column: column, Rule: "contract 1",
				Message: "the column cannot be read to its end: a page is damaged, or a value does not fit " + typeOf(t, column),
				Remedy:  "copy the file again from its source, or correct the value there",
			})
		}
	}
	return findings, nil
}

func typeOf(t schemas.Table, column string) string {
	c, _ := t.Column(column)
	return c.Type.String()
}

// probe reads each column of a file and names the first that cannot be read.
func probe(ctx context.Context, e engine.Engine, t schemas.Table, f input.TableFooters, path string) (string, error) {
	const view = "probed_file"
	d := dataset(t, f)
	d.Files = []string{path}
	if err := e.Bind(ctx, view, d); err != nil {
		return "", err
	}
	for _, c := range t.Columns {
		if !f.Has(c.Name) {
			continue
		}
		result, err := e.Query(ctx, "select max("+engine.Quote(c.Name)+") as latest from "+view)
		var failed *engine.Error
		if errors.As(err, &failed) && failed.Kind == engine.Data {
			return c.Name, nil
		}
		if err != nil {
			return "", err
		}
		result.Release()
	}
	return "", nil
}
