package pipeline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"leadline/pipeline/cache"
	"leadline/pipeline/publish"
)

// Collection is what gc kept and what it removed, or would remove.
type Collection struct {
	IsDry   bool          `json:"dry_run"`
	Kept    []string      `json:"kept_run_ids"`
	Runs    []string      `json:"removed_run_ids"`
	Changes []string      `json:"removed_changes"`
	Cache   cache.Dropped `json:"removed_from_cache"`
	Bytes   int64         `json:"removed_bytes"` // in all
}

// Collect keeps the last published runs of the output folder, by the order of
// their commits, and the one that latest.json names; it removes the others, the
// transitions from and to them, and what no kept run rests on from the cache.
// Folders that no commit names are left alone, and so are the commits.
//
// It goes from what readers see to what nobody sees, so that a kill at any point
// leaves whole runs and a cache that serves them: transitions, runs, the memories
// of those, results.
func Collect(ctx context.Context, r Request, keep int, isDry bool) (_ Collection, err error) {
	output := r.Config.Output
	if _, err := os.Stat(output); err != nil {
		return Collection{}, Exitf(ExitConfig, "output folder: %w; nothing was published there", err)
	}
	lock, err := publish.Acquire(ctx, output, r.Wait)
	if err != nil {
		return Collection{}, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	store := cache.Open(r.Config.Cache)
	release, err := store.Hold(ctx, r.Wait)
	if err != nil {
		return Collection{}, err
	}
	defer func() { err = errors.Join(err, release()) }()
	c := Collection{IsDry: isDry, Kept: []string{}, Runs: []string{}, Changes: []string{}}
	if !isDry {
		if err := errors.Join(publish.Sweep(output, lock), sweepWork(r.Config.Cache)); err != nil {
			return c, err
		}
	}
	if err := c.runs(output, keep, lock); err != nil {
		return c, err
	}
	named, err := c.named(store, output)
	if err != nil {
		return c, err
	}
	c.Cache, err = store.Keep(named, isDry)
	c.Bytes += c.Cache.Bytes
	return c, err
}

// runs removes runs and transitions from the output folder.
func (c *Collection) runs(output string, keep int, lock *publish.Lock) error {
	latest, found, err := publish.Latest(output)
	if err != nil {
		return err
	}
	published, err := publish.Published(output)
	if err != nil {
		return err
	}
	if found && !slices.Contains(published, latest.RunID) {
		published = append([]string{latest.RunID}, published...)
	}
	var gone []string
	for _, id := range published {
		switch folder := publish.RunFolder(output, id); {
		case folder == "":
		case len(c.Kept) < keep, found && id == latest.RunID:
			c.Kept = append(c.Kept, id)
		default:
			c.Runs = append(c.Runs, id)
			gone = append(gone, folder)
		}
	}
	changes, err := publish.ChangeFolders(output, c.Kept)
	if err != nil {
		return err
	}
	for _, folder := range changes {
		c.Changes = append(c.Changes, filepath.Base(folder))
	}
	for _, folder := range append(changes, gone...) {
		size, err := cache.Size(folder)
		if err == nil && !c.IsDry {
			err = publish.Remove(output, folder, lock)
		}
		if err != nil {
			return err
		}
		c.Bytes += size
	}
	return nil
}

// named are the entries of the cache that runs rest on which are still there, in
// this output folder or in any other that the cache serves.
func (c *Collection) named(store *cache.Store, output string) (cache.Named, error) {
	named := cache.Named{}
	named.Document(digestsKind, digestsKind)
	here, err := filepath.Abs(output)
	if err != nil {
		return nil, err
	}
	ids, err := store.Keys(memoryKind)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		var m memory
		isThere := func(folder string) bool { return folder != here && publish.RunFolder(folder, id) != "" }
		if !store.Get(memoryKind, id, &m) || !slices.Contains(c.Kept, id) && !slices.ContainsFunc(m.Outputs, isThere) {
			continue
		}
		named.Document(memoryKind, id)
		named.Document(verdictKind, m.Rows)
		named.Document(factsKind, m.Rows)
		for step, key := range m.Results {
			named.Result(step, key)
		}
		for step, keys := range m.Parts {
			for _, key := range keys {
				named.Result(step, key)
			}
		}
	}
	var last string
	if store.Get(latestKind, latestKind, &last) && named.HasDocument(memoryKind, last) {
		named.Document(latestKind, latestKind)
	}
	return named, nil
}
