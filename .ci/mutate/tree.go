package main

import (
	"io/fs"
	"os"
	"path/filepath"
)

// leftBehind are folders that no test needs.
var leftBehind = map[string]bool{".git": true, ".build": true}

const (
	privateFolder = 0o700
	privateFile   = 0o600
)

// copyTree copies the repository, so that a mutation never touches it.
func copyTree(root, to string) error {
	return filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		switch {
		case e.IsDir() && leftBehind[name]:
			return filepath.SkipDir
		case e.IsDir():
			return os.MkdirAll(filepath.Join(to, name), privateFolder)
		case !e.Type().IsRegular():
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), text, privateFile)
	})
}

// in makes the mutation in a copy of the tree, and returns what takes it back.
func (m mutation) in(tree string) (undo func() error, err error) {
	path := filepath.Join(tree, m.File)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	changed, err := m.applied(string(text))
	if err != nil {
		return nil, err
	}
	undo = func() error { return os.WriteFile(path, text, privateFile) }
	return undo, os.WriteFile(path, []byte(changed), privateFile)
}
