package benchmark

import (
	"embed"
	"fmt"
	"strconv"

	"leadline/schemas"
)

//go:embed params/*.yaml
var files embed.FS

// Parameters are the dated tables and switches of this package, as the
// documents have them.
func Parameters() (schemas.Parameters, error) {
	return schemas.ReadParameters(files, "params")
}

// terms looks parameters up for the worksheet. The first lookup that fails is
// kept, so that the worksheet reads on; Compute then returns it.
type terms struct {
	reader *schemas.ParameterReader
	err    error
}

func (t *terms) ratio(name string, keys ...string) term {
	row, err := t.reader.Row(name, keys...)
	return t.term(name, row, err)
}

func (t *terms) ratioIn(year int, name string, keys ...string) term {
	row, err := t.reader.RowIn(year, name, keys...)
	return t.term(name, row, err)
}

func (t *terms) term(name string, row schemas.ParameterRow, err error) term {
	ratio, kind := row.Value.Ratio()
	if err == nil && kind != nil {
		err = fmt.Errorf("parameter %s: %w", name, kind)
	}
	t.keep(err)
	return term{ratio, row.Value.String(), row.Source.Status}
}

// count is a whole number.
func (t *terms) count(name string, keys ...string) int {
	n, err := t.reader.Count(name, keys...)
	t.keep(err)
	return n
}

func (t *terms) word(name string) word {
	row, err := t.reader.Row(name)
	t.keep(err)
	return word{row.Value.String(), row.Source.Status}
}

// flag is a switch of true and false.
func (t *terms) flag(name string) (bool, word) {
	w := t.word(name)
	if t.err != nil {
		return false, w
	}
	on, err := strconv.ParseBool(w.text)
	t.keep(err)
	return on, w
}

// begins is the first performance year that a parameter knows.
func (t *terms) begins(name string) int {
	first, err := t.reader.Begins(name)
	t.keep(err)
	return first
}

func (t *terms) keep(err error) {
	if t.err == nil && err != nil {
		t.err = err
	}
}
