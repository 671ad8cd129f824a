package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"leadline/pipeline"
	"leadline/pipeline/publish"
)

// outcome is what a run that published took, and its manifest.
type outcome struct {
	sample
	manifest manifest
}

// manifest is the part of manifest.json that is reported.
type manifest struct {
	Stages  []pipeline.Stage `json:"stages"`
	Outputs []publish.File   `json:"outputs"`
}

// digests are those of the published tables. The manifest itself is left out:
// it holds times.
func (m manifest) digests() map[string]string {
	all := map[string]string{}
	for _, f := range m.Outputs {
		all[f.Path] = f.SHA256
	}
	return all
}

// publish runs an extract into a folder under work. A run that finds its result
// published already measures nothing, and is an error.
func (b *bench) publish(ctx context.Context, x extract, name string, flags ...string) (o outcome, err error) {
	var text []byte
	if o.sample, text, err = b.call(ctx, "run", x, name, append(flags, "--json")...); err != nil {
		return o, err
	}
	var done struct {
		Path      string `json:"path"`
		Unchanged bool   `json:"unchanged"`
	}
	if err := json.Unmarshal(text, &done); err != nil {
		return o, err
	}
	if done.Unchanged {
		return o, errors.New("run: nothing had to be published, where something changed")
	}
	text, err = os.ReadFile(filepath.Join(done.Path, "manifest.json"))
	if err != nil {
		return o, err
	}
	return o, json.Unmarshal(text, &o.manifest)
}

// call runs the program in a process of its own, and asks the system what that
// took. Later flags override the ones given here.
func (b *bench) call(ctx context.Context, command string, x extract, name string, flags ...string) (sample, []byte, error) {
	args := append([]string{
		command, "-c", x.runFile(), "--log-level", "error", "--output", b.work(name), "--cache", b.work(name, ".cache"),
		"--publish-row-level", "false", "--memory-limit", memoryLimit,
	}, flags...)
	var printed bytes.Buffer
	cmd := exec.CommandContext(ctx, b.binary, args...)
	cmd.Stdout, cmd.Stderr = &printed, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // it then removes what it spilled
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return sample{}, nil, fmt.Errorf("%s: %w", command, err)
	}
	peak := watch(func() int64 { return residentPeak(cmd.Process.Pid) })
	err := cmd.Wait()
	took := sample{wall: time.Since(start), memory: peak()}
	if err != nil {
		return sample{}, nil, fmt.Errorf("%s: %w", command, err)
	}
	took.processor = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	fmt.Fprintf(os.Stderr, "  %s into %s: %.2f s\n", command, name, took.wall.Seconds())
	return took, printed.Bytes(), nil
}

// residentPeak is the most memory that a process held so far, 0 where Linux does
// not say. What it says once the process has ended would not do: its peak then
// counts what this process held when it began the other.
func residentPeak(pid int) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(text), "VmHWM:")
	var kibibytes int64
	if _, err := fmt.Sscan(after, &kibibytes); err != nil {
		return 0
	}
	return kibibytes << 10
}

// watch looks again and again, until it is asked for the most that it saw.
func watch(look func() int64) func() int64 {
	const pause = 20 * time.Millisecond
	done, most := make(chan struct{}), make(chan int64)
	go func() {
		var seen int64
		for {
			select {
			case <-done:
				most <- seen
				return
			case <-time.After(pause):
				seen = max(seen, look())
			}
		}
	}()
	return func() int64 {
		close(done)
		return <-most
	}
}

// bytesIn is what lies in the folders of a pattern, as far as it can be counted:
// files come and go meanwhile.
func bytesIn(pattern string) (sum int64) {
	folders, _ := filepath.Glob(pattern)
	for _, folder := range folders {
		_ = filepath.WalkDir(folder, func(_ string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return nil
			}
			if info, err := entry.Info(); err == nil {
				sum += info.Size()
			}
			return nil
		})
	}
	return sum
}
