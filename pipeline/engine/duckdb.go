package engine

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/duckdb/duckdb-go/v2"
	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// Options are the settings of an embedded DuckDB.
type Options struct {
	MemoryLimit string // such as 3GB; empty: DuckDB's own default
	Threads     int    // 0: all
	WorkFolder  string // private to the run; the spill folder is made in it
}

// DuckDB is the embedded engine.
type DuckDB struct {
	connector *duckdb.Connector
	db        *sql.DB
	conn      *sql.Conn
	spill     string
	version   string
	isBeside  bool // a session of another's database
}

// The row group of a published file. Fixed, since bytes depend on it.
const rowGroupRows = 122880

// OpenDuckDB starts an engine in memory, with its spill folder inside the
// run's work folder.
func OpenDuckDB(ctx context.Context, o Options) (*DuckDB, error) {
	spill := filepath.Join(o.WorkFolder, "spill")
	if err := os.MkdirAll(spill, 0o700); err != nil {
		return nil, fmt.Errorf("spill folder: %w", err)
	}
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return nil, fmt.Errorf("start DuckDB: %w", err)
	}
	e := &DuckDB{connector: connector, db: sql.OpenDB(connector), spill: spill}
	if e.conn, err = e.db.Conn(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("connect to DuckDB: %w", err), e.Close())
	}
	if err := e.configure(ctx, o); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, nil
}

func (e *DuckDB) configure(ctx context.Context, o Options) error {
	settings := []string{
		"set temp_directory = " + Literal(e.spill),
		"set autoinstall_known_extensions = false",
		"set autoload_known_extensions = false",
		"set enable_progress_bar = false",
		"set preserve_insertion_order = false",
		"set default_null_order = 'nulls_last'",
		"create macro explode(l) as unnest(l)", // Spark's word for it
	}
	if o.MemoryLimit != "" {
		settings = append(settings, "set memory_limit = "+Literal(o.MemoryLimit))
	}
	if o.Threads > 0 {
		settings = append(settings, "set threads = "+strconv.Itoa(o.Threads))
	}
	for _, s := range settings {
		if err := e.exec(ctx, s); err != nil {
			return fmt.Errorf("configure DuckDB: %w", err)
		}
	}
	return e.conn.QueryRowContext(ctx, "select version()").Scan(&e.version)
}

// Name implements Engine.
func (e *DuckDB) Name() string { return "duckdb" }

// Version implements Engine.
func (e *DuckDB) Version() string { return e.version }

func (e *DuckDB) exec(ctx context.Context, query string) error {
	_, err := e.conn.ExecContext(ctx, query)
	return err
}

// Bind implements Engine.
func (e *DuckDB) Bind(ctx context.Context, name string, d Dataset) error {
	columns := make([]string, len(d.Columns))
	for i, c := range d.Columns {
		expression := c.Expression
		switch {
		case c.Absent:
			expression = "null"
		case expression == "":
			expression = Quote(c.Name)
		}
		columns[i] = fmt.Sprintf("cast(%s as %s) as %s", expression, SQLType(c.Type), Quote(c.Name))
	}
	query := fmt.Sprintf("select %s from %s", strings.Join(columns, ", "), e.scan(d.Files, ""))
	return e.View(ctx, name, query)
}

func (e *DuckDB) scan(files []string, more string) string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = Literal(f)
	}
	return fmt.Sprintf("read_parquet([%s], union_by_name = true, hive_partitioning = true, hive_types_autocast = false%s)",
		strings.Join(names, ", "), more)
}

// ScanRows implements Engine.
func (e *DuckDB) ScanRows(files []string) string {
	return e.scan(files, ", filename = 'file_name', file_row_number = true")
}

// Load implements Engine.
func (e *DuckDB) Load(ctx context.Context, r schemas.Relation) error {
	columns := make([]string, len(r.Columns))
	for i, c := range r.Columns {
		columns[i] = Quote(c.Name) + " " + SQLType(c.Type)
	}
	if err := e.exec(ctx, fmt.Sprintf("create or replace table %s (%s)", Quote(r.Name), strings.Join(columns, ", "))); err != nil {
		return fmt.Errorf("relation %s: %w", r.Name, err)
	}
	err := e.conn.Raw(func(raw any) error {
		appender, err := duckdb.NewAppenderFromConn(raw.(driver.Conn), "", r.Name)
		if err != nil {
			return err
		}
		for _, row := range r.Rows {
			values := make([]driver.Value, len(row))
			for i, v := range row {
				values[i] = appended(v, r.Columns[i].Type)
			}
			if err := appender.AppendRow(values...); err != nil {
				return errors.Join(err, appender.Close())
			}
		}
		return appender.Close()
	})
	if err != nil {
		return fmt.Errorf("relation %s: %w", r.Name, err)
	}
	return nil
}

// appended is a Go value as the driver's appender takes it.
func appended(v any, t schemas.Type) driver.Value {
	switch v := v.(type) {
	case int64:
		if t.Kind == schemas.KindInteger {
			return int32(v)
		}
	case decimal.Decimal:
		scaled := v.Shift(int32(t.Scale)).BigInt()
		return duckdb.Decimal{Width: uint8(t.Precision), Scale: uint8(t.Scale), Value: scaled}
	}
	return v
}

