package publish

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

const lockName = ".lock"

// A Lock says that this process alone writes to an output folder. The kernel
// drops it with the process, so a killed run never blocks the next.
type Lock struct{ file *flock.Flock }

// A HeldError says that another process writes to the output folder. Its exit
// code is 75: the same command may succeed later.
type HeldError struct {
	Output string
	Holder string // what the holder wrote about itself
}

func (e *HeldError) Error() string {
	return fmt.Sprintf("another run is writing to %s (%s); try again when it has ended, or wait for it with --wait", e.Output, e.Holder)
}

func (*HeldError) ExitCode() int { return 75 }

// How often a waiting run looks again.
const lockInterval = 200 * time.Millisecond

// Acquire takes the lock of an output folder, which it creates. Where another
// process has it, it waits until ctx ends, or says at once who holds it.
func Acquire(ctx context.Context, output string, wait bool) (*Lock, error) {
	if err := os.MkdirAll(output, folderMode); err != nil {
		return nil, cannot("output folder: %w", err)
	}
	path := filepath.Join(output, lockName)
	file := flock.New(path, flock.SetPermissions(fileMode))
	locked, err := file.TryLock()
	if err == nil && !locked && wait {
		locked, err = file.TryLockContext(ctx, lockInterval)
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, cannot("lock of the output folder: %w", err)
	}
	if !locked {
		return nil, &HeldError{Output: output, Holder: holder(path)}
	}
	if err := os.WriteFile(path, []byte(self()), fileMode); err != nil {
		return nil, errors.Join(cannot("lock of the output folder: %w", err), file.Unlock())
	}
	return &Lock{file}, nil
}

// Release gives the lock back. The file stays: to remove it would let a third
// process lock a file that a second one still waits for.
func (l *Lock) Release() error {
	return errors.Join(os.Truncate(l.file.Path(), 0), l.file.Unlock())
}

func self() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	return fmt.Sprintf("process %d on %s since %s\n", os.Getpid(), host, time.Now().UTC().Format(time.RFC3339))
}

func holder(path string) string {
	text, err := os.ReadFile(path)
	if said := strings.TrimSpace(string(text)); err == nil && said != "" {
		return said
	}
	return "it has not said who it is"
}
