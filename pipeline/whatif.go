package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"leadline/alignment"
	"leadline/pipeline/compare"
	"leadline/pipeline/publish"
	"leadline/schemas"
)

// Question is a Participant TIN list that an ACO has not handed in: what would
// it do?
type Question struct {
	Add, Drop []ListedTIN
	ACO       string // of TINs that name none; of an answer, only this ACO
}

// ListedTIN is a TIN of an ACO's list; without an ACO, of the one that the
// question is about.
type ListedTIN struct{ TIN, ACO string }

// WhatIf runs a changed list on the summaries of the run file's extract and
// compares it with the list as it stands. It publishes nothing.
func WhatIf(ctx context.Context, r Request, q Question) (d compare.Diff, err error) {
	err = ask(ctx, r, func(p *prepared, c *computation) error {
		participants, err := q.apply(c.extract)
		if err != nil {
			return err
		}
		if d, err = p.compareWith(ctx, c, participants, q.ACO); err != nil {
			return err
		}
		d.From.Path = "the list as it stands"
		d.To.Path = fmt.Sprintf("the list with %s added and %d dropped", counted(len(q.Add), "TIN"), len(q.Drop))
		return nil
	})
	return d, err
}

// ask computes the list as it stands, of what is kept as far as it is, and hands
// it to a question. Rows of people are left out: an answer has none.
func ask(ctx context.Context, r Request, answer func(*prepared, *computation) error) error {
	r.Config.Publish = Publish{}
	p, err := prepare(ctx, r)
	if err != nil {
		return err
	}
	p.isAlone = true
	e, closeEngine, err := openEngine(ctx, r.Config)
	if err != nil {
		return err
	}
	c, err := p.compute(ctx, e)
	if err == nil {
		err = answer(p, c)
	}
	if err == nil {
		err = p.unchanged()
	}
	return errors.Join(p.blamed(err), closeEngine())
}

// compareWith writes what both lists give into a private folder and compares
// the two as published runs are compared.
func (p *prepared) compareWith(ctx context.Context, c *computation, participants []alignment.Participant, aco string) (d compare.Diff, err error) {
	aside, release, err := openWork(ctx, p.request.Config.Cache) // a run beside this one would sweep another
	if err != nil {
		return d, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := p.putRun(ctx, c, aside, p.runID); err != nil {
		return d, err
	}
	next, err := p.withList(ctx, c, participants)
	if err != nil {
		return d, err
	}
	id := "whatif-" + digestOf(next.lineage.id("participant"), p.runID)[:16]
	if err := p.putRun(ctx, next, aside, id); err != nil {
		return d, err
	}
	return compare.Compare(ctx, compare.Request{From: p.runID, To: id, Output: aside, ACO: aco})
}

// putRun writes the small tables of a computation as a run of a folder.
func (p *prepared) putRun(ctx context.Context, c *computation, output, id string) error {
	staging, err := publish.Begin(output)
	if err != nil {
		return err
	}
	defer staging.Discard()
	if err := c.writeTables(ctx, staging); err != nil {
		return err
	}
	files, err := staging.Files()
	if err != nil {
		return err
	}
	m := p.manifest(c.engine, c, files)
	m.RunID = id
	m.TINList.SHA256 = []string{c.lineage.id("participant")} // the list that was asked about stands in no file
	if err := errors.Join(staging.WriteManifest(m), c.writeChanges(ctx, output, id)); err != nil {
		return err
	}
	_, err = staging.Commit(id, time.Now())
	return err
}

// withList runs a computation again with another Participant TIN list, for the
// people whom the difference touches.
func (p *prepared) withList(ctx context.Context, c *computation, participants []alignment.Participant) (*computation, error) {
	memory := p.memoryOf(c)
	next := *c
	next.extract.aligns.Participants = participants
	next.relations = c.relationsOf(next.extract.aligns)
	next.lineage = c.lineage.with(next.relations)
	next.last, next.follows, next.keepsNothing = &memory, memory.RunID, true
	next.reasons = reasons{next.last, next.lineage}
	next.results, next.hasEarlier, next.isMerged, next.isRealigned = results{}, false, false, false
	if err := c.clear(ctx); err != nil {
		return nil, err
	}
	if err := inTurn(ctx, next.group, next.changes, next.collect); err != nil {
		return nil, err
	}
	return &next, next.finish(p.parameters)
}

// clear drops what the steps that need the list gave.
func (c *computation) clear(ctx context.Context) error {
	names := []string{"earlier_total", c.carried.Name, c.change.Name, c.changeTotal.Name}
	for _, s := range c.graph.groupSteps() {
		names = append(names, s.Name, before+s.Name, after+s.Name, keptName+s.Name)
	}
	for _, name := range append(names, before+c.carried.Name, after+c.carried.Name) {
		if err := c.engine.Drop(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// apply is the list after the question's drops and additions.
func (q Question) apply(x extract) ([]alignment.Participant, error) {
	january := schemas.FirstOf(x.years.Performance, time.January)
	list := slices.Clone(x.aligns.Participants)
	drops, err := q.normal(q.Drop, "--drop", x)
	if err != nil {
		return nil, err
	}
	for i, d := range drops {
		held := len(list)
		list = slices.DeleteFunc(list, func(p alignment.Participant) bool { return p.TIN == d.TIN && p.ACO == d.ACO })
		if len(list) == held {
			return nil, Exitf(ExitUsage, "--drop: TIN %d of those given is not on the list of %s", i+1, d.ACO)
		}
	}
	adds, err := q.normal(q.Add, "--add", x)
	if err != nil {
		return nil, err
	}
	for i, a := range adds {
		at := slices.IndexFunc(list, func(p alignment.Participant) bool { return p.TIN == a.TIN && p.InForce(january) })
		if at >= 0 {
			return nil, Exitf(ExitUsage, "--add: TIN %d of those given is on the list of %s already; drop it there with --drop TIN@%s", i+1, list[at].ACO, list[at].ACO)
		}
		list = append(list, alignment.Participant{ACO: a.ACO, TIN: a.TIN})
	}
	return list, nil
}

// normal gives each TIN its form and its ACO. A TIN may be a clinician's own
// number: messages count those given and do not print them.
func (q Question) normal(given []ListedTIN, flag string, x extract) ([]ListedTIN, error) {
	var all []ListedTIN
	for i, g := range given {
		tin, err := schemas.ParseTIN(g.TIN)
		if err != nil {
			return nil, Exitf(ExitUsage, "%s: TIN %d of those given is not nine digits", flag, i+1)
		}
		l := ListedTIN{TIN: string(tin), ACO: g.ACO}
		if l.ACO == "" {
			l.ACO = q.ACO
		}
		if l.ACO == "" && len(x.aligns.Hybrid) == 1 {
			l.ACO = sortedKeys(x.aligns.Hybrid)[0]
		}
		if _, known := x.aligns.Hybrid[l.ACO]; !known {
			return nil, Exitf(ExitUsage, "%s: say whose list, as %s TIN@%s or with --aco", flag, flag, sortedKeys(x.aligns.Hybrid)[0])
		}
		all = append(all, l)
	}
	return all, nil
}
