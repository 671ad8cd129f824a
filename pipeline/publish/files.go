package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/apache/arrow-go/v18/parquet/file"
)

// A File is a published file, as the manifest lists it.
type File struct {
	Path   string `json:"path"` // relative to the run's folder, with slashes
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Rows   *int64 `json:"rows,omitempty"` // of a Parquet file
}

// Files lists what stands in the folder aside, in byte order of the paths.
// Rows are counted by the file's own footer, so the list also shows that each
// Parquet file can be opened.
func (s *Staging) Files() ([]File, error) {
	var files []File
	err := filepath.WalkDir(s.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		f, err := describe(s.dir, path)
		files = append(files, f)
		return err
	})
	if err != nil {
		return nil, cannot("%w", err)
	}
	return files, nil
}

// CopyFile copies a file that was written whole before, for publication.
func CopyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return cannot("%w", err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return cannot("%w", err)
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Close()); err != nil {
		return cannot("%w", err)
	}
	return nil
}

func describe(root, path string) (File, error) {
	relative, err := filepath.Rel(root, path)
	if err != nil {
		return File{}, err
	}
	f := File{Path: filepath.ToSlash(relative)}
	if f.SHA256, f.Size, err = Digest(path); err != nil {
		return File{}, err
	}
	if strings.HasSuffix(path, ".parquet") {
		rows, err := parquetRows(path)
		if err != nil {
			return File{}, err
		}
		f.Rows = &rows
	}
	return f, nil
}

// Digest reads a file to its end: its SHA-256 and size.
func Digest(path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	h := sha256.New()
	size, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), size, errors.Join(err, f.Close())
}

func parquetRows(path string) (int64, error) {
	r, err := file.OpenParquetFile(path, false)
	if err != nil {
		return 0, err
	}
	return r.NumRows(), r.Close()
}
