package pipeline

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the one-way flow. Packages on one level never import each other.
var mayImport = map[string][]string{
	"cmd":       {"pipeline", "fixtures", "schemas"},
	"pipeline":  {"alignment", "aggregate", "benchmark", "schemas"},
	"alignment": {"schemas"},
	"aggregate": {"schemas"},
	"benchmark": {"schemas"},
	"fixtures":  {"schemas"},
	"schemas":   {},
}

// mayImportInside is the same flow between the packages of pipeline: the root
// runs the others, which do not know it. A package that has no entry imports
// none of them.
var mayImportInside = map[string][]string{
	"pipeline":                 {"pipeline/cache", "pipeline/compare", "pipeline/engine", "pipeline/input", "pipeline/ingest", "pipeline/publish", "pipeline/report"},
	"pipeline/compare":         {"pipeline/engine", "pipeline/publish"},
	"pipeline/engine/steptest": {"pipeline/engine"},
	"pipeline/report":          {"pipeline/publish"},
}

// testsMayImport are what external test packages (_test) may use besides: the
// real engine, made-up extracts, and whole runs on them.
var testsMayImport = []string{"pipeline", "pipeline/engine", "pipeline/engine/steptest", "fixtures", "fixtures/oracle"}

const (
	module         = "leadline"
	engineDriver   = "github.com/duckdb/"
	engineOldName  = "github.com/marcboeker/go-duckdb"
	onlyEngineSees = "pipeline/engine"
)

// A goFile is the imports of one file, and the folder that it lies in.
type goFile struct {
	path     string
	folder   string // from the root, with slashes
	external bool   // of a package that ends in _test
	imports  []string
}

func TestImportsGoOneWay(t *testing.T) {
	files := goFiles(t, "..")
	if len(files) < 10 {
		t.Fatalf("only %d Go files found: the walk has lost the project", len(files))
	}
	for _, f := range files {
		for _, path := range f.imports {
			if why := refused(f, path); why != "" {
				t.Errorf("%s imports %s: %s", f.path, path, why)
			}
		}
	}
}

// The guard itself: what it must refuse, and what it must let pass.
func TestImportRules(t *testing.T) {
	for _, tt := range []struct {
		file   goFile
		path   string
		passes bool
	}{
		{goFile{folder: "aggregate"}, "leadline/benchmark", false},
		{goFile{folder: "aggregate"}, "leadline/schemas", true},
		{goFile{folder: "schemas"}, "leadline/pipeline", false},
		{goFile{folder: "fixtures"}, "leadline/pipeline/engine", false},
		{goFile{folder: "benchmark"}, "leadline/pipeline/engine", false},
		{goFile{folder: "benchmark", external: true}, "leadline/pipeline/engine", true},
		{goFile{folder: "alignment", external: true}, "leadline/fixtures", true},
		{goFile{folder: "alignment", external: true}, "leadline/aggregate", false},
		{goFile{folder: "alignment", external: true}, "leadline/alignment", true},
		{goFile{folder: "cmd/leadline"}, "leadline/benchmark", false},
		{goFile{folder: "cmd/leadline"}, "leadline/pipeline/ingest", true},
		{goFile{folder: "pipeline"}, "leadline/pipeline/engine", true},
		{goFile{folder: "pipeline/engine"}, "leadline/pipeline", false},
		{goFile{folder: "pipeline/input"}, "leadline/pipeline/engine", false},
		{goFile{folder: "pipeline/engine"}, "github.com/duckdb/duckdb-go/v2", true},
		{goFile{folder: "pipeline"}, "github.com/duckdb/duckdb-go/v2", false},
		{goFile{folder: "alignment", external: true}, "github.com/duckdb/duckdb-go/v2", false},
		{goFile{folder: "pipeline/engine"}, "github.com/marcboeker/go-duckdb", false},
		{goFile{folder: "util"}, "fmt", false},
	} {
		if why := refused(tt.file, tt.path); (why == "") != tt.passes {
			t.Errorf("%s (external test: %v) imports %s: refused %q, want it to pass: %v", tt.file.folder, tt.file.external, tt.path, why, tt.passes)
		}
	}
}

// refused says why a file may not import a path, or nothing.
func refused(f goFile, path string) string {
	level := top(f.folder)
	if _, known := mayImport[level]; !known {
		return "folder " + level + " has no place in the one-way flow"
	}
	if strings.HasPrefix(path, engineOldName) {
		return "the driver's old name"
	}
	if strings.HasPrefix(path, engineDriver) && f.folder != onlyEngineSees {
		return "only " + onlyEngineSees + " may know the engine"
	}
	to, inside := strings.CutPrefix(path, module+"/")
	if !inside || to == f.folder {
		return ""
	}
	if f.external && slices.Contains(testsMayImport, to) {
		return ""
	}
	if top(to) == level {
		return refusedInside(f.folder, to)
	}
	if !slices.Contains(mayImport[level], top(to)) {
		return level + " may import " + strings.Join(mayImport[level], ", ")
	}
	return ""
}

// refusedInside judges imports between packages under one folder of the root.
func refusedInside(from, to string) string {
	if top(from) != "pipeline" {
		return ""
	}
	if !slices.Contains(mayImportInside[from], to) {
		return "of pipeline's packages, " + from + " may import: " + strings.Join(mayImportInside[from], ", ")
	}
	return ""
}

func top(folder string) string {
	first, _, _ := strings.Cut(folder, "/")
	return first
}

func goFiles(t *testing.T, root string) []goFile {
	t.Helper()
	var files []goFile
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && path != root && (strings.HasPrefix(e.Name(), ".") || e.Name() == "testdata") {
			return filepath.SkipDir
		}
		if e.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		f, err := importsOf(root, path)
		if err == nil {
			files = append(files, f)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func importsOf(root, path string) (goFile, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return goFile{}, err
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), path, text, parser.ImportsOnly)
	if err != nil {
		return goFile{}, err
	}
	relative, err := filepath.Rel(root, path)
	if err != nil {
		return goFile{}, err
	}
	f := goFile{
		path:     filepath.ToSlash(relative),
		folder:   filepath.ToSlash(filepath.Dir(relative)),
		external: strings.HasSuffix(parsed.Name.Name, "_test"),
	}
	for _, i := range parsed.Imports {
		imported, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			return goFile{}, err
		}
		f.imports = append(f.imports, imported)
	}
	return f, nil
}
