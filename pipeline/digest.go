package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"leadline/pipeline/cache"
	"leadline/pipeline/input"
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
	mark      mark // when the digest was taken
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

// mark stands for a digest that is known: a file of the same path with the same
// mark need not be read again. The footer is in it since tools that copy keep
// sizes and times.
type mark struct {
	Size    int64     `json:"size"`
	ModTime time.Time `json:"mod_time"`
	Footer  string    `json:"footer"` // SHA-256 of the end of the file
}

func (m mark) equal(other mark) bool {
	return m.Size == other.Size && m.ModTime.Equal(other.ModTime) && m.Footer == other.Footer
}

// footerBytes is how much of a file's end its mark takes in. A Parquet footer
// ends there, with places and statistics of the last columns at least.
const footerBytes = 64 * kibibyte

func markOf(path string) (mark, error) {
	f, err := os.Open(path)
	if err != nil {
		return mark{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return mark{}, err
	}
	size := info.Size()
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(f, max(0, size-footerBytes), footerBytes)); err != nil {
		return mark{}, err
	}
	return mark{size, info.ModTime(), hex.EncodeToString(h.Sum(nil))}, nil
}

// digests remembers the SHA-256 of files by their marks, so that an unchanged
// extract need not be read again to know that it is.
type digests struct {
	store    *cache.Store
	known    map[string]knownDigest // by path
	isRehash bool                   // every file is read again
}

type knownDigest struct {
	Mark   mark   `json:"mark"`
	SHA256 string `json:"sha256"`
}

const digestsKind = "digests"

// openDigests reads what earlier runs remembered. Where that is damaged, the
// digests are taken again.
func openDigests(store *cache.Store, isRehash bool) *digests {
	d := &digests{store: store, known: map[string]knownDigest{}, isRehash: isRehash}
	store.Get(digestsKind, digestsKind, &d.known)
	return d
}

// of takes the digest of every file of the extract, several at a time. No
// Parquet reader notices a flipped bit: the digest is the only guard.
func (d *digests) of(ctx context.Context, sources []input.Source) ([]InputFile, error) {
	var files []InputFile
	for _, s := range sources {
		for _, f := range s.Files {
			path, err := filepath.Abs(f.Path)
			if err != nil {
				return nil, err
			}
			files = append(files, InputFile{Table: s.Table.Name, Path: path, Size: f.Size, partition: partitionOf(s, f)})
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range files {
		g.Go(func() error { return d.take(ctx, &files[i]) })
	}
	if err := g.Wait(); err != nil {
		return nil, Exitf(ExitInput, "digest of the inputs: %w", err)
	}
	for _, f := range files {
		d.known[f.Path] = knownDigest{f.mark, f.SHA256}
	}
	return files, nil
}

// take gives a file its mark, and then its digest: what changes in between has
// another mark when the run ends.
func (d *digests) take(ctx context.Context, f *InputFile) (err error) {
	if f.mark, err = markOf(f.Path); err != nil {
		return err
	}
	f.Size = f.mark.Size
	if k, isKnown := d.known[f.Path]; isKnown && !d.isRehash && k.Mark.equal(f.mark) {
		f.SHA256 = k.SHA256
		return nil
	}
	f.SHA256, err = digestFile(ctx, f.Path)
	return err
}

// unchanged fails if a file is no longer what it was when its digest was taken:
// rows of both may then stand in what was computed.
func unchanged(files []InputFile) error {
	g := errgroup.Group{}
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, f := range files {
		g.Go(func() error {
			if now, err := markOf(f.Path); err != nil || !now.equal(f.mark) {
				return Exitf(ExitTemporary, "%s: %s changed during the run; nothing was published; run again when it is whole", f.Table, f.Path)
			}
			return nil
		})
	}
	return g.Wait()
}

// unchanged fails if an input changed since its digest was taken; what was kept
// of it meanwhile is kept no longer.
func (p *prepared) unchanged() error {
	if err := unchanged(p.files); err != nil {
		return errors.Join(err, p.store.Forget())
	}
	return nil
}

// unmoved is a quick look at the same, for each of many results: sizes and times.
func (p *prepared) unmoved() error {
	for _, f := range p.files {
		info, err := os.Stat(f.Path)
		if err != nil || info.Size() != f.mark.Size || !info.ModTime().Equal(f.mark.ModTime) {
			return p.unchanged()
		}
	}
	return nil
}

// blamed says of a run that failed that an input changed meanwhile, if one did:
// a retry can help then.
func (p *prepared) blamed(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	if changed := p.unchanged(); changed != nil {
		return changed
	}
	return err
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

// save keeps the digests that are known, of files that are still there: runs on
// other extracts may share the cache.
func (d *digests) save() error {
	maps.DeleteFunc(d.known, func(path string, _ knownDigest) bool {
		_, err := os.Lstat(path)
		return err != nil
	})
	return d.store.Save(digestsKind, digestsKind, d.known)
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
