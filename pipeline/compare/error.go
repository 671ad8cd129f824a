package compare

import "fmt"

// The exit codes of the errors of this package, after sysexits(3).
const (
	exitUsage = 64 // the runs asked for are not there, or do not go together
	exitInput = 65 // a run is damaged
)

// An Error says why two runs cannot be compared.
type Error struct {
	code int
	err  error
}

func (e *Error) Error() string { return e.err.Error() }
func (e *Error) Unwrap() error { return e.err }

// ExitCode is the code that the program ends with.
func (e *Error) ExitCode() int { return e.code }

func usage(format string, args ...any) error { return &Error{exitUsage, fmt.Errorf(format, args...)} }

func damaged(format string, args ...any) error { return &Error{exitInput, fmt.Errorf(format, args...)} }
