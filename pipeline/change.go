package pipeline

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"leadline/aggregate"
	"leadline/alignment"
	"leadline/pipeline/cache"
	"leadline/pipeline/publish"
	"leadline/schemas"
)

// changeSteps compare a run with the one before: whom a changed list touches,
// what each person's alignment carries, and what became of it.
type changeSteps struct{ touched, carried, change, changeTotal schemas.Step }

func newChangeSteps() (changeSteps, error) {
	touched, err := alignment.ChangeSteps()
	if err != nil {
		return changeSteps{}, err
	}
	rest, err := aggregate.ChangeSteps()
	if err != nil {
		return changeSteps{}, err
	}
	return changeSteps{touched[0], rest[0], rest[1], rest[2]}, nil
}

// loadChanges loads what differs between the last run's lists and this one's:
// the billing numbers of TINs that were added, dropped or moved, and the people
// with another designation.
func (c *computation) loadChanges(ctx context.Context) error {
	for _, l := range []struct{ list, column, relation, key string }{
		{"participant", "billing_number", "changed_participant", "billing_number"},
		{"voluntary_designation", "bene_id", "changed_designation", "bene_id"},
	} {
		now := c.relations[l.list]
		changed := schemas.Relation{Name: l.relation, Columns: []schemas.Column{{Name: l.key, Type: schemas.Varchar}}}
		at := slices.IndexFunc(now.Columns, func(column schemas.Column) bool { return column.Name == l.column })
		for _, value := range differing(c.last.Relations[l.list].Rows, saveRelation(now).Rows, at) {
			changed.Rows = append(changed.Rows, []any{value})
		}
		if err := c.engine.Load(ctx, changed); err != nil {
			return err
		}
	}
	return nil
}

// differing are the values of a column in the rows that only one of two lists has.
func differing(earlier, now [][]*string, column int) []string {
	count := map[string]int{}
	value := map[string]string{}
	for sign, rows := range map[int][][]*string{-1: earlier, 1: now} {
		for _, row := range rows {
			key := rowKey(row)
			count[key] += sign
			value[key] = *row[column]
		}
	}
	var values []string
	for _, key := range sortedKeys(count) {
		if count[key] != 0 {
			values = append(values, value[key])
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

func rowKey(row []*string) string {
	parts := make([]string, 0, len(row))
	for _, cell := range row {
		if cell == nil {
			parts = append(parts, "null")
		} else {
			parts = append(parts, "="+*cell)
		}
	}
	return digestOf(parts...)
}

// earlierRelations are the small relations of the last run, as far as the steps
// that need the list read them.
func (c *computation) earlierRelations() (map[string]schemas.Relation, error) {
	found := map[string]schemas.Relation{}
	for name, saved := range c.last.Relations {
		now, known := c.relations[name]
		if !known {
			continue
		}
		var err error
		if found[name], err = saved.restore(now); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// comparesWithLast says whether this run follows another that readers see, made
// by the same program: steps of this one do not fit what another version kept.
func (c *computation) comparesWithLast() bool {
	return c.last != nil && c.last.RunID == c.follows && !slices.ContainsFunc(c.graph.steps, func(s schemas.Step) bool {
		return c.last.Ids[s.Name] != c.lineage.text(s)
	})
}

// earlierOfAll runs the steps as the last run ran them, on the summaries that it
// kept, where not only the list changed since: what the inputs changed in a
// person's alignment is then found too. Where a summary is gone it says so, and
// no comparison is made.
func (c *computation) earlierOfAll(ctx context.Context) error {
	var carriedFrom []schemas.Step
	for _, r := range c.carried.Reads {
		carriedFrom = append(carriedFrom, c.graph.byName[r])
	}
	steps := append(c.graph.upstream(carriedFrom, func(name string) bool {
		return !c.graph.needsList(name) && !c.graph.isSummaryView(name)
	}), c.carried)
	var summaries []cache.Entry
	for _, name := range c.readOfPeople(steps) {
		entry, condition := c.store.Find(name, c.last.Results[name])
		if condition != cache.Sound {
			c.log.Warn("no alignment_change: what the run before was made of is no longer kept", "run_id", c.last.RunID)
			return nil
		}
		summaries = append(summaries, entry)
	}
	relations, err := c.earlierRelations()
	if err != nil {
		return err
	}
	for _, entry := range summaries {
		if err := c.engine.Open(ctx, entry.Step, entry.Path); err != nil {
			return err
		}
	}
	if err := c.pass(ctx, Stage{Name: "align as the run before", Why: "to tell what the inputs changed"}, steps, relations, before); err != nil {
		return err
	}
	for name := range relations {
		delete(c.loaded, name)
	}
	c.hasEarlier = true
	return errors.Join(c.engine.Drop(ctx, before+"alignment"), c.loadChanges(ctx))
}

// changes makes the table of changes, if the run follows another.
func (c *computation) changes(ctx context.Context) error {
	if !c.hasEarlier {
		return nil
	}
	if err := c.engine.Rename(ctx, before+c.carried.Name, "earlier_total"); err != nil {
		return err
	}
	const why = "the run before is compared"
	return errors.Join(c.step(ctx, c.change, why), c.step(ctx, c.changeTotal, why))
}

// transition is the manifest of a change from one run to the next.
type transition struct {
	From   string         `json:"from_run_id"`
	To     string         `json:"to_run_id"`
	TINs   []tinChange    `json:"participant_tin"`
	Stages []Stage        `json:"stages"` // what was run to get there, also where the run was published before
	Files  []publish.File `json:"outputs"`
}

// writeChanges publishes what became of everyone since the run before, beside
// the runs: the rows of people where those are published, and their sums.
func (c *computation) writeChanges(ctx context.Context, output, to string) error {
	if !c.hasEarlier {
		return nil
	}
	staging, err := publish.Begin(output)
	if err != nil {
		return err
	}
	defer staging.Discard()
	tables := []schemas.Step{c.changeTotal}
	if c.publish.RowLevel {
		tables = append(tables, c.change)
	}
	for _, s := range tables {
		path := filepath.Join(staging.Dir(), s.Name+".parquet")
		if _, err := c.engine.Write(ctx, "select * from "+s.Name+" order by "+strings.Join(s.Key, ", "), path); err != nil {
			return err
		}
	}
	t := transition{From: c.last.RunID, To: to, TINs: c.tinList(nil).Changes, Stages: c.done}
	if t.Files, err = staging.Files(); err != nil {
		return err
	}
	return errors.Join(staging.WriteManifest(t), staging.PlaceChange(t.From, t.To))
}
