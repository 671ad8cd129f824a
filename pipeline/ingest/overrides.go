package ingest

import (
	"context"
	"path/filepath"
	"strings"
)

const (
	npiLength = 10
	tinLength = 9
)

// readPairs reads a CSV of two columns, from one code to another. A code that
// is given twice with two answers is an error.
func readPairs(ctx context.Context, path string, from, to pairColumn) (map[string]string, error) {
	pairs := make(map[string]string)
	if path == "" {
		return pairs, nil
	}
	r, err := openRecords(path, filepath.Base(path))
	if err != nil {
		return nil, err
	}
	defer r.close()
	b := r.binder()
	fromAt, toAt := b.column(from.name), b.column(to.name)
	if len(b.missing) > 0 {
		return nil, &InputError{File: r.file, What: "has no column " + strings.Join(b.missing, ", "),
			Remedy: "its header must be " + from.name + "," + to.name}
	}
	for {
		ok, err := r.next(ctx)
		if err != nil || !ok {
			return pairs, err
		}
		key, value := strings.Clone(r.text(fromAt)), strings.Clone(r.text(toAt))
		if !from.accepts(key) {
			return nil, r.wrong(fromAt, "not "+from.form, "")
		}
		if !to.accepts(value) {
			return nil, r.wrong(toAt, "not "+to.form, "")
		}
		if earlier, ok := pairs[key]; ok && earlier != value {
			return nil, r.wrong(fromAt, "given before with another "+to.name, "keep one row for each")
		}
		pairs[key] = value
	}
}

// A pairColumn is a column of an override file and the form of its codes.
type pairColumn struct {
	name, form string
	accepts    func(string) bool
}

func digits(name, form string, n int) pairColumn {
	return pairColumn{name, form, func(s string) bool { return len(s) == n && isDigits(s) }}
}

var (
	npiColumn       = digits("npi", "ten digits", npiLength)
	specialtyColumn = pairColumn{"specialty_code", "two characters", func(s string) bool { return isCode(s, specialtyLength) }}
	ssaColumn       = digits("ssa", "five digits (state and county)", fipsLength)
	fipsColumn      = digits("fips", "five digits (state and county)", fipsLength)
)
