// Package steptest runs SQL steps on small folders of CSV and compares what
// they give with what was worked out by hand. Only tests import it.
//
// A case is a folder testdata/<step>/<case>:
//
//	case.md        what the case holds, and the working
//	<table>.csv    a table that the step reads; one without a file is empty
//	run.csv        setting and value: the relations of the step's own package
//	               that have no file then stand as for a run with these settings
//	want.csv       the rows to come, in the columns that matter, in any order
//
// In every file null is the word null, an empty cell is an empty text, and a
// list has blanks between its items. A line that starts with # is a comment.
// Columns of a table that its file does not name are null.
//
// Where a step puts together what others compute for each file apart, a case may
// give what those read: they are run first.
//
// While a step runs, only the tables of its header exist, and in such a case
// those behind it.
package steptest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"leadline/pipeline/engine"
	"leadline/schemas"
)

// Suite is the steps of one package, and the relations that it makes itself.
type Suite struct {
	Steps     []schemas.Step
	Relations func(Run) ([]schemas.Relation, error)
}

// Bench is one engine, and one suite to run on it.
type Bench struct {
	suite   Suite
	engine  *engine.DuckDB
	columns map[string][]schemas.Column
}

// Open starts the engine that all cases of a package share.
func Open(t *testing.T, s Suite) *Bench {
	t.Helper()
	e, err := engine.OpenDuckDB(context.Background(), engine.Options{Threads: 1, WorkFolder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	b := &Bench{suite: s, engine: e, columns: map[string][]schemas.Column{}}
	if err := b.learn(); err != nil {
		t.Fatal(err)
	}
	return b
}

// learn gathers the columns of every table that a step may read: those of the
// contract, of earlier steps, and of the package's relations. A relation goes
// before a table of the contract that it is named after.
func (b *Bench) learn() error {
	for _, t := range schemas.Inputs() {
		b.columns[t.Name] = t.Columns
	}
	made, err := Written()
	if err != nil {
		return err
	}
	for name, columns := range made {
		b.columns[name] = columns
	}
	relations, err := b.suite.Relations(DefaultRun())
	if err != nil {
		return err
	}
	for _, r := range relations {
		b.columns[r.Name] = r.Columns
	}
	return nil
}

// empty makes the table of the name without rows.
func (b *Bench) empty(ctx context.Context, name string) error {
	columns, known := b.columns[name]
	if !known {
		return fmt.Errorf("nothing says which columns table %s has: declare them in written.go", name)
	}
	return b.engine.Load(ctx, schemas.Relation{Name: name, Columns: columns})
}

// drop forgets the step's tables, so that the next case starts with none.
func (b *Bench) drop(s schemas.Step) error {
	var errs []error
	for _, name := range append([]string{s.Name}, b.behind(s)...) {
		errs = append(errs, b.engine.Drop(context.Background(), name))
	}
	return errors.Join(errs...)
}

// Reads holds that each step reads the tables of its header, and no other: it
// runs with exactly these, and with none of them left out.
func (b *Bench) Reads(t *testing.T) {
	for _, s := range b.suite.Steps {
		if err := b.reads(s); err != nil {
			t.Errorf("step %s: %v", s.Name, err)
		}
	}
}

// apart holds that a step which is computed for each file of a table apart reads
// no other table and no step: what it gives for a file would rest on others.
func (b *Bench) apart(s schemas.Step) error {
	var errs []error
	if s.Part != "" && !slices.Contains(s.Reads, s.Part) {
		errs = append(errs, fmt.Errorf("it is made of the files of %s, and does not read it", s.Part))
	}
	for _, name := range s.Reads {
		_, isInput := schemas.Input(name)
		isStep := slices.ContainsFunc(b.suite.Steps, func(other schemas.Step) bool { return other.Name == name })
		if s.Part != "" && name != s.Part && (isInput || isStep) {
			errs = append(errs, fmt.Errorf("it is made of each file of %s apart, and reads %s", s.Part, name))
		}
	}
	return errors.Join(errs...)
}

func (b *Bench) reads(s schemas.Step) error {
	errs := []error{b.apart(s)}
	for _, absent := range append([]string{""}, s.Reads...) {
		err := b.runEmpty(s, absent)
		switch {
		case absent == "" && err != nil:
			errs = append(errs, fmt.Errorf("with the tables of its header alone: %w", err))
		case absent != "" && err == nil:
			errs = append(errs, fmt.Errorf("its header reads %s, its query does not", absent))
		}
		errs = append(errs, b.drop(s))
	}
	return errors.Join(errs...)
}

func (b *Bench) runEmpty(s schemas.Step, without string) error {
	ctx := context.Background()
	for _, name := range s.Reads {
		if name == without {
			continue
		}
		if err := b.empty(ctx, name); err != nil {
			return err
		}
	}
	_, err := b.engine.Materialise(ctx, s.Name, s.Query)
	return err
}

// Columns holds that each step writes the columns that written.go says, in the
// contract's types, and that one with sums is its key and these: what a changed
// list adds to a kept result is put together of them alone.
func (b *Bench) Columns(t *testing.T) {
	for _, s := range b.suite.Steps {
		if err := errors.Join(b.writes(s), b.drop(s)); err != nil {
			t.Errorf("step %s: %v", s.Name, err)
		}
	}
}

func (b *Bench) writes(s schemas.Step) error {
	if err := b.runEmpty(s, ""); err != nil {
		return err
	}
	got, err := b.described(context.Background(), s.Name)
	if err != nil {
		return err
	}
	if want := spelled(b.columns[s.Name]); got != want {
		return fmt.Errorf("it writes\n\t%s\nwritten.go says\n\t%s", got, want)
	}
	return addsUp(s, b.columns[s.Name])
}

// addsUp refuses sums that are not the columns beside the key, with their types.
func addsUp(s schemas.Step, columns []schemas.Column) error {
	if len(s.Sums) == 0 {
		return nil
	}
	var beside, sums []string
	for _, c := range columns {
		if !slices.Contains(s.Key, c.Name) {
			beside = append(beside, c.Name+" "+c.Type.SQL())
		}
	}
	for _, sum := range s.Sums {
		sums = append(sums, sum.Column+" "+strings.ToUpper(strings.ReplaceAll(sum.Type, " ", "")))
	}
	if !slices.Equal(beside, sums) {
		return fmt.Errorf("beside its key it writes\n\t%s\nits header sums\n\t%s", strings.Join(beside, ", "), strings.Join(sums, ", "))
	}
	return nil
}

// described is a table's columns as written.go spells them.
func (b *Bench) described(ctx context.Context, table string) (string, error) {
	result, err := b.engine.Query(ctx, "select column_name, data_type from information_schema.columns where table_name = "+
		engine.Literal(table)+" order by ordinal_position")
	if err != nil {
		return "", err
	}
	defer result.Release()
	text := ""
	err = result.Each(func(r engine.Row) error {
		if text != "" {
			text += ", "
		}
		text += r.Text("column_name") + " " + r.Text("data_type")
		return nil
	})
	return text, err
}
