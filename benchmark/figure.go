package benchmark

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// number is what the units of schemas have in common.
type number interface {
	Decimal() decimal.Decimal
	String() string
}

// figure is a value of the worksheet and how it came about, or the reason why
// there is none.
type figure[V number] struct {
	value   V
	formula string         // with the numbers in it
	status  schemas.Status // the weakest of its parts
	reason  string         // why there is no value; empty where there is one
	marks   []string       // what must be known of a value that is there
}

// part is what a figure is made of: another figure, or a parameter.
type part interface {
	missing() string
	standing() schemas.Status
	notes() []string
}

func (f figure[V]) missing() string          { return f.reason }
func (f figure[V]) standing() schemas.Status { return f.status }
func (f figure[V]) notes() []string          { return f.marks }
func (f figure[V]) calculable() bool         { return f.reason == "" }
func (f figure[V]) String() string           { return f.value.String() }

// remark is the reason, or the marks of a value that is there.
func (f figure[V]) remark() string {
	if f.reason != "" {
		return f.reason
	}
	return strings.Join(f.marks, "; ")
}

func (f figure[V]) number() *decimal.Decimal {
	if !f.calculable() {
		return nil
	}
	value := f.value.Decimal()
	return &value
}

// derive is a rule applied to its parts: where one is missing, so is what
// comes of them, for the same reason. The rule returns its value, the formula
// with the numbers in it, and why it cannot be applied after all.
func derive[V number](own schemas.Status, parts []part, rule func() (V, string, error)) figure[V] {
	f := figure[V]{status: own}
	for _, p := range parts {
		f.status = schemas.Weakest(f.status, p.standing())
		if f.reason == "" {
			f.reason = p.missing()
		}
	}
	if f.reason != "" {
		return f
	}
	value, formula, err := rule()
	if err != nil {
		f.reason = err.Error()
		return f
	}
	f.value, f.formula = value, formula
	return f
}

// given is a figure that stands in the input.
func given[V number](value V, format string, words ...any) figure[V] {
	return figure[V]{value: value, formula: fmt.Sprintf(format, words...), status: schemas.Published}
}

// absent is a figure that the input does not hold.
func absent[V number](format string, words ...any) figure[V] {
	return figure[V]{status: schemas.Published, reason: fmt.Sprintf(format, words...)}
}

// marked adds what must be known of the figure.
func (f figure[V]) marked(format string, words ...any) figure[V] {
	if f.calculable() {
		f.marks = together(f.marks, []string{fmt.Sprintf(format, words...)})
	}
	return f
}

// noting hands on what must be known of the figure's parts.
func (f figure[V]) noting(parts ...part) figure[V] {
	for _, p := range parts {
		if f.calculable() {
			f.marks = together(f.marks, p.notes())
		}
	}
	return f
}

// together joins marks, each once.
func together(marks, more []string) []string {
	joined := slices.Clone(marks)
	for _, mark := range more {
		if !slices.Contains(joined, mark) {
			joined = append(joined, mark)
		}
	}
	return joined
}

// covering marks a figure that rests on part of the months only.
func (f figure[V]) covering(coverage schemas.Ratio, what string, year int) figure[V] {
	if coverage.Minus(schemas.One).Sign() == 0 {
		return f
	}
	return f.marked("%s of %d rests on %s of the months", what, year, coverage)
}

// term is a parameter as the worksheet uses it.
type term struct {
	schemas.Ratio
	text   string
	status schemas.Status
}

func (t term) missing() string          { return "" }
func (t term) standing() schemas.Status { return t.status }
func (t term) notes() []string          { return nil }
func (t term) String() string           { return t.text }

// word is a switch as the worksheet uses it.
type word struct {
	text   string
	status schemas.Status
}

func (w word) missing() string          { return "" }
func (w word) standing() schemas.Status { return w.status }
func (w word) notes() []string          { return nil }
