package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"leadline/pipeline/engine"
	"leadline/pipeline/input"
	"leadline/pipeline/publish"
)

// plan is what a run would do.
type plan struct {
	RunID     string      `json:"run_id"`
	Unchanged bool        `json:"unchanged"`
	Headline  string      `json:"headline"`
	TINs      []tinChange `json:"participant_tin"`
	Stages    []planned   `json:"stages"`
}

// planned is a stage of a plan, named and explained as the manifest of the run
// will have it.
type planned struct {
	Name   string `json:"name"`
	Key    string `json:"key,omitempty"`
	Reused bool   `json:"reused"`
	Why    string `json:"why"`
}

const nothingToDo = "nothing to do: the current result rests on the same inputs, parameters and rules"

// Plan prints the stages that a run would run or reuse, and why, and changes
// nothing.
func Plan(ctx context.Context, r Request) error {
	p, err := prepare(ctx, r)
	if err != nil {
		return err
	}
	if input.CountErrors(p.findings) > 0 {
		return &InputError{p.findings}
	}
	made := plan{RunID: p.runID, TINs: []tinChange{}, Stages: []planned{}}
	if made.Unchanged, err = publish.IsLatest(r.Config.Output, p.runID); err != nil {
		return err
	}
	made.Headline = nothingToDo
	if !made.Unchanged {
		if err := p.plan(ctx, &made); err != nil {
			return err
		}
	}
	return made.print(r)
}

// plan has the engine answer what the settings ask of the extract, if no run has
// asked before, and goes through the run's stages without an engine.
func (p *prepared) plan(ctx context.Context, made *plan) error {
	p.readOnly = true
	e, closeEngine, err := openEngine(ctx, p.request.Config)
	if err != nil {
		return err
	}
	c, err := p.goThrough(ctx, e)
	if err = errors.Join(err, closeEngine()); err != nil {
		return err
	}
	for _, s := range p.stages.done {
		made.Stages = append(made.Stages, planned{s.Name, s.Key, s.Reused, s.Why})
	}
	list := c.tinList(p.files)
	made.TINs = list.Changes
	made.Headline = c.headline(list)
	return nil
}

func (p *prepared) goThrough(ctx context.Context, e engine.Engine) (*computation, error) {
	x, err := p.readLists(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.judge(); err != nil {
		return nil, err
	}
	x.binding = newBinding(e, x)
	if _, known := p.knownVerdict(x); known {
		p.stages.reuse(checkReused)
	} else {
		p.stages.done = append(p.stages.done, checkRuns)
	}
	c, err := p.newComputation(ctx, e, x)
	if err != nil {
		return nil, err
	}
	x.binding.engine, c.engine, c.isDry = engine.Dry{}, engine.Dry{}, true
	progress := p.stages.progress
	p.stages.progress = nil
	err = inTurn(ctx, c.summarise, c.group, c.changes)
	p.stages.progress = progress
	p.stages.done = append(p.stages.done, benchmarkRuns)
	return c, err
}

// headline says it in one line: "A1234: 2 TINs added, 1 removed; CY2024-2026 and
// PY2027 re-aligned; 8 of 8 summaries reused".
func (c *computation) headline(list tinList) string {
	var parts []string
	for _, change := range list.Changes {
		parts = append(parts, fmt.Sprintf("%s: %s added, %d removed", change.ACO, counted(change.Added, "TIN"), change.Removed))
	}
	reused := 0
	for _, k := range c.summaries {
		if k.isReused {
			reused++
		}
	}
	base := c.extract.years.Base()
	years := fmt.Sprintf("CY%d-%d and PY%d", base[0], base[len(base)-1], c.extract.years.Performance)
	if c.isRealigned {
		parts = append(parts, years+" re-aligned")
	} else {
		parts = append(parts, years+" as they were aligned before")
	}
	parts = append(parts, fmt.Sprintf("%d of %d summaries reused", reused, len(c.summaries)))
	if again, of := c.countParts(); again > 0 {
		parts = append(parts, fmt.Sprintf("of the others %d of %d parts, one a file", again, of))
	}
	return strings.Join(parts, "; ")
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (m plan) print(r Request) error {
	if r.JSON {
		text, err := publish.CanonicalJSON(m)
		if err != nil {
			return err
		}
		_, err = r.Out.Write(text)
		return err
	}
	var b strings.Builder
	fmt.Fprintln(&b, m.Headline)
	for _, s := range m.Stages {
		word := "run  "
		if s.Reused {
			word = "reuse"
		}
		fmt.Fprintf(&b, "%s  %-26s %s\n", word, s.Name, s.Why)
	}
	_, err := fmt.Fprint(r.Out, b.String())
	return err
}
