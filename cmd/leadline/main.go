// Command leadline computes CMS LEAD benchmarks from claim and enrollment
// extracts. This package holds flags, logs, progress and exit codes; what a
// command does is done in package pipeline.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"syscall"

	"leadline/pipeline"
)

func main() { os.Exit(program(os.Args[1:], os.Stdout, os.Stderr)) }

// program runs one command line and returns its exit code.
func program(args []string, stdout, stderr *os.File) (code int) {
	a := newApp(stdout, stderr)
	ctx, stop, stopped := untilSignal()
	defer stop()
	defer func() {
		if p := recover(); p != nil {
			code = a.bug(p)
		}
	}()
	err := a.execute(ctx, args)
	if err != nil {
		if by := stopped(); by != 0 {
			a.log.Warn("stopped by a signal; nothing was published", "exit_code", by)
			return by
		}
	}
	return a.report(err)
}

// untilSignal is a context that the first SIGINT or SIGTERM ends. A second
// signal ends the program there and then. stopped is the exit code of the
// signal that came, or 0.
func untilSignal() (ctx context.Context, stop func(), stopped func() int) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	var code atomic.Int32
	go func() {
		for s := range signals {
			exit := signalCode(s)
			if !code.CompareAndSwap(0, int32(exit)) {
				os.Exit(exit)
			}
			slog.Warn("stopping; a second signal stops at once")
			cancel()
		}
	}()
	stop = func() {
		signal.Stop(signals)
		cancel()
	}
	return ctx, stop, func() int { return int(code.Load()) }
}

func signalCode(s os.Signal) int {
	if s == syscall.SIGTERM {
		return pipeline.ExitTerminated
	}
	return pipeline.ExitInterrupt
}

// bug reports a panic. Only the runtime's own messages are shown: any other
// value might hold a row.
func (a *app) bug(p any) int {
	what := fmt.Sprintf("%T", p)
	if err, ok := p.(runtime.Error); ok {
		what = err.Error()
	}
	a.log.Error("this is a bug in leadline; please report it with the text below. Nothing was published",
		"panic", what, "stack", string(debug.Stack()), "version", version().Leadline, "exit_code", pipeline.ExitBug)
	return pipeline.ExitBug
}
