package pipeline

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"leadline/pipeline/cache"
	"leadline/pipeline/publish"
	"leadline/schemas"
)

// memory is what a run leaves in the cache about itself, so that the next can
// say what changed, and begin from it: what everything rested on, and the small
// relations by which its steps can be run again.
type memory struct {
	RunID     string
	Outputs   []string            // folders that the run was published in
	Rows      string              // key of what was found in the extract's rows
	Ids       map[string]string   // of relations, inputs and texts of steps
	Inputs    map[string][]string // content digests, by table
	Results   map[string]string   // keys of what is kept, by step
	Parts     map[string][]string // keys of what is kept of each file, by step
	Relations map[string]savedRelation
	TINs      tinsByACO
}

// savedRelation is a relation as text, cell by cell; nil is null.
type savedRelation struct{ Rows [][]*string }

const (
	memoryKind = "memory"
	latestKind = "latest"
)

// lastRun is what the cache remembers of the run that readers of the output
// folder see, or else of the last one that used the cache; and who readers see.
func (p *prepared) lastRun() (last *memory, follows string, err error) {
	pointer, found, err := publish.Latest(p.request.Config.Output)
	if err != nil {
		return nil, "", err
	}
	id := pointer.RunID
	if !found && !p.store.Get(latestKind, latestKind, &id) {
		return nil, "", nil
	}
	if p.isAlone {
		pointer.RunID = ""
	}
	var m memory
	if !p.store.Get(memoryKind, id, &m) {
		return nil, pointer.RunID, nil
	}
	return &m, pointer.RunID, nil
}

// remember keeps what this run rests on under its id.
func (p *prepared) remember(c *computation) error {
	m := p.memoryOf(c)
	var earlier memory
	p.store.Get(memoryKind, p.runID, &earlier)
	output, err := filepath.Abs(p.request.Config.Output)
	m.Outputs = append(earlier.Outputs, output)
	slices.Sort(m.Outputs)
	m.Outputs = slices.Compact(m.Outputs)
	return errors.Join(err, p.store.Save(memoryKind, p.runID, m), p.store.Save(latestKind, latestKind, p.runID))
}

func (p *prepared) memoryOf(c *computation) memory {
	m := memory{
		RunID: p.runID, Rows: p.rowsKey(c.extract), Ids: map[string]string{}, Inputs: c.lineage.inputs, Results: map[string]string{}, Parts: map[string][]string{},
		Relations: map[string]savedRelation{}, TINs: c.tins(),
	}
	for _, s := range c.graph.steps {
		maps.Copy(m.Ids, c.lineage.leaves(s.Name))
	}
	for _, k := range c.summaries {
		m.Results[k.step.Name] = k.key
	}
	for _, s := range c.graph.steps {
		if !c.isPart(s) {
			continue
		}
		for _, file := range c.extract.footers[s.Part].Files {
			m.Parts[s.Name] = append(m.Parts[s.Name], c.lineage.partID(s, file.Path))
		}
	}
	for _, s := range append(c.graph.groupResults(), c.graph.byName["alignment"]) {
		m.Results[s.Name] = c.lineage.id(s.Name)
	}
	for _, name := range c.graph.reads(c.graph.groupSteps()) {
		if r, isRelation := c.relations[name]; isRelation {
			m.Relations[name] = saveRelation(r)
		}
	}
	return m
}

func saveRelation(r schemas.Relation) savedRelation {
	s := savedRelation{Rows: make([][]*string, len(r.Rows))}
	for i, row := range r.Rows {
		s.Rows[i] = make([]*string, len(row))
		for c, v := range row {
			if v == nil {
				continue
			}
			text := fmt.Sprint(v)
			if day, isDate := v.(time.Time); isDate {
				text = day.Format(time.DateOnly)
			}
			s.Rows[i][c] = &text
		}
	}
	return s
}

// restore gives the saved rows the types of the relation's columns now.
func (s savedRelation) restore(r schemas.Relation) (schemas.Relation, error) {
	r.Rows = make([][]any, len(s.Rows))
	for i, cells := range s.Rows {
		if len(cells) != len(r.Columns) {
			return r, fmt.Errorf("relation %s: %d cells for %d columns", r.Name, len(cells), len(r.Columns))
		}
		r.Rows[i] = make([]any, len(cells))
		for c, text := range cells {
			if text == nil {
				continue
			}
			v, err := parseCell(*text, r.Columns[c].Type)
			if err != nil {
				return r, fmt.Errorf("relation %s, column %s: %w", r.Name, r.Columns[c].Name, err)
			}
			r.Rows[i][c] = v
		}
	}
	return r, nil
}

func parseCell(text string, t schemas.Type) (any, error) {
	switch t.Kind {
	case schemas.KindVarchar:
		return text, nil
	case schemas.KindBoolean:
		return text == "true", nil
	case schemas.KindDate:
		return time.Parse(time.DateOnly, text)
	case schemas.KindInteger, schemas.KindBigint:
		var n int64
		_, err := fmt.Sscan(text, &n)
		return n, err
	}
	return decimal.NewFromString(text)
}

// reasons say why a kept result is or is not used again, in words.
type reasons struct {
	last    *memory
	lineage *lineage
}

func (r reasons) of(k kept) string {
	switch {
	case k.isSound():
		return "what it rests on is unchanged"
	case k.condition == cache.Damaged:
		return "its kept result is damaged and is made anew"
	case r.last == nil:
		return "nothing is kept yet"
	}
	changed := r.changed(k.step.Name)
	if len(changed) == 0 {
		return "its kept result is gone"
	}
	return strings.Join(changed, "; ")
}

// changed names what differs from the last run in what a step rests on.
func (r reasons) changed(step string) []string {
	var words []string
	now := r.lineage.leaves(step)
	for _, name := range sortedKeys(now) {
		if r.last.Ids[name] == now[name] {
			continue
		}
		_, isRelation := r.lineage.relations[name]
		_, isStep := r.lineage.graph.byName[name]
		switch {
		case name == "participant":
			words = append(words, "the Participant TIN list changed")
		case name == "voluntary_designation":
			words = append(words, "voluntary alignments changed")
		case isRelation:
			words = append(words, "a parameter or list behind "+name+" changed")
		case isStep:
			words = append(words, "the rule of "+name+" or the program changed")
		default:
			words = append(words, r.files(name))
		}
	}
	return words
}

// files says what changed of an input table.
func (r reasons) files(table string) string {
	if table == "enrollment_month" && len(r.lineage.inputs["enrollment_span"]) > 0 {
		table = "enrollment_span"
	}
	before, now := r.last.Inputs[table], r.lineage.inputs[table]
	added, removed := lacking(now, before), lacking(before, now)
	if added == 0 && removed == 0 {
		return "mbi_crosswalk changed, which " + table + " is read through"
	}
	return fmt.Sprintf("%s: %s added, %d removed", table, filesOf(added), removed)
}

func filesOf(n int) string {
	if n == 1 {
		return "1 file"
	}
	return fmt.Sprintf("%d files", n)
}
