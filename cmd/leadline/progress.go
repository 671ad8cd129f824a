package main

import (
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// A screen is a terminal that shows log lines above one progress bar.
type screen struct {
	mu   sync.Mutex
	out  io.Writer
	bar  *progressbar.ProgressBar
	what string
}

// Write clears the bar first, so that a log line does not run into it.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bar != nil {
		_ = s.bar.Clear()
	}
	return s.out.Write(p)
}

// A progress tells how far a named piece of work has come; a total of 0 is not
// known. It does nothing where logs do not go to a terminal.
func (a *app) progress(what string, done, total int64) {
	if a.screen == nil || a.format == "json" {
		return
	}
	a.screen.show(what, done, total)
}

func (s *screen) show(what string, done, total int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if total <= 0 {
		total = -1
	}
	if s.bar == nil || s.what != what {
		s.finish()
		s.what = what
		s.bar = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(s.out),
			progressbar.OptionSetDescription(what),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionSetWidth(30),
			progressbar.OptionShowCount(),
			progressbar.OptionClearOnFinish(),
		)
	}
	_ = s.bar.Set64(done)
}

func (s *screen) finish() {
	if s.bar != nil {
		_ = s.bar.Clear()
		s.bar = nil
	}
}

// endProgress takes the bar off the screen.
func (a *app) endProgress() {
	if a.screen != nil {
		a.screen.mu.Lock()
		defer a.screen.mu.Unlock()
		a.screen.finish()
	}
}
