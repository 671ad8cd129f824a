package ingest

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

var tarEndings = []string{".tar.bz2", ".tbz2", ".tbz", ".tar.gz", ".tgz", ".tar"}

func isArchive(name string) bool {
	name = strings.ToLower(name)
	if strings.HasSuffix(name, ".zip") {
		return true
	}
	for _, ending := range tarEndings {
		if strings.HasSuffix(name, ending) {
			return true
		}
	}
	return false
}

// unpack writes the CSV files of an archive into the folder aside, flat: only
// their base names are used, so that no member can land elsewhere.
func unpack(ctx context.Context, path, aside string) ([]string, error) {
	file := filepath.Base(path)
	if !isArchive(path) {
		return nil, &InputError{File: file, What: "is neither a folder nor a zip or tar archive",
			Remedy: "name CMS's folder or archive"}
	}
	into, err := os.MkdirTemp(aside, "source-*") // one folder an archive: equal names are told apart later
	if err != nil {
		return nil, err
	}
	var found []string
	keep := func(name string, r io.Reader) error {
		base := filepath.Base(filepath.FromSlash(name))
		if !isCSV(base) || strings.HasPrefix(base, ".") {
			return nil
		}
		target := filepath.Join(into, base)
		found = append(found, target)
		return copyInto(ctx, target, r)
	}
	if strings.HasSuffix(strings.ToLower(path), ".zip") {
		err = eachZipped(path, keep)
	} else {
		err = eachTarred(path, keep)
	}
	var input *InputError
	switch {
	case err == nil || ctx.Err() != nil || errors.As(err, &input):
		return found, err
	case errors.Is(err, os.ErrExist):
		return nil, &InputError{File: file, What: "holds two files of one name", Remedy: "keep one of them"}
	}
	return nil, &InputError{File: file, What: "cannot be unpacked: " + reason(err), Remedy: "take the archive again; it may be cut short"}
}

func eachZipped(path string, keep func(string, io.Reader) error) error {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer archive.Close()
	for _, member := range archive.File {
		if member.FileInfo().IsDir() {
			continue
		}
		r, err := member.Open()
		if err != nil {
			return err
		}
		err = keep(member.Name, r)
		r.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func eachTarred(path string, keep func(string, io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	plain, err := decompressed(path, bufio.NewReaderSize(f, readBuffer))
	if err != nil {
		return err
	}
	archive := tar.NewReader(plain)
	for {
		member, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if member.Typeflag != tar.TypeReg {
			continue
		}
		if err := keep(member.Name, archive); err != nil {
			return err
		}
	}
}

func decompressed(path string, r io.Reader) (io.Reader, error) {
	name := strings.ToLower(path)
	switch {
	case strings.HasSuffix(name, "bz2"), strings.HasSuffix(name, "tbz"):
		return bzip2.NewReader(r), nil
	case strings.HasSuffix(name, "gz"):
		return gzip.NewReader(r)
	}
	return r, nil
}

// copyInto writes r to a new file, stopping when ctx ends.
func copyInto(ctx context.Context, target string, r io.Reader) error {
	f, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateFile)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, cancellable{ctx, r})
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("%s: %w", filepath.Base(target), err)
	}
	return err
}

// cancellable is a reader that ends with its context.
type cancellable struct {
	ctx context.Context
	r   io.Reader
}

func (c cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
