package steptest

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

const null = "null"

// readCSV reads a file's column names and its records.
func readCSV(path string) ([]string, [][]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comment = '#'
	reader.TrimLeadingSpace = true
	records, err := reader.ReadAll()
	if err != nil {
		return nil, nil, err
	}
	if len(records) == 0 {
		return nil, nil, fmt.Errorf("%s has no line of column names", path)
	}
	return records[0], records[1:], nil
}

// readTable reads a file as rows of the given columns: those that it names, or
// with all, every column, null where it names none.
func readTable(path string, columns []schemas.Column, all bool) ([]schemas.Column, [][]any, error) {
	names, records, err := readCSV(path)
	if err != nil {
		return nil, nil, err
	}
	named := make([]schemas.Column, len(names))
	for i, name := range names {
		at := slices.IndexFunc(columns, func(c schemas.Column) bool { return c.Name == name })
		if at < 0 || slices.Contains(names[:i], name) {
			return nil, nil, fmt.Errorf("column %s is unknown, or stands there twice", name)
		}
		named[i] = columns[at]
	}
	into := named
	if all {
		into = columns
	}
	rows := make([][]any, len(records))
	for n, record := range records {
		rows[n] = make([]any, len(into))
		for i, c := range into {
			at := slices.Index(names, c.Name)
			if at < 0 {
				continue
			}
			if rows[n][i], err = cell(record[at], c.Type); err != nil {
				return nil, nil, fmt.Errorf("row %d, column %s: %w", n+1, c.Name, err)
			}
		}
	}
	return into, rows, nil
}

// cell is a text as a value of the type.
func cell(text string, t schemas.Type) (any, error) {
	if text == null {
		return nil, nil
	}
	switch t.Kind {
	case schemas.KindVarchar:
		return text, nil
	case schemas.KindVarcharList:
		return strings.Fields(text), nil
	case schemas.KindInteger, schemas.KindBigint:
		return strconv.ParseInt(text, 10, 64)
	case schemas.KindBoolean:
		return strconv.ParseBool(text)
	case schemas.KindDate:
		return time.Parse(time.DateOnly, text)
	case schemas.KindDecimal:
		d, err := decimal.NewFromString(text)
		if err == nil && !d.Equal(d.Truncate(int32(t.Scale))) {
			err = fmt.Errorf("%s has more places than %s", text, t)
		}
		return d, err
	}
	return nil, fmt.Errorf("no cell can be of type %s", t)
}

// shown is a value as the comparison prints it.
func shown(v any, t schemas.Type) string {
	switch v := v.(type) {
	case nil:
		return null
	case time.Time:
		return v.Format(time.DateOnly)
	case decimal.Decimal:
		return v.StringFixed(int32(t.Scale))
	}
	return fmt.Sprint(v)
}
