package publish

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func TestASecondRunIsToldWhoHoldsTheOutput(t *testing.T) {
	output := t.TempDir()
	first, err := Acquire(t.Context(), output, false)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Acquire(t.Context(), output, false)
	var held *HeldError
	if !errors.As(err, &held) || held.ExitCode() != 75 {
		t.Fatalf("got %v", err)
	}
	if want := fmt.Sprintf("process %d on ", os.Getpid()); !strings.Contains(held.Error(), want) {
		t.Errorf("%q does not name the holder (%s)", held, want)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	second, err := Acquire(t.Context(), output, false)
	if err != nil {
		t.Fatalf("after the first was released: %v", err)
	}
	if err := second.Release(); err != nil {
		t.Error(err)
	}
}

func TestAWaitingRunGetsTheLockWhenItIsFree(t *testing.T) {
	output := t.TempDir()
	first, err := Acquire(t.Context(), output, false)
	if err != nil {
		t.Fatal(err)
	}
	released := make(chan error, 1)
	go func() {
		time.Sleep(2 * lockInterval)
		released <- first.Release()
	}()
	second, err := Acquire(t.Context(), output, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(<-released, second.Release()); err != nil {
		t.Error(err)
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	output := t.TempDir()
	first, err := Acquire(t.Context(), output, false)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Release()
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(lockInterval, cancel)
	if _, err := Acquire(ctx, output, true); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestSweepNeedsTheLock(t *testing.T) {
	if err := Sweep(t.TempDir(), nil); err == nil {
		t.Error("swept without the lock")
	}
}
