package main

import (
	"log/slog"
	"os"

	"leadline/pipeline"
)

// setLog takes up the flags --log-level and --log-format.
func (a *app) setLog(level string) error {
	if err := a.level.UnmarshalText([]byte(level)); err != nil {
		return pipeline.Exitf(pipeline.ExitUsage, "--log-level: %q is none of debug, info, warn, error", level)
	}
	if a.format != "auto" && a.format != "text" && a.format != "json" {
		format := a.format
		a.format = "auto"
		return pipeline.Exitf(pipeline.ExitUsage, "--log-format: %q is none of auto, text, json", format)
	}
	a.takeLogger()
	return nil
}

// takeLogger also makes it the default one, for the goroutine that waits for
// signals.
func (a *app) takeLogger() {
	a.log = a.logger()
	slog.SetDefault(a.log)
}

// text is whether logs are for a person rather than for a collector.
func (a *app) text() bool {
	return a.format == "text" || a.format == "auto" && a.screen != nil
}

func (a *app) logger() *slog.Logger {
	options := &slog.HandlerOptions{Level: &a.level}
	if !a.text() {
		return slog.New(slog.NewJSONHandler(a.stderr, options))
	}
	options.ReplaceAttr = func(groups []string, attr slog.Attr) slog.Attr {
		if len(groups) == 0 && attr.Key == slog.TimeKey {
			return slog.String(slog.TimeKey, attr.Value.Time().Format("15:04:05"))
		}
		return attr
	}
	return slog.New(slog.NewTextHandler(a.stderr, options))
}

func isTerminal(f *os.File) bool {
	stat, err := f.Stat()
	return err == nil && stat.Mode()&os.ModeCharDevice != 0 && f.Name() != os.DevNull
}
