package pipeline

import "embed"

// SourceText is the text of this package: a result's id is made of it, so that a
// changed rule never passes for an unchanged result.
//
//go:embed *.go params/*.yaml
var SourceText embed.FS
