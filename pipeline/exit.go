package pipeline

import (
	"context"
	"errors"
	"fmt"
)

// Exit codes, after sysexits(3): a scheduler tells from the number alone
// whether to go on, to call a person or to try again.
const (
	ExitDone        = 0
	ExitUsage       = 64 // the command line
	ExitInput       = 65 // input, contract or check failed; a retry cannot help
	ExitUnavailable = 69 // engine or store unavailable
	ExitBug         = 70
	ExitPublish     = 73 // cannot publish
	ExitTemporary   = 75 // retry
	ExitConfig      = 78 // the run file, the environment or a flag's value
	ExitInterrupt   = 130
	ExitTerminated  = 143
)

// An ExitError is an error that knows the exit code of the program.
type ExitError struct {
	Code int
	Err  error
}

func (e *ExitError) Error() string { return e.Err.Error() }
func (e *ExitError) Unwrap() error { return e.Err }
func (e *ExitError) ExitCode() int { return e.Code }

// Exitf is an ExitError with a text, wrapping as fmt.Errorf does.
func Exitf(code int, format string, args ...any) error {
	return &ExitError{Code: code, Err: fmt.Errorf(format, args...)}
}

// ExitCode is the exit code of the program that ends with err: that of the
// outermost error with a method ExitCode, so that packages below this one can
// name theirs. An error that names none is a bug, since each way of failing
// that is foreseen has its code. A cancelled context wins over what broke
// because of it.
func ExitCode(err error) int {
	if err == nil {
		return ExitDone
	}
	if errors.Is(err, context.Canceled) {
		return ExitInterrupt
	}
	var coded interface{ ExitCode() int }
	if errors.As(err, &coded) {
		return coded.ExitCode()
	}
	return ExitBug
}
