package pipeline

import (
	"context"
	"errors"

	"leadline/pipeline/engine"
)

// Examine carries a run out up to its publication and lets a test look at the
// engine's tables, which have rows that no published table shows.
func Examine(ctx context.Context, r Request, look func(engine.Engine) error) error {
	p, err := prepare(ctx, r)
	if err != nil {
		return err
	}
	p.keepsAll = true
	e, closeEngine, err := openEngine(ctx, r.Config)
	if err != nil {
		return err
	}
	if _, err = p.compute(ctx, e); err == nil {
		err = look(e)
	}
	return errors.Join(err, closeEngine())
}
