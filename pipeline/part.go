package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"leadline/pipeline/cache"
	"leadline/pipeline/engine"
	"leadline/schemas"
)

// parts are a step's results for the files of its table, one a file.
type parts struct {
	step  schemas.Step
	files []kept // in the order of the table's files
	stage Stage
	took  atomic.Int64 // nanoseconds, of all sessions together
}

// isPart says whether a step is computed for each file of its table apart. Of a
// table that is not given there is nothing to compute apart.
func (c *computation) isPart(s schemas.Step) bool {
	return s.Part != "" && len(c.extract.footers[s.Part].Files) > 0
}

// makeParts makes steps readable that are computed for each file apart: a file
// that was seen before is not read, one after the other is bound in the name of
// its table and read by every step that lacks it.
func (c *computation) makeParts(ctx context.Context, steps []schemas.Step) error {
	if err := c.readable(ctx, c.graph.relationsOf(steps)); err != nil {
		return err
	}
	for _, table := range schemas.Inputs() {
		of := slices.DeleteFunc(slices.Clone(steps), func(s schemas.Step) bool { return s.Part != table.Name })
		if err := c.partsOf(ctx, table.Name, of); err != nil {
			return err
		}
	}
	return nil
}

func (c *computation) partsOf(ctx context.Context, table string, steps []schemas.Step) error {
	all := make([]*parts, len(steps))
	for i, s := range steps {
		all[i] = c.findParts(s)
		c.parts = append(c.parts, all[i])
	}
	if err := c.makeStale(ctx, table, all); err != nil {
		return err
	}
	for _, p := range all {
		if err := c.openParts(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// makeStale computes what is not kept, as many files at a time as there are
// threads: one file often is one row group, which one thread reads.
func (c *computation) makeStale(ctx context.Context, table string, all []*parts) error {
	var stale []int
	for i := range c.extract.footers[table].Files {
		if slices.ContainsFunc(all, func(p *parts) bool { return !p.files[i].isSound() }) {
			stale = append(stale, i)
		}
	}
	if err := c.extract.binding.crosswalk(ctx); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	next := make(chan int, len(stale))
	for _, i := range stale {
		next <- i
	}
	close(next)
	for range min(c.threads, len(stale)) {
		g.Go(func() error { return c.makeFiles(ctx, table, all, next) })
	}
	return g.Wait()
}

// makeFiles takes one file after the other in a session of its own.
func (c *computation) makeFiles(ctx context.Context, table string, all []*parts, next <-chan int) (err error) {
	session, err := c.engine.Beside(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	for i := range next {
		if err := c.extract.binding.file(ctx, session, table, c.extract.footers[table].Files[i]); err != nil {
			return err
		}
		for _, p := range all {
			if err := c.makePart(ctx, session, p, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// findParts looks for what is kept of a step's files.
func (c *computation) findParts(s schemas.Step) *parts {
	p := &parts{step: s, stage: Stage{Name: s.Name, Key: c.lineage.id(s.Name)}}
	worst, reused := cache.Sound, 0
	for _, file := range c.extract.footers[s.Part].Files {
		k := kept{step: s, key: c.lineage.partID(s, file.Path)}
		k.entry, k.condition = c.store.Find(s.Name, k.key)
		if k.isReused = k.isSound(); k.isReused {
			reused++
		} else if worst != cache.Damaged {
			worst = k.condition
		}
		p.files = append(p.files, k)
	}
	p.stage.Why = c.reasons.of(kept{step: s, condition: worst})
	if reused > 0 && reused < len(p.files) {
		p.stage.Why = fmt.Sprintf("%d of %d files reused; %s", reused, len(p.files), p.stage.Why)
	}
	p.stage.Reused = reused == len(p.files)
	return p
}

func (c *computation) makePart(ctx context.Context, session engine.Engine, p *parts, file int) error {
	k := &p.files[file]
	if k.isSound() {
		return nil
	}
	start := time.Now()
	entry, err := c.keepFrom(ctx, session, p.step, k.key, p.step.Query) // whoever puts them together orders them
	if err != nil {
		return err
	}
	k.entry, k.condition = entry, cache.Sound
	p.took.Add(int64(time.Since(start)))
	return nil
}

// countParts says how many parts were looked for, and how many were there.
func (c *computation) countParts() (reused, of int) {
	for _, p := range c.parts {
		of += len(p.files)
		for _, k := range p.files {
			if k.isReused {
				reused++
			}
		}
	}
	return reused, of
}

// openParts puts the parts together under the step's name.
func (c *computation) openParts(ctx context.Context, p *parts) error {
	paths := make([]string, len(p.files))
	for i, k := range p.files {
		paths[i] = k.entry.Path
		p.stage.Rows += k.entry.Rows
		p.stage.Bytes += k.entry.Bytes
	}
	p.stage.Seconds = time.Duration(p.took.Load()).Seconds()
	c.note(p.stage)
	return c.engine.Open(ctx, p.step.Name, paths...)
}
