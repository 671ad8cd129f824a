package pipeline

import (
	"context"
	"slices"
	"strings"

	"leadline/pipeline/cache"
	"leadline/pipeline/engine"
	"leadline/schemas"
)

// kept is a result that is kept between runs, and how it was found.
type kept struct {
	step      schemas.Step
	key       string
	year      int // of a result that is kept year by year
	entry     cache.Entry
	condition cache.Condition
	isReused  bool
}

func (k kept) isSound() bool { return k.condition == cache.Sound }

// find looks for the kept results of some steps.
func (c *computation) find(steps []schemas.Step) []kept {
	all := make([]kept, len(steps))
	for i, s := range steps {
		all[i] = kept{step: s, key: c.lineage.id(s.Name)}
		all[i].entry, all[i].condition = c.store.Find(s.Name, all[i].key)
	}
	return all
}

// summarise makes the summaries readable by their names: kept ones as they are,
// others computed from the extract, and kept.
func (c *computation) summarise(ctx context.Context) error {
	c.summaries = c.find(c.graph.summaries())
	var missing []schemas.Step
	sound := map[string]cache.Entry{}
	for _, k := range c.summaries {
		if k.isSound() {
			sound[k.step.Name] = k.entry
		} else {
			missing = append(missing, k.step)
		}
	}
	steps := c.graph.upstream(missing, func(name string) bool { _, ok := sound[name]; return ok })
	c.total += len(steps)
	rest := slices.DeleteFunc(slices.Clone(steps), c.isPart)
	if err := c.makeParts(ctx, slices.DeleteFunc(steps, func(s schemas.Step) bool { return !c.isPart(s) })); err != nil {
		return err
	}
	if err := c.readable(ctx, c.graph.reads(rest)); err != nil {
		return err
	}
	for i, k := range c.summaries {
		if k.isSound() {
			c.summaries[i].isReused = true
			c.reuse(c.stageOf(k))
			if err := c.engine.Open(ctx, k.step.Name, k.entry.Path); err != nil {
				return err
			}
		}
	}
	for i, s := range rest {
		if err := c.summaryStep(ctx, s); err != nil {
			return err
		}
		if err := c.forget(ctx, rest[:i+1], rest[i+1:]); err != nil {
			return err
		}
	}
	return nil
}

// openSummaries names the views of the summaries, all people's.
func (c *computation) openSummaries(ctx context.Context) error {
	for _, k := range c.summaries {
		if err := c.engine.Open(ctx, k.step.Name, k.entry.Path); err != nil {
			return err
		}
	}
	return nil
}

// summaryStep runs a step before the list: a summary is kept, what it is made
// of is not.
func (c *computation) summaryStep(ctx context.Context, s schemas.Step) error {
	at := slices.IndexFunc(c.summaries, func(k kept) bool { return k.step.Name == s.Name })
	if at < 0 {
		return c.step(ctx, s, "what it is made into is made anew")
	}
	k := &c.summaries[at]
	return c.timed(c.stageOf(*k), func(stage *Stage) error {
		entry, err := c.keep(ctx, s, k.key, s.Query, s.Key)
		if err != nil {
			return err
		}
		k.entry, k.condition = entry, cache.Sound
		stage.Rows, stage.Bytes = entry.Rows, entry.Bytes
		return c.engine.Open(ctx, s.Name, entry.Path)
	})
}

// keep writes a query's rows, in the order of their key, as the result of a step.
func (c *computation) keep(ctx context.Context, s schemas.Step, key, query string, order []string) (cache.Entry, error) {
	return c.keepFrom(ctx, c.engine, s, key, "select * from ("+query+") as result order by "+strings.Join(order, ", "))
}

// keepFrom writes a query's rows, as a session gives them, as the result of a step.
func (c *computation) keepFrom(ctx context.Context, session engine.Engine, s schemas.Step, key, query string) (cache.Entry, error) {
	if c.isDry {
		return cache.Entry{Step: s.Name, Key: key}, nil
	}
	return c.store.Put(s.Name, key, func(path string) (int64, error) { return session.Write(ctx, query, path) })
}

// step runs a step whose result lives as long as the run.
func (c *computation) step(ctx context.Context, s schemas.Step, why string) error {
	if s.IsView {
		_, err := c.materialise(ctx, s)
		return err
	}
	return c.timed(Stage{Name: s.Name, Why: why}, func(stage *Stage) (err error) {
		stage.Rows, err = c.materialise(ctx, s)
		return err
	})
}

func (c *computation) materialise(ctx context.Context, s schemas.Step) (rows int64, err error) {
	if s.IsView {
		return 0, c.engine.View(ctx, s.Name, s.Query)
	}
	return c.engine.Materialise(ctx, s.Name, s.Query)
}

// readable loads relations and binds inputs that are not yet.
func (c *computation) readable(ctx context.Context, names []string) error {
	for _, name := range names {
		r, isRelation := c.relations[name]
		if !isRelation {
			if err := c.extract.binding.read(ctx, name); err != nil {
				return err
			}
			continue
		}
		if c.loaded[name] {
			continue
		}
		c.loaded[name] = true
		if err := c.engine.Load(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// forget drops results that no later step reads and that are neither kept nor
// published: they can be as large as the extract.
func (c *computation) forget(ctx context.Context, done, left []schemas.Step) error {
	for _, s := range done {
		isWanted := c.keepsAll || slices.Contains(collected, s.Name) || slices.Contains([]string{"alignment", c.carried.Name}, s.Name) ||
			c.publish.Candidate && s.Name == "alignment_candidate" ||
			slices.ContainsFunc(c.summaries, func(k kept) bool { return k.step.Name == s.Name })
		isRead := slices.ContainsFunc(append(c.graph.views(), left...), func(r schemas.Step) bool { return slices.Contains(r.Reads, s.Name) })
		if s.IsView || isWanted || isRead || c.forgotten[s.Name] {
			continue
		}
		c.forgotten[s.Name] = true
		if err := c.engine.Drop(ctx, s.Name); err != nil {
			return err
		}
	}
	return nil
}

// whyAgain says why a step that needs the list is run for everyone.
func (c *computation) whyAgain(s schemas.Step) string {
	if s.Name == c.carried.Name {
		return "the run before is compared"
	}
	k := kept{step: s}
	if at := slices.IndexFunc(c.groups, func(k kept) bool { return k.step.Name == s.Name && k.condition == cache.Damaged }); at >= 0 {
		k = c.groups[at]
	}
	if c.last != nil && k.condition == cache.Absent && len(c.reasons.changed(s.Name)) == 0 {
		return "what is made of it is made anew"
	}
	return c.reasons.of(k)
}

func (c *computation) stageOf(k kept) Stage {
	return Stage{Name: k.step.Name, Key: k.key, Why: c.reasons.of(k), Rows: k.entry.Rows, Bytes: k.entry.Bytes}
}
