package steptest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// portableFunctions mean the same on DuckDB and on Spark. explode is Spark's
// word, which the engine teaches DuckDB. A function that is not here is
// refused until someone has looked it up on both.
var portableFunctions = []string{
	"abs", "bit_count", "cast", "coalesce", "count", "explode", "length", "lpad", "make_date", "max", "min", "month",
	"replace", "row_number", "substr", "sum", "trim", "year",
}

// keywords may stand before a parenthesis without calling anything.
var keywords = []string{
	"and", "as", "between", "by", "exists", "filter", "from", "having", "in", "is", "join", "like", "not", "on", "or",
	"over", "select", "then", "else", "union", "all", "when", "where", "decimal", "varchar",
}

// bannedWords are spelled or understood otherwise on one of the two engines, or
// are work that Go does.
var bannedWords = []string{
	"qualify", "ilike", "interval", "div", "rlike", "regexp", "similar", "glob", "pivot", "unpivot", "lateral",
	"exclude", "limit", "offset", "sample", "tablesample", "asof", "natural",
	"double", "float", "real", "hugeint", "timestamp", "current_date", "recursive", "unnest",
}

var token = regexp.MustCompile(`'(?:[^']|'')*'|--[^\n]*|[A-Za-z_][A-Za-z0-9_]*|[0-9]+(?:\.[0-9]+)?|::|//|<>|<=|>=|\|\||!=|==|->|\s+|.`)

var wholeNumber = regexp.MustCompile(`^[1-9][0-9]*$`)

// Lint holds every step's text to the portable subset.
func (b *Bench) Lint(t *testing.T) {
	for _, s := range b.suite.Steps {
		for _, finding := range Lint(s.Query) {
			t.Errorf("%s.sql: %s", s.Name, finding)
		}
	}
}

// Lint says where a query leaves the portable subset: the functions, words and
// signs that DuckDB and Spark understand alike, sums cast at once, and every
// order of a window with its place for nulls.
func Lint(query string) []string {
	l := &linter{}
	for _, t := range token.FindAllString(query, -1) {
		if strings.TrimSpace(t) == "" || strings.HasPrefix(t, "--") {
			continue
		}
		if strings.HasPrefix(t, "'") {
			t = "''"
		}
		l.tokens = append(l.tokens, strings.ToLower(t))
	}
	for i := range l.tokens {
		l.look(i)
	}
	return l.findings
}

// frame is one open parenthesis: the word before it, and for a window the
// words of its order so far.
type frame struct {
	opener  string
	isQuery bool
	order   []string
	ordered bool
}

type linter struct {
	tokens   []string
	frames   []frame
	findings []string
}

func (l *linter) report(format string, args ...any) {
	l.findings = append(l.findings, fmt.Sprintf(format, args...))
}

func (l *linter) at(i int) string {
	if i < 0 || i >= len(l.tokens) {
		return ""
	}
	return l.tokens[i]
}

func (l *linter) look(i int) {
	word, before := l.tokens[i], l.at(i-1)
	switch word {
	case "(":
		l.open(before, l.at(i+1))
		return
	case ")":
		l.close()
		return
	case "%":
		if !wholeNumber.MatchString(l.at(i + 1)) {
			l.report("%% by anything but a number may be by zero, which the engines tell apart")
		}
	case "/", "//", "::", "!=", "==", "->", "`", `"`, "[", "{", ";", "^":
		l.report("%s is not portable here", word)
	case "*":
		if !l.isProduct(i) {
			l.report("select * hides what a step writes")
		}
	case "sum", "bit_count":
		if l.at(i+1) == "(" && !l.isCast() {
			l.report("%s( stands in no cast(: its type differs between engines", word)
		}
	}
	if slices.Contains(bannedWords, word) && before != "." {
		l.report("%s is not portable", word)
	}
	l.order(word, l.at(i+1))
}

// isProduct tells a product, or the star of count(*), from select *.
func (l *linter) isProduct(i int) bool {
	before := l.at(i - 1)
	if before == "(" {
		return l.at(i-2) == "count"
	}
	return !slices.Contains([]string{"select", "distinct", "all", ",", "."}, before)
}

func (l *linter) open(before, after string) {
	isWord := regexp.MustCompile(`^[a-z_]`).MatchString(before)
	switch {
	case !isWord || slices.Contains(keywords, before) || slices.Contains(bannedWords, before):
	case !slices.Contains(portableFunctions, before):
		l.report("function %s( is not among the portable ones", before)
	}
	l.frames = append(l.frames, frame{opener: before, isQuery: after == "select" || after == "with"})
}

func (l *linter) close() {
	if len(l.frames) == 0 {
		l.report("a parenthesis closes that none opened")
		return
	}
	l.endOrder()
	l.frames = l.frames[:len(l.frames)-1]
}

// isCast says whether a cast( of the same query is open.
func (l *linter) isCast() bool {
	for _, f := range slices.Backward(l.frames) {
		if f.isQuery {
			return false
		}
		if f.opener == "cast" {
			return true
		}
	}
	return false
}

// order follows the order by of the window whose parenthesis is open.
func (l *linter) order(word, after string) {
	if len(l.frames) == 0 {
		return
	}
	f := &l.frames[len(l.frames)-1]
	switch {
	case f.opener != "over":
	case word == "order" && after == "by":
		f.ordered = true
	case f.ordered && word == ",":
		l.endOrder()
		f.ordered = true
	case f.ordered:
		f.order = append(f.order, word)
	}
}

// endOrder holds that the order so far says where nulls stand.
func (l *linter) endOrder() {
	f := &l.frames[len(l.frames)-1]
	if !f.ordered {
		return
	}
	n := len(f.order)
	if n < 2 || f.order[n-2] != "nulls" || f.order[n-1] != "first" && f.order[n-1] != "last" {
		l.report("a window's order does not say nulls first or nulls last")
	}
	f.ordered, f.order = false, nil
}