// View implements Engine.
func (e *DuckDB) View(ctx context.Context, name, query string) error {
	kind := "view "
	if e.isBeside {
		kind = "temp view "
	}
	if err := e.exec(ctx, "create or replace "+kind+Quote(name)+" as "+query); err != nil {
		return failure(ctx, "view "+name, err)
	}
	return nil
}

// Materialise implements Engine.
func (e *DuckDB) Materialise(ctx context.Context, name, query string) (int64, error) {
	if err := e.exec(ctx, "create table "+Quote(name)+" as "+query); err != nil {
		return 0, failure(ctx, "step "+name, err)
	}
	var rows int64
	err := e.conn.QueryRowContext(ctx, "select count(*) from "+Quote(name)).Scan(&rows)
	return rows, err
}

// Drop implements Engine. A statement for tables fails on a view, and the other
// way round; asking the catalogue which it is takes far longer.
func (e *DuckDB) Drop(ctx context.Context, name string) error {
	if e.exec(ctx, "drop view if exists "+Quote(name)) == nil {
		return nil
	}
	return e.exec(ctx, "drop table if exists "+Quote(name))
}

// Query implements Engine.
func (e *DuckDB) Query(ctx context.Context, query string) (*Result, error) {
	var result *Result
	err := e.conn.Raw(func(raw any) error {
		conn, ok := raw.(driver.Conn)
		if !ok {
			return fmt.Errorf("unexpected driver connection %T", raw)
		}
		from, err := duckdb.NewArrowFromConn(conn)
		if err != nil {
			return err
		}
		reader, err := from.QueryContext(ctx, query)
		if err != nil {
			return err
		}
		defer reader.Release()
		result = &Result{Schema: reader.Schema()}
		for reader.Next() {
			batch := reader.RecordBatch()
			batch.Retain()
			result.Batches = append(result.Batches, batch)
		}
		return reader.Err()
	})
	if err != nil {
		return nil, failure(ctx, "query", err)
	}
	return result, nil
}

// Write implements Engine.
func (e *DuckDB) Write(ctx context.Context, query, path string) (int64, error) {
	copyTo := fmt.Sprintf("copy (%s) to %s (format parquet, compression zstd, row_group_size %d)",
		query, Literal(path), rowGroupRows)
	if err := e.keepOrder(ctx, true); err != nil {
		return 0, err
	}
	result, err := e.conn.ExecContext(ctx, copyTo)
	if err != nil {
		return 0, failure(ctx, "write "+filepath.Base(path), err)
	}
	if err := e.keepOrder(ctx, false); err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// keepOrder sets whether rows are written in their order. The setting is the
// whole database's, so a session beside another leaves it alone.
func (e *DuckDB) keepOrder(ctx context.Context, is bool) error {
	if e.isBeside {
		return nil
	}
	return e.exec(ctx, "set preserve_insertion_order = "+strconv.FormatBool(is))
}

// Beside implements Engine.
func (e *DuckDB) Beside(ctx context.Context) (Engine, error) {
	conn, err := e.db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("another session of DuckDB: %w", err)
	}
	return &DuckDB{connector: e.connector, db: e.db, conn: conn, version: e.version, isBeside: true}, nil
}

// Open implements Engine.
func (e *DuckDB) Open(ctx context.Context, name string, files ...string) error {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = Literal(f)
	}
	return e.View(ctx, name, "select * from read_parquet(["+strings.Join(names, ", ")+"], hive_partitioning = false)")
}

// Rename implements Engine.
func (e *DuckDB) Rename(ctx context.Context, from, to string) error {
	const rename = "alter %s %s rename to %s"
	if e.exec(ctx, fmt.Sprintf(rename, "view", Quote(from), Quote(to))) == nil {
		return nil
	}
	return e.exec(ctx, fmt.Sprintf(rename, "table", Quote(from), Quote(to)))
}

// Close implements Engine. The connection goes before the database: the other
// way round DuckDB leaves its spill files behind.
func (e *DuckDB) Close() error {
	if e.isBeside {
		return e.conn.Close()
	}
	var errs []error
	if e.conn != nil {
		errs = append(errs, e.conn.Close())
	}
	errs = append(errs, e.db.Close(), os.RemoveAll(e.spill))
	return errors.Join(errs...)
}

// Literal quotes a text for SQL.
func Literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// Quote quotes a name for SQL.
func Quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// SQLType is the engine's word for a type of the contract.
func SQLType(t schemas.Type) string { return t.String() }

var _ Engine = (*DuckDB)(nil)

// Result is a small table that came back from the engine, in Arrow.
type Result struct {
	Schema  *arrow.Schema
	Batches []arrow.RecordBatch
}

// Release gives the result's memory back.
func (r *Result) Release() {
	for _, b := range r.Batches {
		b.Release()
	}
}

// Rows counts the result's rows.
func (r *Result) Rows() int64 {
	var n int64
	for _, b := range r.Batches {
		n += b.NumRows()
	}
	return n
}
