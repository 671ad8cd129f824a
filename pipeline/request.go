package pipeline

import (
	"fmt"
	"io"
	"log/slog"
	"strings"

	"leadline/pipeline/input"
)

// Request is what run, plan and validate are asked to do.
type Request struct {
	Config   Config
	Wait     bool // for the output folder's lock
	JSON     bool
	Out      io.Writer // where plan and validate print
	Log      *slog.Logger
	Version  string
	Progress func(what string, done, total int64)
}

// Outcome is what a run did.
type Outcome struct {
	RunID     string
	Path      string
	Unchanged bool   // readers already saw this result
	Headline  string // what was done, in a line; of an unchanged run nothing
	Warnings  int
}

// shownFindings is how many findings an error message lists; validate lists
// them all.
const shownFindings = 20

// InputError says that the extract does not keep the contract.
type InputError struct{ Findings []input.Finding }

// ExitCode makes the program end with 65.
func (*InputError) ExitCode() int { return ExitInput }

func (e *InputError) Error() string {
	var b strings.Builder
	errors := input.CountErrors(e.Findings)
	fmt.Fprintf(&b, "errors in the inputs: %d; nothing was published", errors)
	for i, f := range e.Findings[:errors] {
		if i == shownFindings {
			fmt.Fprintf(&b, "\n  and %d more: `leadline validate` lists them all", errors-shownFindings)
			break
		}
		b.WriteString("\n  " + f.String())
	}
	return b.String()
}
