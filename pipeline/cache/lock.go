package cache

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

const (
	lockName     = ".lock"
	lockInterval = 50 * time.Millisecond
)

// A BusyError says that runs use the cache whose entries were to be dropped. Its
// exit code is 75: the same command may succeed later.
type BusyError struct{ Cache string }

func (e *BusyError) Error() string {
	return fmt.Sprintf("a run is using the cache %s; try again when it has ended, or wait for it with --wait", e.Cache)
}

// ExitCode makes the program end with 75.
func (*BusyError) ExitCode() int { return 75 }

// Use says that this process uses the cache, beside others, until release: what
// it finds there stays. It waits while entries are dropped. The kernel ends the
// use with the process.
func (s *Store) Use(ctx context.Context) (release func() error, err error) {
	return s.lock(func(f *flock.Flock) (bool, error) { return f.TryRLockContext(ctx, lockInterval) })
}

// Hold says that this process alone uses the cache, until release. Where others
// use it, it waits until ctx ends, or says so at once.
func (s *Store) Hold(ctx context.Context, wait bool) (release func() error, err error) {
	return s.lock(func(f *flock.Flock) (bool, error) {
		if wait {
			return f.TryLockContext(ctx, lockInterval)
		}
		return f.TryLock()
	})
}

func (s *Store) lock(take func(*flock.Flock) (bool, error)) (release func() error, err error) {
	if err := os.MkdirAll(s.dir, folderMode); err != nil {
		return nil, err
	}
	f := flock.New(filepath.Join(s.dir, lockName), flock.SetPermissions(fileMode))
	locked, err := take(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if !locked {
		return nil, errors.Join(&BusyError{s.dir}, f.Close())
	}
	return f.Unlock, nil
}
