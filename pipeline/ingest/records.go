package ingest

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

const (
	readBuffer    = 1 << 20
	rowsPerReport = 1 << 13
	byteOrderMark = "\ufeff"
)

// records reads one CSV file a row at a time. Row 1 is the first under the header.
type records struct {
	file   string // base name, for errors
	row    int64
	header []string
	cells  []string
	csv    *csv.Reader
	closer io.Closer
	report func(rows, bytes int64)
}

// openRecords opens a file and reads its header.
func openRecords(path, file string) (*records, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &InputError{File: file, What: "cannot be opened: " + reason(err)}
	}
	r := &records{file: file, closer: f, csv: csv.NewReader(bufio.NewReaderSize(f, readBuffer)), report: func(int64, int64) {}}
	r.csv.ReuseRecord = true
	header, err := r.csv.Read()
	if err != nil {
		f.Close()
		if errors.Is(err, io.EOF) {
			return nil, &InputError{File: file, What: "is empty", Remedy: "take CMS's file again"}
		}
		return nil, r.unreadable(err)
	}
	for _, name := range header {
		r.header = append(r.header, strings.TrimSpace(strings.TrimPrefix(name, byteOrderMark)))
	}
	return r, nil
}

// next steps to the following row; false is the end of the file.
func (r *records) next(ctx context.Context) (bool, error) {
	if r.row%rowsPerReport == 0 {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		r.report(r.row, r.csv.InputOffset())
	}
	cells, err := r.csv.Read()
	if errors.Is(err, io.EOF) {
		r.report(r.row, r.csv.InputOffset())
		return false, nil
	}
	r.row++
	if err != nil {
		return false, r.unreadable(err)
	}
	r.cells = cells
	return true, nil
}

func (r *records) close() { r.closer.Close() }

// unreadable says what the CSV reader met, without the row's values.
func (r *records) unreadable(err error) error {
	what := "cannot be read: " + reason(err)
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		what = fmt.Sprintf("line %d of the file is not CSV as the header lays it out: %v", parse.Line, parse.Err)
	}
	return &InputError{File: r.file, Row: r.row, What: what, Remedy: "take CMS's file again; it may be cut short"}
}

// reason is an operating system error without its path.
func reason(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

func (r *records) text(column int) string { return strings.TrimSpace(r.cells[column]) }

func (r *records) date(column int) (civil, error) {
	d, err := parseCivil(r.text(column))
	if err != nil {
		return civil{}, r.wrong(column, err.Error(), "")
	}
	return d, nil
}

func (r *records) cents(column int) (int64, error) {
	c, err := parseCents(r.text(column))
	if err != nil {
		return 0, r.wrong(column, err.Error(), "")
	}
	return c, nil
}

// count reads a whole number from 0 to most; blank is 0.
func (r *records) count(column, most int) (int, error) {
	s := r.text(column)
	if len(s) > 9 || !isDigits(s) || number(s) > most {
		return 0, r.wrong(column, fmt.Sprintf("not a whole number from 0 to %d", most), "")
	}
	return number(s), nil
}

// identifier reads a number of fixed length that is a name; blank is none.
func (r *records) identifier(column, length int) (string, error) {
	s := r.text(column)
	if s == "" || len(s) == length && isDigits(s) {
		return s, nil
	}
	return "", r.wrong(column, fmt.Sprintf("not %d digits", length),
		"a spreadsheet that saved the file has taken leading zeros away: take CMS's file again")
}

func (r *records) wrong(column int, what, remedy string) error {
	return &InputError{File: r.file, Row: r.row, Column: r.header[column], What: what, Remedy: remedy}
}

// A binder finds columns by name and remembers all that are missing.
type binder struct {
	at      map[string]int
	missing []string
}

func (r *records) binder() *binder {
	b := &binder{at: make(map[string]int, len(r.header))}
	for i, name := range r.header {
		b.at[name] = i
	}
	return b
}

func (b *binder) column(name string) int {
	i, ok := b.at[name]
	if !ok {
		b.missing = append(b.missing, name)
	}
	return i
}

// columns finds prefix_1 to prefix_n.
func (b *binder) columns(prefix string, n int) []int {
	found := make([]int, n)
	for i := range found {
		found[i] = b.column(fmt.Sprintf("%s_%d", prefix, i+1))
	}
	return found
}

// check refuses a file in which columns are missing, naming all of them.
func (r *records) check(b *binder) error {
	if len(b.missing) == 0 {
		return nil
	}
	return &InputError{File: r.file, What: "has no column " + strings.Join(b.missing, ", "),
		Remedy: "the header must be CMS's DE-SynPUF 1.0"}
}
