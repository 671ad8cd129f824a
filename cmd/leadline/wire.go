package main

import (
	"context"

	"leadline/pipeline"
	"leadline/pipeline/compare"
)

// entryPoints are the doors of package pipeline, behind one command each; tests
// of flags and exit codes put others in their place.
type entryPoints struct {
	run      func(context.Context, pipeline.Request) (pipeline.Outcome, error)
	plan     func(context.Context, pipeline.Request) error
	validate func(context.Context, pipeline.Request) error

	whatIf        func(context.Context, pipeline.Request, pipeline.Question) (compare.Diff, error)
	contributions func(ctx context.Context, r pipeline.Request, aco string) (compare.Contributions, error)
}

func wired() entryPoints {
	return entryPoints{
		run: pipeline.Run, plan: pipeline.Plan, validate: pipeline.Validate,
		whatIf: pipeline.WhatIf, contributions: pipeline.Contributions,
	}
}
