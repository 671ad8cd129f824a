package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// syncTree puts every file of a folder on disk, then the folders from the
// innermost out: a rename must not reach the disk before what it names.
func syncTree(root string) error {
	var folders []string
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			folders = append(folders, path)
			return nil
		}
		return syncPath(path)
	})
	for i := len(folders) - 1; i >= 0 && err == nil; i-- {
		err = syncPath(folders[i])
	}
	return err
}

// syncPath puts a file or folder on disk. Windows cannot sync a folder; there
// the file system's own journal keeps the order.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	err = f.Sync()
	if runtime.GOOS == "windows" {
		err = nil
	}
	return errors.Join(err, f.Close())
}
