package input

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"leadline/schemas"
)

// extensions are the files of a folder that belong to a table; others, such
// as a README or a checksum, do not.
func extensions(table schemas.Table) []string {
	known := []string{".parquet", ".parq", ".pq"}
	if table.CSV {
		known = append(known, ".csv")
	}
	return known
}

// listFolder lists the files of a table below a folder, without hidden ones.
func listFolder(fsys fs.FS, root string, known []string) ([]string, error) {
	var files []string
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name != "." && hidden(entry.Name()) {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if entry.Type()&fs.ModeSymlink != 0 {
			if err := refuseFolderLink(fsys, name); err != nil {
				return err
			}
		}
		if !entry.IsDir() && slices.Contains(known, strings.ToLower(path.Ext(name))) {
			files = append(files, filepath.Join(root, filepath.FromSlash(name)))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errNoFile{fmt.Sprintf("the folder holds no %s file", strings.Join(known, " or "))}
	}
	return files, nil
}

// hidden tells the marks and leavings of writers, as _SUCCESS and .part.crc.
func hidden(name string) bool { return strings.IndexAny(name, "._") == 0 }

// refuseFolderLink keeps a linked folder's files from being left out without
// a word: the walk does not enter it.
func refuseFolderLink(fsys fs.FS, name string) error {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return fmt.Errorf("%s is a link to a folder; name that folder itself", name)
	}
	return nil
}

func isGlob(p string) bool { return strings.ContainsAny(p, "*?[") }

// globStart is where the fixed part of a path ends: after the last slash
// before the first wildcard.
func globStart(p string) int {
	wild := strings.IndexAny(p, "*?[")
	if wild < 0 {
		return len(p)
	}
	return strings.LastIndexAny(p[:wild], `/\`) + 1
}

// globFiles lists the files that a pattern names. ** stands for any number of
// folders.
func globFiles(pattern string, known []string) ([]string, error) {
	root := filepath.Clean(pattern[:globStart(pattern)] + ".")
	if _, err := os.Stat(root); err != nil {
		return nil, errNoFile{"the folder before the first * does not exist"}
	}
	rest := strings.Split(filepath.ToSlash(pattern[globStart(pattern):]), "/")
	if _, err := path.Match(strings.Join(rest, "/"), ""); err != nil {
		return nil, errNoFile{"the pattern is malformed"}
	}
	var files []string
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name == "." || !matches(rest, strings.Split(name, "/")) {
			return nil
		}
		full := filepath.Join(root, filepath.FromSlash(name))
		if !entry.IsDir() {
			files = append(files, full)
			return nil
		}
		below, err := listFolder(os.DirFS(full), full, known)
		if _, none := err.(errNoFile); err != nil && !none {
			return err
		}
		files = append(files, below...)
		return fs.SkipDir
	})
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errNoFile{"no file matches the pattern"}
	}
	return files, nil
}

// matches holds path segments against pattern segments.
func matches(pattern, name []string) bool {
	if len(pattern) == 0 {
		return len(name) == 0
	}
	if pattern[0] == "**" {
		return matches(pattern[1:], name) || len(name) > 0 && !hidden(name[0]) && matches(pattern, name[1:])
	}
	if len(name) == 0 || hidden(name[0]) && !hidden(pattern[0]) {
		return false
	}
	ok, err := path.Match(pattern[0], name[0])
	return err == nil && ok && matches(pattern[1:], name[1:])
}
