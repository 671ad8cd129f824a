package schemas

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// ParameterReader looks parameters up in one performance year and remembers
// which ones a computation rested on.
type ParameterReader struct {
	set             Parameters
	performanceYear int
	consulted       map[string]ConsultedParameter
}

// ConsultedParameter is a row that a computation looked at: the manifest lists
// them, the reported and the assumed ones above all.
type ConsultedParameter struct {
	Name       string          `json:"name"` // with its keys after dots, as Override takes it
	Value      string          `json:"value"`
	Unit       string          `json:"unit"`
	From       int             `json:"from"`
	Through    int             `json:"through"`
	Source     ParameterSource `json:"source"`
	Overridden bool            `json:"overridden"`
}

// Reader starts a record of the parameters that a computation consults.
func (p Parameters) Reader(performanceYear int) *ParameterReader {
	return &ParameterReader{p, performanceYear, map[string]ConsultedParameter{}}
}

// Row is the row in force in the reader's performance year.
func (r *ParameterReader) Row(name string, keys ...string) (ParameterRow, error) {
	return r.RowIn(r.performanceYear, name, keys...)
}

// RowIn is the row in force in another performance year.
func (r *ParameterReader) RowIn(performanceYear int, name string, keys ...string) (ParameterRow, error) {
	parameter, err := r.set.Parameter(name)
	if err != nil {
		return ParameterRow{}, err
	}
	row, err := parameter.At(performanceYear, keys...)
	if err != nil {
		return ParameterRow{}, err
	}
	full := strings.Join(append([]string{name}, keys...), ".")
	r.consulted[fmt.Sprint(full, " ", row.From)] = ConsultedParameter{
		Name: full, Value: row.Value.String(), Unit: parameter.Unit,
		From: row.From, Through: row.Through, Source: row.Source, Overridden: row.Overridden,
	}
	return row, nil
}

// Begins is the first performance year that a parameter has a row for.
func (r *ParameterReader) Begins(name string) (int, error) {
	parameter, err := r.set.Parameter(name)
	if err != nil {
		return 0, err
	}
	return parameter.Begins(), nil
}

// Consulted lists the rows looked at so far, by name and first year.
func (r *ParameterReader) Consulted() []ConsultedParameter {
	rows := make([]ConsultedParameter, 0, len(r.consulted))
	for _, row := range r.consulted {
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b ConsultedParameter) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.From, b.From))
	})
	return rows
}

// Ratio is a number in force.
func (r *ParameterReader) Ratio(name string, keys ...string) (Ratio, error) {
	return look(r, ParameterValue.Ratio, name, keys)
}

// Decimal is a number in force that is no ratio.
func (r *ParameterReader) Decimal(name string, keys ...string) (decimal.Decimal, error) {
	return look(r, ParameterValue.Decimal, name, keys)
}

// Count is a whole number in force.
func (r *ParameterReader) Count(name string, keys ...string) (int, error) {
	return look(r, ParameterValue.Count, name, keys)
}

// Flag is a true or false in force.
func (r *ParameterReader) Flag(name string, keys ...string) (bool, error) {
	return look(r, ParameterValue.Flag, name, keys)
}

// Date is a date in force.
func (r *ParameterReader) Date(name string, keys ...string) (time.Time, error) {
	return look(r, ParameterValue.Date, name, keys)
}

// Text is a word in force.
func (r *ParameterReader) Text(name string, keys ...string) (string, error) {
	return look(r, ParameterValue.Text, name, keys)
}

func look[V any](r *ParameterReader, as func(ParameterValue) (V, error), name string, keys []string) (V, error) {
	row, err := r.Row(name, keys...)
	if err != nil {
		var none V
		return none, err
	}
	value, err := as(row.Value)
	if err != nil {
		return value, fmt.Errorf("parameter %s: %w", name, err)
	}
	return value, nil
}
