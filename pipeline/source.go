package pipeline

import "embed"

// SourceText is the text of this package, and of those that bind the inputs: a
// result's id is made of it, so that a changed rule never passes for an
// unchanged result.
//
//go:embed *.go engine/*.go input/*.go params/*.yaml
var SourceText embed.FS
