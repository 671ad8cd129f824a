package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"leadline/schemas"
)

// What results are called while two lists are compared: before is what the
// earlier list gave, after what the present one gives, each for the people whom
// the change touches; keptName is what the earlier run kept for everyone.
const (
	before   = "before_"
	after    = "after_"
	keptName = "kept_"
)

// touchedOnly puts what the changed list did to the people whom it touches on
// what the last run kept for everyone: sums of people add up exactly, rows of
// people are replaced.
func (c *computation) touchedOnly(ctx context.Context, base []kept) error {
	if err := c.touchedPasses(ctx); err != nil {
		return err
	}
	if err := c.proveKey(ctx, after+"alignment", []string{"aligned_year", "bene_id"}); err != nil {
		return err
	}
	c.isMerged = true
	for _, k := range base {
		if err := c.merge(ctx, k); err != nil {
			return err
		}
	}
	return c.keepGroups(ctx)
}

// touchedPasses runs the steps for the people whom the changed list touches,
// with the earlier list and with this one.
func (c *computation) touchedPasses(ctx context.Context) error {
	if err := c.touch(ctx); err != nil {
		return err
	}
	earlier, err := c.earlierRelations()
	if err != nil {
		return err
	}
	steps := append(c.graph.groupSteps(), c.carried)
	lists := map[string]schemas.Relation{}
	for _, name := range deltaRelations {
		lists[name] = earlier[name]
	}
	why := "for the people whom the changed list touches"
	if err := c.pass(ctx, Stage{Name: "align with the earlier list", Why: why}, steps, lists, before); err != nil {
		return err
	}
	for name := range lists {
		lists[name] = c.relations[name]
	}
	c.hasEarlier = true
	if err := c.pass(ctx, Stage{Name: "align with this list", Why: why}, steps, lists, after); err != nil {
		return err
	}
	return c.engine.Rename(ctx, after+c.carried.Name, c.carried.Name)
}

// pass runs steps that need the list, as one stage, with some relations in place
// of the run's own, and puts what they give under a prefix.
func (c *computation) pass(ctx context.Context, stage Stage, steps []schemas.Step, relations map[string]schemas.Relation, prefix string) error {
	if err := c.readable(ctx, c.graph.reads(steps)); err != nil {
		return err
	}
	for _, name := range sortedKeys(relations) {
		if err := c.engine.Load(ctx, relations[name]); err != nil {
			return err
		}
	}
	return c.timed(stage, func(stage *Stage) error {
		for _, s := range steps {
			rows, err := c.materialise(ctx, s)
			if err != nil {
				return err
			}
			stage.Rows += rows
		}
		for _, s := range steps {
			if err := c.putAside(ctx, s, prefix); err != nil {
				return err
			}
		}
		return nil
	})
}

// putAside gives the results that are compared or merged their prefix, and
// forgets the others.
func (c *computation) putAside(ctx context.Context, s schemas.Step, prefix string) error {
	if !s.IsView && (slices.Contains(collected, s.Name) || s.Name == "alignment" || s.Name == c.carried.Name) {
		return c.engine.Rename(ctx, s.Name, prefix+s.Name)
	}
	return c.engine.Drop(ctx, s.Name)
}

// ofAll is what everyone's rows are called where a name stands for some people's.
const ofAll = "_of_all"

// touch finds the people whom the changed list touches, and leaves only them in
// what the steps read.
func (c *computation) touch(ctx context.Context) error {
	if err := c.loadChanges(ctx); err != nil {
		return err
	}
	if err := c.widen(ctx); err != nil {
		return err
	}
	if err := c.engine.Drop(ctx, c.touched.Name); err != nil {
		return err
	}
	if err := c.step(ctx, c.touched, "the list changed"); err != nil {
		return err
	}
	for _, name := range c.readOfPeople(c.graph.groupSteps()) {
		if err := c.narrow(ctx, name, name, c.touched.Name); err != nil {
			return err
		}
	}
	return nil
}

// widen gives the names that the steps read everyone's rows again.
func (c *computation) widen(ctx context.Context) error {
	steps := c.graph.groupSteps()
	if err := c.readable(ctx, c.graph.reads(steps)); err != nil {
		return err
	}
	for _, name := range c.readOfPeople(steps) {
		if !c.wide[name] {
			if err := c.engine.Rename(ctx, name, name+ofAll); err != nil {
				return err
			}
			c.wide[name] = true
		}
		if err := errors.Join(c.engine.Drop(ctx, name), c.engine.View(ctx, name, "select * from "+name+ofAll)); err != nil {
			return err
		}
	}
	return nil
}

// narrow makes a table of some people's rows.
func (c *computation) narrow(ctx context.Context, name, to, people string) error {
	if err := c.engine.Drop(ctx, to); err != nil {
		return err
	}
	_, err := c.engine.Materialise(ctx, to, fmt.Sprintf("select r.* from %s as r semi join %s as t on t.bene_id = r.bene_id", name+ofAll, people))
	return err
}

// readOfPeople are the summaries and inputs with a row of people that some steps
// read.
func (c *computation) readOfPeople(steps []schemas.Step) []string {
	var names []string
	for _, s := range steps {
		for _, r := range s.Reads {
			table, isInput := schemas.Input(r)
			_, hasPerson := table.Column("bene_id")
			summary := c.graph.byName[r]
			if (isInput && hasPerson || summary.IsOfPeople() && !summary.IsView && !c.graph.needsList(r)) && !slices.Contains(names, r) {
				names = append(names, r)
			}
		}
	}
	return names
}

// merge makes a result for everyone of what the last run kept and what the
// touched people gave before and give now.
func (c *computation) merge(ctx context.Context, k kept) error {
	s := k.step
	if k.year != 0 { // the years of the published alignment are merged as they are written
		return c.engine.Open(ctx, keptAlignment(k.year), k.entry.Path)
	}
	if err := c.engine.Open(ctx, keptName+s.Name, k.entry.Path); err != nil {
		return err
	}
	query := fmt.Sprintf("select k.* from %[1]s as k anti join touched as t on t.bene_id = k.bene_id union all select * from %[2]s",
		keptName+s.Name, after+s.Name)
	if len(s.Sums) > 0 {
		query = sumsQuery(s)
	}
	_, err := c.engine.Materialise(ctx, s.Name, query)
	return err
}

func keptAlignment(year int) string { return fmt.Sprintf("%salignment_%d", keptName, year) }

// sumsQuery adds a step's sums: kept, less before, plus after.
func sumsQuery(s schemas.Step) string {
	key := strings.Join(s.Key, ", ")
	var plus, minus, totals, some []string
	for _, sum := range s.Sums {
		plus = append(plus, sum.Column)
		minus = append(minus, "-"+sum.Column+" as "+sum.Column)
		totals = append(totals, fmt.Sprintf("cast(sum(%[1]s) as %[2]s) as %[1]s", sum.Column, sum.Type))
		some = append(some, "sum("+sum.Column+") <> 0")
	}
	added := strings.Join(plus, ", ")
	return fmt.Sprintf(`select %[1]s, %[2]s
from (
    select %[1]s, %[3]s from %[4]s
    union all select %[1]s, %[5]s from %[6]s
    union all select %[1]s, %[3]s from %[7]s
) as part
group by %[1]s
having %[8]s`, key, strings.Join(totals, ", "), added, keptName+s.Name, strings.Join(minus, ", "), before+s.Name, after+s.Name,
		strings.Join(some, " or "))
}
