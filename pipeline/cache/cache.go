// Package cache keeps results between runs, each under a key that is made of
// everything it rests on.
//
// An entry is never changed: another input, parameter or query is another key.
// It is written aside and renamed, so that a killed run leaves no half of one,
// and its SHA-256 is taken again each time it is used, since no Parquet reader
// notices a flipped bit, nor a file that a power cut left short. A damaged entry
// is made anew.
//
//	<cache>/results/<step>/<key>.parquet   a step's rows
//	<cache>/results/<step>/<key>.json      their number, bytes and SHA-256
//	<cache>/documents/<kind>/<key>.json    something small
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
)

const (
	folderMode = 0o700
	fileMode   = 0o600
)

// A Store is a cache folder.
type Store struct{ dir string }

// Open names a cache folder, which need not exist yet.
func Open(dir string) *Store { return &Store{dir} }

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
	return filepath.Join(s.dir, "results", step, key+".parquet")
}

func beside(path string) string { return path[:len(path)-len(filepath.Ext(path))] + ".json" }

// Find looks for the result of a step and reads it to its end.
func (s *Store) Find(step, key string) (Entry, Condition) {
	path := s.result(step, key)
	text, err := os.ReadFile(beside(path))
	if errors.Is(err, fs.ErrNotExist) {
		return Entry{}, Absent
	}
	var e Entry
	if err != nil || json.Unmarshal(text, &e) != nil {
		return Entry{}, Damaged
	}
	e.Path = path
	if sum, size, err := digest(path); err != nil || sum != e.SHA256 || size != e.Bytes {
		return Entry{}, Damaged
	}
	return e, Sound
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
	text, err := json.Marshal(e)
	if err != nil {
		return Entry{}, err
	}
	// The description comes last: an entry without one does not exist.
	return e, errors.Join(os.Chmod(written, fileMode), os.Rename(written, path), writeWhole(beside(path), text))
}

const asidePrefix = ".aside-"

// Get reads a small thing that Save kept; false where there is none, or only a
// damaged one.
func (s *Store) Get(kind, key string, to any) bool {
	text, err := os.ReadFile(s.document(kind, key))
	if err != nil || len(text) <= sealLength {
		return false
	}
	seal, body := text[:sealLength], text[sealLength:]
	return string(seal) == sealOf(body) && json.Unmarshal(body, to) == nil
}

// Save keeps a small thing.
func (s *Store) Save(kind, key string, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	path := s.document(kind, key)
	if err := os.MkdirAll(filepath.Dir(path), folderMode); err != nil {
		return err
	}
	return writeWhole(path, append([]byte(sealOf(body)), body...))
}

func (s *Store) document(kind, key string) string {
	return filepath.Join(s.dir, "documents", kind, key+".json")
}

const sealLength = 2*sha256.Size + 1

// sealOf is the first line of a document: the SHA-256 of what follows.
func sealOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:]) + "\n"
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

func writeWhole(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), asidePrefix)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Chmod(fileMode), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), path)
}
