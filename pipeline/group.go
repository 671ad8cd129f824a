package pipeline

import (
	"context"
	"fmt"
	"slices"

	"leadline/pipeline/cache"
)

// group runs the steps that need the list, or as little of them as will do: not
// at all where this list was run before, only for the people whom a change of
// the list touches where the last run began from the same summaries, and
// otherwise for everyone.
func (c *computation) group(ctx context.Context) error {
	c.groups = c.findGroups(c.lineage.id)
	isKept := !c.publish.Candidate && !slices.ContainsFunc(c.groups, func(k kept) bool { return !k.isSound() })
	base, hasBase := c.base()
	if isKept && (hasBase || !c.comparesWithLast()) {
		if hasBase && c.comparesWithLast() {
			if err := c.touchedPasses(ctx); err != nil {
				return err
			}
		}
		return c.openGroups(ctx)
	}
	c.isRealigned = true
	if hasBase {
		return c.touchedOnly(ctx, base)
	}
	return c.everyone(ctx)
}

// openGroups takes the kept results as they are.
func (c *computation) openGroups(ctx context.Context) error {
	for _, k := range c.groups {
		c.reuse(c.stageOf(k))
		if k.year != 0 {
			continue
		}
		if err := c.engine.Open(ctx, k.step.Name, k.entry.Path); err != nil {
			return err
		}
	}
	return nil
}

// findGroups looks for the kept results of the steps that need the list: those
// that are collected, and each year of the published alignment.
func (c *computation) findGroups(id func(step string) string) []kept {
	var all []kept
	for _, s := range c.graph.groupResults() {
		all = append(all, kept{step: s, key: id(s.Name)})
	}
	if c.publish.RowLevel {
		for _, year := range c.extract.years.Aligned() {
			all = append(all, kept{step: c.graph.byName["alignment"], key: fmt.Sprintf("%s-%d", id("alignment"), year), year: year})
		}
	}
	for i := range all {
		all[i].entry, all[i].condition = c.store.Find(all[i].step.Name, all[i].key)
	}
	return all
}

// everyone runs the steps for all people.
func (c *computation) everyone(ctx context.Context) error {
	if c.comparesWithLast() {
		if err := c.earlierOfAll(ctx); err != nil {
			return err
		}
	}
	steps := c.graph.groupSteps()
	if c.hasEarlier {
		steps = append(steps, c.carried)
	}
	c.total += len(steps)
	if err := c.openSummaries(ctx); err != nil {
		return err
	}
	if err := c.readable(ctx, c.graph.reads(steps)); err != nil {
		return err
	}
	for i, s := range steps {
		if err := c.step(ctx, s, c.whyAgain(s)); err != nil {
			return err
		}
		if err := c.forget(ctx, steps[:i+1], steps[i+1:]); err != nil {
			return err
		}
	}
	if err := c.proveKey(ctx, "alignment", []string{"aligned_year", "bene_id"}); err != nil {
		return err
	}
	return c.keepGroups(ctx)
}

// base is what the last run kept, if it differs from this one in nothing but
// the Participant TIN list and the voluntary designations.
func (c *computation) base() ([]kept, bool) {
	if c.last == nil || c.publish.Candidate {
		return nil, false
	}
	for _, s := range c.graph.groupSteps() {
		if c.last.Ids[s.Name] != c.lineage.text(s) {
			return nil, false
		}
		for _, r := range s.Reads {
			_, isStep := c.graph.byName[r]
			switch {
			case c.graph.needsList(r) && isStep, c.graph.isSummaryView(r), slices.Contains(deltaRelations, r):
			case isStep && c.last.Results[r] != c.lineage.id(r), !isStep && c.last.Ids[r] != c.lineage.id(r):
				return nil, false
			}
		}
	}
	base := c.findGroups(func(step string) string { return c.last.Results[step] })
	return base, !slices.ContainsFunc(base, func(k kept) bool { return !k.isSound() })
}

// deltaRelations are the lists of which a changed row says whom it touches.
var deltaRelations = []string{"participant", "voluntary_designation"}

// keepGroups keeps what was computed for the next run.
func (c *computation) keepGroups(ctx context.Context) error {
	for i := range c.groups {
		k := &c.groups[i]
		if k.isSound() || c.keepsNothing {
			continue
		}
		query, order := "select * from "+k.step.Name, k.step.Key
		if k.year != 0 {
			query, order = c.alignmentQuery(k.year), []string{"bene_id"}
		}
		var err error
		if k.entry, err = c.keep(ctx, k.step, k.key, query, order); err != nil {
			return err
		}
		k.condition = cache.Sound
	}
	return nil
}
