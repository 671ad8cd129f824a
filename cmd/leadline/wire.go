package main

import (
	"context"

	"leadline/pipeline"
)

// entryPoints are the doors of package pipeline, behind one command each; tests
// of flags and exit codes put others in their place.
type entryPoints struct {
	run      func(context.Context, pipeline.Request) (pipeline.Outcome, error)
	plan     func(context.Context, pipeline.Request) error
	validate func(context.Context, pipeline.Request) error
}

func wired() entryPoints {
	return entryPoints{run: pipeline.Run, plan: pipeline.Plan, validate: pipeline.Validate}
}
