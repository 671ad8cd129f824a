package pipeline

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"leadline/pipeline/engine"
	"leadline/schemas"
)

// Stage is what the manifest says of one step of a run.
type Stage struct {
	Name    string  `json:"name"`
	Rows    int64   `json:"rows"`
	Seconds float64 `json:"seconds"`
}

// stages runs steps in order and keeps what the manifest says of them.
type stages struct {
	engine   engine.Engine
	log      *slog.Logger
	progress func(what string, done, total int64)
	done     []Stage
	total    int
}

func (s *stages) run(ctx context.Context, steps []schemas.Step) error {
	for _, step := range steps {
		if err := s.step(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

func (s *stages) step(ctx context.Context, step schemas.Step) error {
	if step.IsView {
		return s.engine.View(ctx, step.Name, step.Query)
	}
	var rows int64
	return s.timed(step.Name, &rows, func() (err error) {
		rows, err = s.engine.Materialise(ctx, step.Name, step.Query)
		return err
	})
}

// timed runs one stage under its name.
func (s *stages) timed(name string, rows *int64, do func() error) error {
	if s.progress != nil {
		s.progress(name, int64(len(s.done)), int64(s.total))
	}
	start := time.Now()
	if err := do(); err != nil {
		return err
	}
	took := time.Since(start)
	s.done = append(s.done, Stage{Name: name, Rows: *rows, Seconds: took.Seconds()})
	s.log.Debug("stage done", "stage", name, "rows", *rows, "seconds", fmt.Sprintf("%.2f", took.Seconds()))
	return nil
}

// proveKey fails if two rows of a step's result share its key, or a part of
// the key is null where it may not be.
func (s *stages) proveKey(ctx context.Context, step schemas.Step) error {
	key := strings.Join(step.Key, ", ")
	result, err := s.engine.Query(ctx, fmt.Sprintf(
		"select cast(count(*) as bigint) as repeated from (select %s from %s group by %s having count(*) > 1) as k", key, step.Name, key))
	if err != nil {
		return fmt.Errorf("key of step %s: %w", step.Name, err)
	}
	defer result.Release()
	return result.Each(func(r engine.Row) error {
		if n := r.Int("repeated"); n > 0 {
			return Exitf(ExitBug, "step %s: %d keys (%s) stand in more than one row; this is a bug of the step", step.Name, n, key)
		}
		return nil
	})
}
