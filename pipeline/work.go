package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"leadline/pipeline/cache"
	"leadline/pipeline/engine"
)

// workPrefix begins the names of the private folders of runs.
const workPrefix = "work-"

const kibibyte = 1024

// openEngine starts the engine in a private folder of the run, after sweeping
// what killed runs left: spill files are plain data of people.
func openEngine(ctx context.Context, c Config) (engine.Engine, func() error, error) {
	work, release, err := openWork(ctx, c.Cache)
	if err != nil {
		return nil, nil, Exitf(ExitPublish, "work folder: %w", err)
	}
	e, err := engine.OpenDuckDB(ctx, engine.Options{
		MemoryLimit: fmt.Sprintf("%dKiB", c.MemoryLimit/kibibyte), Threads: c.Threads, WorkFolder: work,
	})
	if err != nil {
		return nil, nil, errors.Join(Exitf(ExitUnavailable, "engine: %w", err), release())
	}
	return e, func() error { return errors.Join(e.Close(), release()) }, nil
}

// openWork makes a private folder under the cache and holds its lock. Folders
// whose lock nobody holds are a killed run's, and are removed; those of runs
// beside this one are left alone. Until release nothing is dropped from the cache.
func openWork(ctx context.Context, folder string) (work string, release func() error, err error) {
	endUse, err := cache.Open(folder).Use(ctx)
	if err != nil {
		return "", nil, err
	}
	work, remove, err := makeWork(folder)
	if err != nil {
		return "", nil, errors.Join(err, endUse())
	}
	return work, func() error { return errors.Join(remove(), endUse()) }, nil
}

func makeWork(cache string) (work string, release func() error, err error) {
	if err := sweepWork(cache); err != nil {
		return "", nil, err
	}
	held, err := os.CreateTemp(cache, "."+workPrefix+"*"+lockSuffix)
	if err != nil {
		return "", nil, err
	}
	lock := flock.New(held.Name())
	if _, err := lock.TryLock(); err != nil {
		return "", nil, errors.Join(err, held.Close())
	}
	name := strings.TrimSuffix(filepath.Base(held.Name()), lockSuffix)
	work = filepath.Join(cache, strings.TrimPrefix(name, ".")) // made under the lock: nobody sweeps it
	if err := errors.Join(held.Close(), os.Mkdir(work, 0o700)); err != nil {
		return "", nil, errors.Join(err, lock.Unlock())
	}
	return work, func() error {
		return errors.Join(os.RemoveAll(work), os.Remove(lock.Path()), lock.Unlock())
	}, nil
}

const lockSuffix = ".lock"

// lockOf is the lock of a work folder, beside it.
func lockOf(dir string) string {
	return filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+lockSuffix)
}

func sweepWork(cache string) error {
	left, err := os.ReadDir(cache)
	if err != nil {
		return err
	}
	for _, entry := range left {
		if matched, _ := filepath.Match(workPrefix+"*", entry.Name()); !matched || !entry.IsDir() {
			continue
		}
		dir := filepath.Join(cache, entry.Name())
		lock := flock.New(lockOf(dir))
		free, err := lock.TryLock()
		if err != nil || !free {
			continue
		}
		if err := errors.Join(os.RemoveAll(dir), os.Remove(lock.Path()), lock.Unlock()); err != nil {
			return err
		}
	}
	return nil
}
