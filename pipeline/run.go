package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"leadline/benchmark"
	"leadline/pipeline/engine"
	"leadline/pipeline/input"
	"leadline/pipeline/publish"
	"leadline/schemas"
)

// Run is the main job: check, align, aggregate, compute, publish. A result that
// readers already see is not computed again.
func Run(ctx context.Context, r Request) (Outcome, error) {
	p, err := prepare(ctx, r)
	if err != nil {
		return Outcome{}, err
	}
	out := Outcome{RunID: p.runID, Path: filepath.Join(r.Config.Output, "run_id="+p.runID)}
	if out.Unchanged, err = publish.IsLatest(r.Config.Output, p.runID); err != nil || out.Unchanged {
		return out, err
	}
	lock, err := publish.Acquire(ctx, r.Config.Output, r.Wait)
	if err != nil {
		return Outcome{}, err
	}
	defer lock.Release()
	if err := publish.Sweep(r.Config.Output, lock); err != nil {
		return Outcome{}, err
	}
	e, closeEngine, err := openEngine(ctx, r.Config)
	if err != nil {
		return Outcome{}, err
	}
	done, err := p.run(ctx, e)
	if err = errors.Join(p.blamed(err), closeEngine()); err != nil {
		return Outcome{}, err
	}
	out.Unchanged, out.Warnings, out.Headline = done.Unchanged, len(p.findings), p.headline
	return out, nil
}

// run is everything from the check to the publication.
func (p *prepared) run(ctx context.Context, e engine.Engine) (publish.Publication, error) {
	var none publish.Publication
	c, err := p.compute(ctx, e)
	if err != nil {
		return none, err
	}
	staging, err := publish.Begin(p.request.Config.Output)
	if err != nil {
		return none, err
	}
	defer staging.Discard()
	if err := c.writeTables(ctx, staging); err != nil {
		return none, err
	}
	files, err := staging.Files()
	if err != nil {
		return none, err
	}
	if err := staging.WriteManifest(p.manifest(e, c, files)); err != nil {
		return none, err
	}
	if err := p.unchanged(); err != nil { // all that is read of them was
		return none, err
	}
	if err := c.writeChanges(ctx, p.request.Config.Output, p.runID); err != nil {
		return none, err
	}
	done, err := staging.Commit(p.runID, time.Now())
	if err != nil {
		return none, err
	}
	return done, errors.Join(p.digests.save(), p.remember(c))
}

// compute checks the extract, runs the steps and the worksheet and holds the
// identities against each other.
func (p *prepared) compute(ctx context.Context, e engine.Engine) (*computation, error) {
	x, err := p.check(ctx, e)
	if err != nil {
		return nil, err
	}
	for _, f := range p.findings {
		p.request.Log.Warn(f.String())
	}
	c, err := p.newComputation(ctx, e, x)
	if err != nil {
		return nil, err
	}
	c.keepsAll = p.keepsAll
	if err := c.run(ctx); err != nil {
		return nil, err
	}
	p.headline = c.headline(c.tinList(p.files))
	return c, c.finish(p.parameters)
}

// The worksheets, as a stage.
var benchmarkRuns = Stage{Name: "benchmark", Why: "computed each time"}

// finish computes the worksheets and holds the identities against each other.
func (c *computation) finish(parameters schemas.Parameters) error {
	err := c.timed(benchmarkRuns, func(stage *Stage) (err error) {
		c.results.benchmark, err = benchmark.Compute(c.benchmarkInput(), parameters)
		stage.Rows = int64(len(c.results.benchmark.Steps))
		return err
	})
	if err != nil {
		return err
	}
	return c.prove()
}

// prove fails where an identity does not hold.
func (c *computation) prove() error {
	for _, i := range c.results.identities {
		if !i.Holds() {
			return Exitf(ExitInput, "identity of %s, %s: the extract has %s, the tables and what was set aside %s; nothing was published",
				i.Check, i.Scope, i.Left, i.Right)
		}
	}
	return nil
}

// Validate prints every finding on the inputs.
func Validate(ctx context.Context, r Request) error {
	p, err := prepare(ctx, r)
	if err != nil {
		return err
	}
	e, closeEngine, err := openEngine(ctx, r.Config)
	if err != nil {
		return err
	}
	p.placeWarnings = true
	_, err = p.check(ctx, e)
	err = errors.Join(err, closeEngine())
	var bad *InputError
	if err != nil && !errors.As(err, &bad) {
		return err
	}
	if printed := printFindings(r, p.findings); printed != nil {
		return printed
	}
	if bad != nil {
		return Exitf(ExitInput, "errors in the inputs: %d", input.CountErrors(p.findings))
	}
	return nil
}

func printFindings(r Request, findings []input.Finding) error {
	if r.JSON {
		if findings == nil {
			findings = []input.Finding{}
		}
		text, err := publish.CanonicalJSON(map[string]any{"findings": findings})
		if err != nil {
			return err
		}
		_, err = r.Out.Write(text)
		return err
	}
	for _, f := range findings {
		if _, err := fmt.Fprintln(r.Out, f); err != nil {
			return err
		}
	}
	if len(findings) == 0 {
		_, err := fmt.Fprintln(r.Out, "no findings: the inputs keep the contract")
		return err
	}
	return nil
}
