package pipeline

import (
	"fmt"
	"log/slog"
	"time"
)

// Stage is what the manifest says of one stage of a run.
type Stage struct {
	Name    string  `json:"name"`
	Key     string  `json:"key,omitempty"` // of what is kept between runs
	Reused  bool    `json:"reused"`
	Why     string  `json:"why"` // it was reused or not
	Rows    int64   `json:"rows"`
	Bytes   int64   `json:"bytes,omitempty"` // of what is kept or published
	Seconds float64 `json:"seconds"`
}

// stages keeps what the manifest says of the stages of a run.
type stages struct {
	log      *slog.Logger
	progress func(what string, done, total int64)
	done     []Stage
	total    int
}

// timed runs one stage, which notes its rows and bytes.
func (s *stages) timed(stage Stage, do func(*Stage) error) error {
	if s.progress != nil {
		s.progress(stage.Name, int64(len(s.done)), int64(max(s.total, len(s.done)+1)))
	}
	start := time.Now()
	if err := do(&stage); err != nil {
		return err
	}
	stage.Seconds = time.Since(start).Seconds()
	s.note(stage)
	return nil
}

// note records a stage that has run, or need not.
func (s *stages) note(stage Stage) {
	s.done = append(s.done, stage)
	what := "stage done"
	if stage.Reused {
		what = "stage reused"
	}
	s.log.Debug(what, "stage", stage.Name, "rows", stage.Rows, "seconds", fmt.Sprintf("%.2f", stage.Seconds), "why", stage.Why)
}

// reuse notes a stage that need not run.
func (s *stages) reuse(stage Stage) {
	stage.Reused = true
	s.note(stage)
}
