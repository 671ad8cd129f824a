package pipeline

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"leadline/pipeline/engine"
	"leadline/schemas"
)

// lineage names what each relation, input and step of a run rests on, as a
// digest: of a relation its rows, of an input its files, of a step its text and
// what it reads. Equal digests mean equal results, whatever the paths, threads
// or order of files.
type lineage struct {
	graph     graph
	relations map[string]schemas.Relation
	made      string              // the program that binds and runs the steps
	inputs    map[string][]string // content digests, by table
	contents  map[string]string   // content digests, by table and path
	isMapped  bool                // a crosswalk of identifiers is given (R25)
	ids       map[string]string
}

// newLineage prepares the digests of a run. The engine and the program that binds
// are part of them: a release that computes otherwise must not take over what
// another one kept.
func newLineage(g graph, relations map[string]schemas.Relation, made string, e engine.Engine, files []InputFile, isMapped bool) *lineage {
	contents := map[string]string{}
	for _, f := range files {
		contents[f.Table+" "+f.Path] = f.content()
	}
	return &lineage{
		graph: g, relations: relations, made: digestOf(made, contractVersion, e.Name(), e.Version()),
		inputs: contentDigests(files), contents: contents, isMapped: isMapped, ids: map[string]string{},
	}
}

// with is the lineage of the same run with other relations.
func (l *lineage) with(relations map[string]schemas.Relation) *lineage {
	other := *l
	other.relations, other.ids = relations, map[string]string{}
	return &other
}

// id is the digest of a step, relation or input table.
func (l *lineage) id(name string) string {
	if known, ok := l.ids[name]; ok {
		return known
	}
	var id string
	if s, isStep := l.graph.byName[name]; isStep {
		id = l.stepID(s)
	} else if r, isRelation := l.relations[name]; isRelation {
		id = relationID(r)
	} else {
		id = l.inputID(name)
	}
	l.ids[name] = id
	return id
}

func (l *lineage) stepID(s schemas.Step) string {
	parts := []string{l.made, s.Query}
	for _, r := range slices.Sorted(slices.Values(s.Reads)) {
		parts = append(parts, r, l.id(r))
	}
	return digestOf(parts...)
}

// partID is the digest of what a step makes of one file of its table: nothing of
// it rests on another file.
func (l *lineage) partID(s schemas.Step, file string) string {
	path, err := filepath.Abs(file)
	content, known := l.contents[s.Part+" "+path]
	if err != nil || !known {
		panic(fmt.Sprintf("no digest was taken of a file of %s", s.Part))
	}
	parts := append([]string{l.made, s.Query, s.Part, content}, l.mapping()...)
	for _, r := range slices.Sorted(slices.Values(s.Reads)) {
		if r != s.Part {
			parts = append(parts, r, l.id(r))
		}
	}
	return digestOf(parts...)
}

// mapping is what identifiers are mapped by, if they are.
func (l *lineage) mapping() []string {
	if !l.isMapped {
		return nil
	}
	return append([]string{"mapped by"}, l.inputs["mbi_crosswalk"]...)
}

// text is the digest of a step's own text.
func (l *lineage) text(s schemas.Step) string { return digestOf(l.made, s.Query) }

// inputID covers what stands behind a table's name: months may be derived from
// spans, and identifiers mapped.
func (l *lineage) inputID(table string) string {
	parts := append([]string{l.made, table}, l.inputs[table]...)
	if spans := l.inputs["enrollment_span"]; table == "enrollment_month" {
		parts = append(append(parts, "of spans"), spans...)
	}
	return digestOf(append(parts, l.mapping()...)...)
}

// leaves are the digests of everything that a step rests on in the end: texts
// of steps, relations and inputs. They say why a result cannot be reused.
func (l *lineage) leaves(name string) map[string]string {
	s, isStep := l.graph.byName[name]
	if !isStep {
		return map[string]string{name: l.id(name)}
	}
	all := map[string]string{name: l.text(s)}
	for _, r := range s.Reads {
		maps.Copy(all, l.leaves(r))
	}
	return all
}

// relationID does not depend on the order of the rows.
func relationID(r schemas.Relation) string {
	rows := make([]string, len(r.Rows))
	for i, row := range r.Rows {
		rows[i] = rowText(row)
	}
	slices.Sort(rows)
	columns, _ := json.Marshal(r.Columns) // names and types
	h := sha256.New()
	h.Write(columns)
	for _, row := range rows {
		io.WriteString(h, row)
	}
	return hex.EncodeToString(h.Sum(nil)[:keyBytes])
}

// rowText is a row as a line that no other row has.
func rowText(row []any) string {
	var b []byte
	for _, v := range row {
		switch v := v.(type) {
		case nil:
			b = append(b, "null"...)
		case string:
			b = strconv.AppendQuote(b, v)
		case int64:
			b = strconv.AppendInt(b, v, 10)
		case bool:
			b = strconv.AppendBool(b, v)
		case time.Time:
			b = v.AppendFormat(b, time.DateOnly)
		default:
			b = fmt.Append(b, v) // a decimal
		}
		b = append(b, ',')
	}
	return string(append(b, '\n'))
}

const keyBytes = 16

func digestOf(parts ...string) string {
	text, _ := json.Marshal(parts)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:keyBytes])
}

// sortedKeys are a map's keys in order.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
