package pipeline

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// A Config is a run file that was read, checked and completed: every path is
// absolute or relative to the working folder, every default stands.
type Config struct {
	File            string // the run file
	PerformanceYear int
	Inputs          map[string]string // table to file, glob or folder
	Output          string
	Cache           string
	Engine          string
	MemoryLimit     int64 // bytes; the engine reads it with the unit B
	Threads         int   // 0: one for each processor
	Parameters      map[string]any
	Publish         Publish
	Rehash          bool // a flag alone: read every input again, whatever is known of it
}

// Publish says what is published.
type Publish struct {
	RowLevel  bool // the tables with a row a beneficiary
	Candidate bool // alignment_candidate, one of them
}

// Overrides of the run file: the environment over the file, flags over both.
// Relative paths in them are relative to the working folder, as a shell user
// expects, not to the run file.
type Overrides struct {
	Environ []string     // as os.Environ gives it
	Flags   []FlagOption // in the order given
}

// A FlagOption is a key of the run file set on the command line. Key is a path,
// such as threads or inputs.aco.
type FlagOption struct {
	Flag  string // as the user typed it, for messages
	Key   string
	Value string
}

// Defaults of keys that a run file may leave out; run_schema.json states them
// for readers, and a test holds the two together.
const (
	defaultEngine      = "duckdb"
	defaultMemoryLimit = "3GB"
)

// LoadConfig reads a run file strictly: an unknown key, a wrong type or a
// missing table is an error with its line, and all of them are named at once.
func LoadConfig(file string, o Overrides) (Config, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return Config{}, Exitf(ExitConfig, "run file %s does not exist; name one with -c, or write one with `leadline generate`", file)
		}
		return Config{}, Exitf(ExitConfig, "run file cannot be read: %w", err)
	}
	doc, err := readRunFile(file, text)
	if err != nil {
		return Config{}, &ExitError{Code: ExitConfig, Err: err}
	}
	doc.resolvePaths(filepath.Dir(file))
	doc.applyEnvironment(o.Environ)
	doc.applyFlags(o.Flags)
	doc.checkSchema()
	c := doc.config(file)
	doc.checkTables()
	if len(doc.problems) > 0 {
		return Config{}, &ExitError{Code: ExitConfig, Err: doc.problemsError()}
	}
	return c, nil
}

// config is read after the schema has named every wrong type, so a value of
// another type is only left out here.
func (d *runDocument) config(file string) Config {
	c := Config{File: file, Inputs: map[string]string{}, Parameters: map[string]any{}}
	c.PerformanceYear = int(d.integer("performance_year", 0))
	c.Output = d.text("output", "")
	c.Cache = d.text("cache", filepath.Join(c.Output, ".cache"))
	c.Engine = d.text("engine", defaultEngine)
	c.Threads = int(d.integer("threads", 0))
	c.Publish.RowLevel = true
	if publish, ok := d.values["publish"].(map[string]any); ok {
		if on, ok := publish["row_level"].(bool); ok {
			c.Publish.RowLevel = on
		}
		c.Publish.Candidate, _ = publish["alignment_candidate"].(bool)
	}
	if inputs, ok := d.values["inputs"].(map[string]any); ok {
		for table, path := range inputs {
			if text, ok := path.(string); ok {
				c.Inputs[table] = text
			}
		}
	}
	if parameters, ok := d.values["parameters"].(map[string]any); ok {
		for name, value := range parameters {
			c.Parameters[name] = parameterValue(value)
		}
	}
	limit, err := ParseMemory(d.text("memory_limit", defaultMemoryLimit))
	if err != nil {
		d.problem("memory_limit", "memory_limit: %v", err)
	}
	c.MemoryLimit = limit
	if c.Engine == "spark" {
		d.problem("engine", "engine: spark is not available in this version; use duckdb")
	}
	return c
}

func (d *runDocument) text(key, otherwise string) string {
	if s, ok := d.values[key].(string); ok {
		return s
	}
	return otherwise
}

func (d *runDocument) integer(key string, otherwise int64) int64 {
	if n, ok := d.values[key].(int64); ok {
		return n
	}
	return otherwise
}

// pathKeys are the keys whose values name a file or folder, besides inputs.
var pathKeys = []string{"output", "cache"}

// resolvePaths makes the paths that stand in the run file relative to it.
func (d *runDocument) resolvePaths(dir string) {
	for _, key := range pathKeys {
		if s, ok := d.values[key].(string); ok && s != "" {
			d.values[key] = resolve(dir, s)
		}
	}
	inputs, _ := d.values["inputs"].(map[string]any)
	for table, path := range inputs {
		if s, ok := path.(string); ok && s != "" {
			inputs[table] = resolve(dir, s)
		}
	}
}

func resolve(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// problem notes what is wrong at a key, where that key was set.
func (d *runDocument) problem(key, format string, args ...any) {
	where, ok := d.origin[key]
	for parent := key; !ok && strings.Contains(parent, "."); {
		parent = parent[:strings.LastIndex(parent, ".")]
		where, ok = d.origin[parent]
	}
	if !ok {
		where = origin{text: d.file}
	}
	d.problems = append(d.problems, problem{where, fmt.Sprintf(format, args...)})
}

func (d *runDocument) problemsError() error {
	sort.SliceStable(d.problems, func(i, j int) bool {
		a, b := d.problems[i], d.problems[j]
		if a.where.line != b.where.line {
			return a.where.line < b.where.line
		}
		return a.text < b.text
	})
	lines := make([]string, len(d.problems))
	for i, p := range d.problems {
		lines[i] = p.where.text + ": " + p.text
	}
	return errors.New(strings.Join(lines, "\n"))
}
