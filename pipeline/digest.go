package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"leadline/pipeline/input"
	"leadline/pipeline/publish"
)

// InputFile is what the manifest says of one file of the extract.
type InputFile struct {
	Table  string `json:"table"`
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Rows   int64  `json:"rows,omitempty"`

	// partition holds the contract's columns that stand only in the path:
	// they are content too.
	partition string
}

// content is the digest of all that the file says.
func (f InputFile) content() string { return f.SHA256 + f.partition }

func partitionOf(s input.Source, f input.File) string {
	text := ""
	for _, column := range sortedKeys(f.Partition) {
		if _, known := s.Table.Column(column); known {
			text += " " + column + "=" + f.Partition[column]
		}
	}
	return text
}

// digests remembers the SHA-256 of files by path, size and time of change, so
// that an unchanged extract need not be read again to know that it is.
type digests struct {
	path  string
	known map[string]knownDigest
}

type knownDigest struct {
	Size    int64     `json:"size"`
	ModTime time.Time `json:"mod_time"`
	SHA256  string    `json:"sha256"`
}

const digestsName = "digests.json"

// openDigests reads what an earlier run remembered. A file that cannot be read
// is no error: the digests are taken again.
func openDigests(cache string) *digests {
	d := &digests{path: filepath.Join(cache, digestsName), known: map[string]knownDigest{}}
	if text, err := os.ReadFile(d.path); err == nil {
		_ = json.Unmarshal(text, &d.known)
	}
	return d
}

// of takes the digest of every file of the extract, several at a time. No
// Parquet reader notices a flipped bit: the digest is the only guard.
func (d *digests) of(ctx context.Context, sources []input.Source) ([]InputFile, error) {
	var files []InputFile
	var times []time.Time
	for _, s := range sources {
		for _, f := range s.Files {
			path, err := filepath.Abs(f.Path)
			if err != nil {
				return nil, err
			}
			files = append(files, InputFile{Table: s.Table.Name, Path: path, Size: f.Size, partition: partitionOf(s, f)})
			times = append(times, f.ModTime)
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range files {
		if k, known := d.known[files[i].Path]; known && k.Size == files[i].Size && k.ModTime.Equal(times[i]) {
			files[i].SHA256 = k.SHA256
			continue
		}
		g.Go(func() (err error) {
			files[i].SHA256, err = digestFile(ctx, files[i].Path)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, Exitf(ExitInput, "digest of the inputs: %w", err)
	}
	for i, f := range files {
		d.known[f.Path] = knownDigest{f.Size, times[i], f.SHA256}
	}
	return files, nil
}

func digestFile(ctx context.Context, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, stoppable{ctx, f}); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// stoppable ends a long read when the run is cancelled.
type stoppable struct {
	ctx context.Context
	io.Reader
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(p)
}

// save keeps the digests of the files that this run saw.
func (d *digests) save(files []InputFile) error {
	seen := map[string]knownDigest{}
	for _, f := range files {
		seen[f.Path] = d.known[f.Path]
	}
	text, err := publish.CanonicalJSON(seen)
	if err != nil {
		return err
	}
	aside := d.path + ".new"
	return errors.Join(os.WriteFile(aside, text, 0o600), os.Rename(aside, d.path))
}

// contentDigests are the distinct contents of each table: what a result rests
// on, wherever the files lie and in whatever order.
func contentDigests(files []InputFile) map[string][]string {
	byTable := map[string][]string{}
	for _, f := range files {
		byTable[f.Table] = append(byTable[f.Table], f.content())
	}
	for _, list := range byTable {
		slices.Sort(list)
	}
	return byTable
}
