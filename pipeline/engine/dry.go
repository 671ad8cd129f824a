package engine

import (
	"context"

	"github.com/apache/arrow-go/v18/arrow"

	"leadline/schemas"
)

// Dry is an engine that runs nothing: what a run would do is planned by having
// the same code do it here.
type Dry struct{}

var _ Engine = Dry{}

// Name implements Engine.
func (Dry) Name() string { return "dry" }

// Version implements Engine.
func (Dry) Version() string { return "" }

// Bind implements Engine.
func (Dry) Bind(context.Context, string, Dataset) error { return nil }

// Load implements Engine.
func (Dry) Load(context.Context, schemas.Relation) error { return nil }

// View implements Engine.
func (Dry) View(context.Context, string, string) error { return nil }

// Materialise implements Engine.
func (Dry) Materialise(context.Context, string, string) (int64, error) { return 0, nil }

// Query implements Engine: it finds no rows.
func (Dry) Query(context.Context, string) (*Result, error) {
	return &Result{Schema: arrow.NewSchema(nil, nil)}, nil
}

// Write implements Engine.
func (Dry) Write(context.Context, string, string) (int64, error) { return 0, nil }

// Open implements Engine.
func (Dry) Open(context.Context, string, ...string) error { return nil }

// Rename implements Engine.
func (Dry) Rename(context.Context, string, string) error { return nil }

// Drop implements Engine.
func (Dry) Drop(context.Context, string) error { return nil }

// ScanRows implements Engine.
func (Dry) ScanRows([]string) string { return "" }

// Beside implements Engine.
func (d Dry) Beside(context.Context) (Engine, error) { return d, nil }

// Close implements Engine.
func (Dry) Close() error { return nil }
