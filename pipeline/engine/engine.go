// Package engine is the only code that knows a query engine.
//
// An engine binds files as views, materialises a SQL step as a table, brings
// a small result back as Arrow, and writes a large one to a Parquet file. The
// rules and the SQL steps are the same text on every engine; what differs
// (binding, writing, a few functions) sits in the engine's own file.
//
// # What DuckDB must be told
//
// The driver holds a whole result before its first row, so only aggregates
// come back to Go. Sums of BIGINT are HUGEINT in DuckDB and would be written
// as DOUBLE: every step casts its sums. Spill files are plain data of people:
// they go to a private folder of the run, which Close removes.
package engine

import (
	"context"

	"leadline/schemas"
)

// Dataset is one table of the contract as files: what Bind makes a view of.
type Dataset struct {
	Files   []string
	Columns []BoundColumn
}

// BoundColumn is one column of a view over files. An absent optional column
// is bound as a typed null. Expression, where given, is written in terms of
// the files' own columns (a TIN's form, an identifier's crosswalk).
type BoundColumn struct {
	Name       string
	Type       schemas.Type
	Absent     bool
	Expression string
}

// Engine runs the SQL steps.
type Engine interface {
	// Name and Version say which engine ran; both go into the manifest.
	Name() string
	Version() string
	// Bind makes a view of the dataset under the name.
	Bind(ctx context.Context, name string, d Dataset) error
	// Load makes a table of a small relation from Go.
	Load(ctx context.Context, r schemas.Relation) error
	// View names a query without running it.
	View(ctx context.Context, name, query string) error
	// Materialise runs a query into a table and returns its number of rows.
	Materialise(ctx context.Context, name, query string) (int64, error)
	// Query brings a small result back, in the query's order.
	Query(ctx context.Context, query string) (*Result, error)
	// Write runs an ordered query into one Parquet file. Equal rows give
	// equal bytes, whatever the number of threads.
	Write(ctx context.Context, query, path string) (int64, error)
	// Open names a view of the files that Write wrote.
	Open(ctx context.Context, name string, files ...string) error
	// Rename gives a table or view another name.
	Rename(ctx context.Context, from, to string) error
	// Drop forgets a table or view, if there is one of the name.
	Drop(ctx context.Context, name string) error
	// ScanRows is the text of a scan of the files that also yields file_name
	// and file_row_number, for locating a row that failed a check.
	ScanRows(files []string) string
	// Beside opens a session beside this one, for work at the same time: it
	// reads what this one has made, and names views of its own, which stand
	// before others of their names. It writes rows in any order.
	Beside(ctx context.Context) (Engine, error)
	// Close ends the session and removes its spill folder.
	Close() error
}
