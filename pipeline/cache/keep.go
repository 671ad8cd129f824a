package cache

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Named are the results and documents that someone may still want, by step or
// kind and key.
type Named map[string]bool

func resultName(step, key string) string   { return resultsName + "/" + step + "/" + key }
func documentName(kind, key string) string { return documentsName + "/" + kind + "/" + key }

// Result names a step's result, and the parts of one that is kept in parts,
// <key>-<part>.
func (n Named) Result(step, key string) { n[resultName(step, key)] = true }

// Document names a document.
func (n Named) Document(kind, key string) { n[documentName(kind, key)] = true }

// HasDocument says whether a document is named.
func (n Named) HasDocument(kind, key string) bool { return n[documentName(kind, key)] }

// Dropped is what Keep removed, or would remove.
type Dropped struct {
	Entries int   `json:"entries"` // results and documents, and remains of writers that were killed
	Bytes   int64 `json:"bytes"`
}

// Keys are the keys of all documents of a kind, in order.
func (s *Store) Keys(kind string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(s.dir, documentsName, kind))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var keys []string
	for _, e := range entries {
		if key, isSealed := strings.CutSuffix(e.Name(), sealedSuffix); isSealed && !strings.HasPrefix(key, asidePrefix) {
			keys = append(keys, key)
		}
	}
	return keys, err
}

// Keep drops every result and document that is not named, and what killed
// writers left. The caller holds the cache (Hold). Documents go first: one that
// names results must not outlive them. A kill leaves less to drop, nothing else.
func (s *Store) Keep(named Named, isDry bool) (Dropped, error) {
	var all Dropped
	for _, kind := range []string{documentsName, resultsName} {
		folders, err := os.ReadDir(filepath.Join(s.dir, kind))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return all, err
		}
		for _, folder := range folders {
			if !folder.IsDir() {
				continue
			}
			if err := s.keepIn(kind+"/"+folder.Name(), named, isDry, &all); err != nil {
				return all, err
			}
		}
	}
	return all, nil
}

// keepIn goes through the files of one step or kind. They come in the order of
// their names: of an entry, the description before the rows.
func (s *Store) keepIn(place string, named Named, isDry bool, all *Dropped) error {
	dir := filepath.Join(s.dir, filepath.FromSlash(place))
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, f := range files {
		key := strings.TrimSuffix(strings.TrimSuffix(f.Name(), rowsSuffix), sealedSuffix)
		name := place + "/" + key
		if whole, _, _ := strings.Cut(key, "-"); named[name] || named[place+"/"+whole] {
			continue
		}
		path := filepath.Join(dir, f.Name())
		size, err := Size(path)
		if err == nil && !isDry {
			err = os.RemoveAll(path)
		}
		if err != nil {
			return err
		}
		all.Bytes += size
		if !seen[name] {
			seen[name] = true
			all.Entries++
		}
	}
	return nil
}

// Size is the bytes of a file, or of all files below a folder.
func Size(path string) (total int64, err error) {
	err = filepath.WalkDir(path, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	return total, err
}
