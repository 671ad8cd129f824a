package engine

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// Kind says what kind of thing went wrong in the engine, and so whose it is to
// mend.
type Kind int

// The kinds of failure.
const (
	Bug    Kind = iota // a query that should not have failed
	Data               // a value or a page of the extract that cannot be read
	Memory             // the memory limit is too small
	Disk               // the spill folder's disk is full, or cannot be written
)

// Error is a failure of the engine. Its text names the kind of trouble and
// never a value: the engine's own words quote the row that it fell over.
type Error struct {
	What string
	Kind Kind
	Text string
}

func (e *Error) Error() string {
	switch e.Kind {
	case Data:
		return e.What + ": a part of the inputs cannot be read as its type: " + e.Text
	case Memory:
		return e.What + ": memory_limit is too small for this extract; raise it: " + e.Text
	case Disk:
		return e.What + ": the cache folder's disk is full or cannot be written; make room and run again: " + e.Text
	}
	return e.What + ": " + e.Text
}

// ExitCode is the code that the program ends with.
func (e *Error) ExitCode() int {
	switch e.Kind {
	case Data:
		return 65
	case Memory:
		return 78
	case Disk:
		return 75
	}
	return 70
}

var quoted = regexp.MustCompile(`"[^"]*"|'[^']*'`)

// failure makes an Error of what the driver returned. A cancelled context is
// the reason of whatever broke under it.
func failure(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", what, ctx.Err())
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	e := &Error{What: what, Text: quoted.ReplaceAllString(text, "'...'")}
	var from *duckdb.Error
	if errors.As(err, &from) {
		e.Kind = kindOf(from.Type)
	}
	switch {
	case strings.Contains(text, "Out of Memory Error"):
		e.Kind = Memory
	case strings.Contains(text, "No space left"):
		e.Kind = Disk
	case e.Kind == Bug && readTrouble.MatchString(text):
		e.Kind = Data
	}
	return e
}

// readTrouble is how DuckDB begins the errors of values and pages that it
// cannot read. Errors that come through Arrow carry no type.
var readTrouble = regexp.MustCompile(`Conversion Error|Out of Range Error|Invalid Input Error|IO Error|TProtocolException|Serialization Error|don't know what type|ZSTD|Snappy|corrupt|decompress`)

func kindOf(t duckdb.ErrorType) Kind {
	switch t {
	case duckdb.ErrorTypeOutOfMemory:
		return Memory
	case duckdb.ErrorTypeConversion, duckdb.ErrorTypeOutOfRange, duckdb.ErrorTypeInvalidInput,
		duckdb.ErrorTypeIO, duckdb.ErrorTypeSerialization:
		return Data
	}
	return Bug
}
