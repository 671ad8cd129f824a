package schemas

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// Step is one SQL step: a file with one select and a header that says what it
// reads, what it writes and the key of what it writes.
type Step struct {
	Name   string
	Does   string
	Reads  []string
	Key    []string
	Unit   string
	Source string
	IsView bool // named, not run: few rows of what it reads reach its reader
	// Part is the input table of whose files the result is made one by one, and
	// put together: each key is then unique within a file only. Beside the table
	// the step reads relations alone.
	Part string
	// Sums are the columns that add up over people; a result without them and
	// without a key of people cannot be put together from parts.
	Sums  []StepSum
	Query string
}

// StepSum is a column of sums over people, with the type that it is cast to.
type StepSum struct{ Column, Type string }

// IsOfPeople says whether each row of the result belongs to one beneficiary.
func (s Step) IsOfPeople() bool { return slices.Contains(s.Key, "bene_id") }

var (
	headerLine = regexp.MustCompile(`^-- (step|as|part|does|reads|writes|key|sums|unit|source): +(.*)$`)
	moreLine   = regexp.MustCompile(`^-- {9,}(.*)$`)
	readName   = regexp.MustCompile(`^[a-z_]+`)
)

// LoadSteps reads the named steps, in the order in which they are to run.
func LoadSteps(files fs.FS, names ...string) ([]Step, error) {
	steps := make([]Step, len(names))
	for i, name := range names {
		text, err := fs.ReadFile(files, name+".sql")
		if err != nil {
			return nil, fmt.Errorf("step %s: %w", name, err)
		}
		if steps[i], err = ParseStep(string(text)); err != nil {
			return nil, fmt.Errorf("step %s: %w", name, err)
		}
		if steps[i].Name != name {
			return nil, fmt.Errorf("step %s: its header calls it %q", name, steps[i].Name)
		}
	}
	return steps, nil
}

// ParseStep reads a step's header and keeps its query.
func ParseStep(text string) (Step, error) {
	header := map[string][]string{}
	field := ""
	lines := strings.Split(text, "\n")
	at := 0
	for ; at < len(lines) && strings.HasPrefix(lines[at], "--"); at++ {
		if m := headerLine.FindStringSubmatch(lines[at]); m != nil {
			field = m[1]
			header[field] = append(header[field], strings.TrimSpace(m[2]))
		} else if m := moreLine.FindStringSubmatch(lines[at]); m != nil && field != "" {
			header[field] = append(header[field], strings.TrimSpace(m[1]))
		} else {
			return Step{}, fmt.Errorf("header line %d is not `-- field: text` nor its continuation", at+1)
		}
	}
	for _, must := range []string{"step", "does", "reads", "writes", "key", "unit", "source"} {
		if len(header[must]) == 0 {
			return Step{}, fmt.Errorf("its header has no %q", must)
		}
	}
	s := Step{
		Name:   header["step"][0],
		Does:   strings.Join(header["does"], " "),
		Key:    strings.Split(strings.Join(header["key"], " "), ", "),
		Unit:   strings.Join(header["unit"], " "),
		Source: strings.Join(header["source"], " "),
		IsView: len(header["as"]) > 0 && header["as"][0] == "view",
		Part:   strings.Join(header["part"], " "),
		Query:  strings.TrimSpace(strings.Join(lines[at:], "\n")),
	}
	for _, r := range header["reads"] {
		s.Reads = append(s.Reads, readName.FindString(r))
	}
	for _, sum := range header["sums"] {
		column, typeName, _ := strings.Cut(sum, " ")
		s.Sums = append(s.Sums, StepSum{column, strings.TrimSpace(typeName)})
	}
	return s, nil
}
