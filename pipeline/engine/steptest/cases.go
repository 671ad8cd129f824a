package steptest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/pipeline/engine"
	"leadline/schemas"
)

const (
	caseFile = "case.md"
	wantFile = "want.csv"
	runFile  = "run.csv"
)

// Cases runs every case under the folder, and holds that each step has one.
func (b *Bench) Cases(t *testing.T, root string) {
	folders, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.place(folders); err != nil {
		t.Error(err)
	}
	for _, s := range b.suite.Steps {
		cases, _ := os.ReadDir(filepath.Join(root, s.Name)) // place has said which folder is missing
		for _, c := range cases {
			t.Run(s.Name+"/"+c.Name(), func(t *testing.T) {
				if err := b.hold(context.Background(), s, filepath.Join(root, s.Name, c.Name())); err != nil {
					t.Error(err)
				}
				if err := b.drop(s); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
}

// place refuses folders that are named after no step, and steps without one.
func (b *Bench) place(folders []os.DirEntry) error {
	var errs []error
	without := map[string]bool{}
	for _, s := range b.suite.Steps {
		without[s.Name] = true
	}
	for _, f := range folders {
		if !without[f.Name()] {
			errs = append(errs, fmt.Errorf("folder %s is named after no step", f.Name()))
		}
		delete(without, f.Name())
	}
	for _, s := range b.suite.Steps {
		for _, p := range b.partsOf(s) {
			if !without[s.Name] { // its cases reach through
				delete(without, p.Name)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(without)) {
		errs = append(errs, fmt.Errorf("step %s has no case", name))
	}
	return errors.Join(errs...)
}

// hold runs a step on one case and says what is wrong, if anything.
func (b *Bench) hold(ctx context.Context, s schemas.Step, folder string) error {
	if err := b.files(s, folder); err != nil {
		return err
	}
	if err := b.load(ctx, s, folder); err != nil {
		return err
	}
	if _, err := b.engine.Materialise(ctx, s.Name, s.Query); err != nil {
		return err
	}
	return errors.Join(b.unique(ctx, s), b.compare(ctx, s, filepath.Join(folder, wantFile)))
}

// files refuses a case that lacks a file, or has one that nothing reads.
func (b *Bench) files(s schemas.Step, folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	missing := []string{caseFile, wantFile}
	var errs []error
	for _, e := range entries {
		missing = slices.DeleteFunc(missing, func(name string) bool { return name == e.Name() })
		table, isTable := strings.CutSuffix(e.Name(), ".csv")
		switch {
		case slices.Contains([]string{caseFile, wantFile, runFile}, e.Name()):
		case !isTable || !slices.Contains(b.behind(s), table):
			errs = append(errs, fmt.Errorf("the step does not read %s", e.Name()))
		}
	}
	if len(missing) > 0 {
		errs = append(errs, fmt.Errorf("the case has no %s", strings.Join(missing, ", ")))
	}
	return errors.Join(errs...)
}

// load makes the tables that the step reads.
func (b *Bench) load(ctx context.Context, s schemas.Step, folder string) error {
	run, asked, err := readRun(folder)
	if err != nil {
		return err
	}
	made := map[string]schemas.Relation{}
	if asked {
		relations, err := b.suite.Relations(run)
		if err != nil {
			return err
		}
		for _, r := range relations {
			made[r.Name] = r
		}
	}
	for _, part := range b.partsOf(s) {
		if _, err := os.Stat(filepath.Join(folder, part.Name+".csv")); err == nil {
			continue
		}
		if err := b.tables(ctx, part, folder, made); err != nil {
			return err
		}
		if _, err := b.engine.Materialise(ctx, part.Name, part.Query); err != nil {
			return err
		}
		made[part.Name] = asMade
	}
	return b.tables(ctx, s, folder, made)
}

// asMade stands for a table that is there already.
var asMade = schemas.Relation{Name: "as made"}

// partsOf are the steps of the suite, computed for each file apart, that a step
// puts together: a case may give what they read in their place.
func (b *Bench) partsOf(s schemas.Step) []schemas.Step {
	return slices.DeleteFunc(slices.Clone(b.suite.Steps), func(p schemas.Step) bool {
		return p.Part == "" || !slices.Contains(s.Reads, p.Name)
	})
}

// behind are the tables that a step reads, itself or through its parts.
func (b *Bench) behind(s schemas.Step) []string {
	all := slices.Clone(s.Reads)
	for _, p := range b.partsOf(s) {
		all = append(all, p.Reads...)
	}
	return all
}

// tables makes the tables that a step reads: of a file of the case, as the
// package makes them, or empty.
func (b *Bench) tables(ctx context.Context, s schemas.Step, folder string, made map[string]schemas.Relation) error {
	for _, name := range s.Reads {
		r, isMade := made[name]
		path := filepath.Join(folder, name+".csv")
		_, err := os.Stat(path)
		switch {
		case err == nil:
			columns, rows, failed := readTable(path, b.columns[name], true)
			if failed != nil {
				return fmt.Errorf("%s.csv: %w", name, failed)
			}
			err = b.engine.Load(ctx, schemas.Relation{Name: name, Columns: columns, Rows: rows})
		case isMade && r.Name == asMade.Name:
			err = nil
		case isMade:
			err = b.engine.Load(ctx, r)
		default:
			err = b.empty(ctx, name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unique holds the key that the step's header declares.
func (b *Bench) unique(ctx context.Context, s schemas.Step) error {
	key := strings.Join(s.Key, ", ")
	result, err := b.engine.Query(ctx, fmt.Sprintf("select %s from %s group by %s having count(*) > 1", key, s.Name, key))
	if err != nil {
		return fmt.Errorf("key (%s): %w", key, err)
	}
	defer result.Release()
	if result.Rows() > 0 {
		return fmt.Errorf("%d keys (%s) stand in more than one row", result.Rows(), key)
	}
	return nil
}

// compare holds the step's rows against the wanted ones, in any order.
func (b *Bench) compare(ctx context.Context, s schemas.Step, path string) error {
	columns, rows, err := readTable(path, b.columns[s.Name], false)
	if err != nil {
		return fmt.Errorf("%s: %w", wantFile, err)
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = engine.Quote(c.Name)
	}
	result, err := b.engine.Query(ctx, fmt.Sprintf("select %s from %s", strings.Join(names, ", "), s.Name))
	if err != nil {
		return err
	}
	defer result.Release()
	got, err := result.Values()
	if err != nil {
		return err
	}
	if diff := cmp.Diff(printed(rows, columns), printed(got, columns)); diff != "" {
		return fmt.Errorf("%s (-want +got):\n%s", strings.Join(names, " "), diff)
	}
	return nil
}

func printed(rows [][]any, columns []schemas.Column) []string {
	lines := make([]string, len(rows))
	for n, row := range rows {
		words := make([]string, len(row))
		for i, v := range row {
			words[i] = shown(v, columns[i].Type)
		}
		lines[n] = strings.Join(words, " | ")
	}
	slices.Sort(lines)
	return lines
}
