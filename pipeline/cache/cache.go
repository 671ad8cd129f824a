// Package cache keeps results between runs, each under a key that is made of
// everything it rests on.
//
// An entry is never changed: another input, parameter or query is another key.
// It is written aside and renamed, so that a killed run leaves no half of one,
// and its SHA-256 is taken again each time it is used, since no Parquet reader
// notices a flipped bit, nor a file that a power cut left short. A damaged entry
// is said and made anew; a damaged document counts as absent.
//
//	<cache>/results/<step>/<key>.parquet   a step's rows
//	<cache>/results/<step>/<key>.json      their number, bytes and SHA-256
//	<cache>/documents/<kind>/<key>.json    something small
//	<cache>/.lock                          held by all who use it, or by Keep's caller alone
//
// A .json file is sealed: its first line is the SHA-256 of what follows and of
// its own place, so that it vouches for nothing once it was changed or moved.
//
// Entries hold rows of people. Folders are readable by their owner alone.
package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

const (
	folderMode = 0o700
	fileMode   = 0o600

	resultsName   = "results"
	documentsName = "documents"
	rowsSuffix    = ".parquet"
	sealedSuffix  = ".json"
	asidePrefix   = ".aside-"
)

// A Store is a cache folder.
type Store struct {
	// Guard is asked after a result was written and before it is kept: an error
	// keeps it out.
	Guard func() error
	// Warn hears of each damaged result that is met, and what is wrong with it.
	Warn func(step, why string)

	dir string

	mu  sync.Mutex
	put []string // results, since it was opened
}

// Open names a cache folder, which need not exist yet.
func Open(dir string) *Store {
	return &Store{dir: dir, Guard: func() error { return nil }, Warn: func(string, string) {}}
}

// An Entry is the kept result of a step.
type Entry struct {
	Step   string `json:"step"`
	Key    string `json:"key"`
	SHA256 string `json:"sha256"`
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	Path   string `json:"-"`
}

// Condition is how an entry was found.
type Condition int

// The conditions of an entry.
const (
	Absent Condition = iota
	Damaged
	Sound
)

func (s *Store) result(step, key string) string {
	return filepath.Join(s.dir, resultsName, step, key+rowsSuffix)
}

func beside(path string) string { return strings.TrimSuffix(path, rowsSuffix) + sealedSuffix }

// Find looks for the result of a step and reads it to its end.
func (s *Store) Find(step, key string) (Entry, Condition) {
	e := Entry{Path: s.result(step, key)}
	switch found := s.readSealed(beside(e.Path), &e); {
	case errors.Is(found, fs.ErrNotExist) && !exists(e.Path):
		return Entry{}, Absent
	case errors.Is(found, fs.ErrNotExist):
		return s.damaged(step, "it has no description")
	case found != nil:
		return s.damaged(step, "its description is damaged")
	}
	switch sum, size, err := digest(e.Path); {
	case errors.Is(err, fs.ErrNotExist):
		return s.damaged(step, "its rows are gone")
	case err != nil:
		return s.damaged(step, "its rows cannot be read")
	case size != e.Bytes:
		return s.damaged(step, "its rows have another size than when they were kept")
	case sum != e.SHA256:
		return s.damaged(step, "its rows have another SHA-256 than when they were kept")
	}
	return e, Sound
}

func (s *Store) damaged(step, why string) (Entry, Condition) {
	s.Warn(step, why)
	return Entry{}, Damaged
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// Put keeps what write puts into a file as the result of a step.
func (s *Store) Put(step, key string, write func(path string) (rows int64, err error)) (Entry, error) {
	path := s.result(step, key)
	if err := os.MkdirAll(filepath.Dir(path), folderMode); err != nil {
		return Entry{}, err
	}
	aside, err := os.MkdirTemp(filepath.Dir(path), asidePrefix)
	if err != nil {
		return Entry{}, err
	}
	defer os.RemoveAll(aside)
	written := filepath.Join(aside, "result.parquet")
	e := Entry{Step: step, Key: key, Path: path}
	if e.Rows, err = write(written); err != nil {
		return Entry{}, err
	}
	if e.SHA256, e.Bytes, err = digest(written); err != nil {
		return Entry{}, err
	}
	if err := s.Guard(); err != nil {
		return Entry{}, err
	}
	s.mu.Lock()
	s.put = append(s.put, path)
	s.mu.Unlock()
	// The description comes last: it vouches for the rows.
	if err := errors.Join(os.Chmod(written, fileMode), os.Rename(written, path)); err != nil {
		return Entry{}, err
	}
	return e, s.writeSealed(beside(path), e)
}

// Forget removes the results that were put since the store was opened.
func (s *Store) Forget() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for _, path := range s.put {
		for _, name := range []string{beside(path), path} {
			if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
	}
	s.put = nil
	return errors.Join(errs...)
}

// Get reads a small thing that Save kept; false where there is none, or only a
// damaged one.
func (s *Store) Get(kind, key string, to any) bool {
	return s.readSealed(s.document(kind, key), to) == nil
}

// Save keeps a small thing.
func (s *Store) Save(kind, key string, value any) error {
	path := s.document(kind, key)
	if err := os.MkdirAll(filepath.Dir(path), folderMode); err != nil {
		return err
	}
	return s.writeSealed(path, value)
}

func (s *Store) document(kind, key string) string {
	return filepath.Join(s.dir, documentsName, kind, key+sealedSuffix)
}

var errSeal = errors.New("cache: the seal is broken")

// readSealed leaves a damaged file's content alone.
func (s *Store) readSealed(path string, to any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	seal, body, _ := strings.Cut(string(text), "\n")
	if seal != s.sealOf(path, body) {
		return errSeal
	}
	return json.Unmarshal([]byte(body), to)
}

// writeSealed replaces a file: its readers see the old text or the new.
func (s *Store) writeSealed(path string, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), asidePrefix)
	if err != nil {
		return err
	}
	_, err = f.WriteString(s.sealOf(path, string(body)) + "\n" + string(body))
	if err = errors.Join(err, f.Chmod(fileMode), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), path)
}

// sealOf is the SHA-256 of a file's place in the cache and of its text.
func (s *Store) sealOf(path, body string) string {
	place, _ := filepath.Rel(s.dir, path)
	sum := sha256.Sum256([]byte(filepath.ToSlash(place) + "\n" + body))
	return hex.EncodeToString(sum[:])
}

func digest(path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	h := sha256.New()
	size, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), size, errors.Join(err, f.Close())
}
