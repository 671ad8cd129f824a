package input

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"leadline/schemas"
)

// Source is one input table and the files that hold it.
type Source struct {
	Table schemas.Table
	Entry string // as the run file has it
	Files []File
}

// File is one file of a table.
type File struct {
	Path string // to open
	Name string // to print: relative to the run file where the entry was
	Size int64
	// ModTime tells, with Size, whether a file changed since its digest was
	// taken.
	ModTime time.Time
	// Partition holds the columns that stand only in the path, as
	// year=2024.
	Partition map[string]string
}

// IsCSV tells whether the file is read as CSV.
func (f File) IsCSV() bool { return strings.EqualFold(filepath.Ext(f.Name), ".csv") }

// ResolveAll resolves every entry of a run file, tables in the contract's
// order. Entries are relative to base, the run file's folder.
func ResolveAll(entries map[string]string, base string) ([]Source, []Finding) {
	var sources []Source
	var findings []Finding
	for _, table := range schemas.Inputs() {
		entry, ok := entries[table.Name]
		if !ok {
			continue
		}
		source, found := Resolve(table, entry, base)
		sources = append(sources, source)
		findings = append(findings, found...)
	}
	return sources, findings
}

// Resolve finds the files of one table: a file, a glob, or a folder with all
// files below it. Files come in byte order of their paths, so that nothing
// depends on the file system.
func Resolve(table schemas.Table, entry, base string) (Source, []Finding) {
	source := Source{Table: table, Entry: entry}
	path := entry
	if !filepath.IsAbs(path) {
		path = filepath.Join(base, path)
	}
	names, err := expand(path, table)
	if err != nil {
		return source, []Finding{entryFinding(table, entry, err)}
	}
	var findings []Finding
	for _, name := range names {
		file, err := stat(name, path, entry)
		if err != nil {
			findings = append(findings, unreadable(table, file.Name, err))
			continue
		}
		source.Files = append(source.Files, file)
	}
	slices.SortFunc(source.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return source, findings
}

// expand lists the paths that an entry stands for.
func expand(path string, table schemas.Table) ([]string, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return listFolder(os.DirFS(path), path, extensions(table))
	case err == nil:
		return []string{path}, nil
	case !errors.Is(err, os.ErrNotExist) && !isGlob(path):
		return nil, err
	case isGlob(path):
		return globFiles(path, extensions(table))
	}
	return nil, errNoFile{"there is no such file or folder"}
}

// stat takes down a file's size and time, and proves that it can be opened.
func stat(path, root, entry string) (File, error) {
	file := File{Path: path, Name: display(path, root, entry), Partition: partition(path)}
	f, err := os.Open(path)
	if err != nil {
		return file, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return file, err
	}
	if info.IsDir() {
		return file, errors.New("is a folder")
	}
	if _, err := f.Read(make([]byte, 1)); err != nil && !errors.Is(err, io.EOF) {
		return file, err
	}
	file.Size, file.ModTime = info.Size(), info.ModTime()
	return file, nil
}

// display is how a file is named to people: the entry, and the path below it.
func display(path, root, entry string) string {
	if path == root {
		return filepath.Base(path)
	}
	if rel, err := filepath.Rel(root, path); err == nil && !strings.HasPrefix(rel, "..") {
		return filepath.ToSlash(rel)
	}
	fixed := entry[:globStart(entry)]
	prefix := filepath.ToSlash(root[:globStart(root)])
	if below, ok := strings.CutPrefix(filepath.ToSlash(path), prefix); ok {
		return filepath.ToSlash(filepath.Join(filepath.Base(fixed), below))
	}
	return filepath.Base(path)
}

// partition reads the name=value folders of a path, as Hive and Spark write
// them.
func partition(path string) map[string]string {
	var columns map[string]string
	for folder := range strings.SplitSeq(filepath.ToSlash(filepath.Dir(path)), "/") {
		name, value, ok := strings.Cut(folder, "=")
		if !ok || name == "" {
			continue
		}
		if columns == nil {
			columns = map[string]string{}
		}
		columns[name] = value
	}
	return columns
}

type errNoFile struct{ why string }

func (e errNoFile) Error() string { return e.why }

func entryFinding(table schemas.Table, entry string, err error) Finding {
	f := Finding{Severity: Error, Table: table.Name, Rule: "contract 1"}
	if none := (errNoFile{}); errors.As(err, &none) {
		f.Check = CheckNoFile
		f.Message = fmt.Sprintf("%s names no file: %s", entry, none.why)
		f.Remedy = fmt.Sprintf("correct inputs.%s in the run file", table.Name)
		return f
	}
	f.Check = CheckUnlistableFolder
	f.Message = fmt.Sprintf("%s cannot be listed: %v", entry, withoutPath(err))
	f.Remedy = "give read access to the folder and everything below it"
	return f
}

func unreadable(table schemas.Table, name string, err error) Finding {
	return Finding{
		Check: CheckUnreadableFile, Severity: Error, Table: table.Name, File: name, Rule: "contract 1",
		Message: fmt.Sprintf("the file cannot be read: %v", withoutPath(err)),
		Remedy:  "give read access to the file, or take it out of the folder",
	}
}

// withoutPath drops the path that os errors carry: the finding names the file.
func withoutPath(err error) error {
	if pe := (*os.PathError)(nil); errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
