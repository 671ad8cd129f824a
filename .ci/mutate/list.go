package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed *.yaml
var lists embed.FS

// mutation is one way to break a rule.
type mutation struct {
	Rule    string `yaml:"rule"`    // its number in the methodology
	Name    string `yaml:"name"`    // what the broken rule does
	File    string `yaml:"file"`    // from the root of the repository
	Find    string `yaml:"find"`    // stands in the file exactly Count times
	Count   int    `yaml:"count"`   // 1 where left out
	Replace string `yaml:"replace"` // instead of each
	Tests   string `yaml:"tests"`   // as of go test -run; at least one must fail
	Package string `yaml:"package"` // of the tests; the file's own where left out
}

// readLists reads every list, in the order of their names.
func readLists(from fs.FS) ([]mutation, error) {
	names, err := fs.Glob(from, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all []mutation
	for _, name := range names {
		text, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, err
		}
		var list []mutation
		if err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(&list); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for i := range list {
			list[i].complete()
		}
		all = append(all, list...)
	}
	return all, nil
}

// complete fills in what a list leaves out.
func (m *mutation) complete() {
	if m.Count == 0 {
		m.Count = 1
	}
	if m.Package == "" {
		folder := path.Dir(m.File)
		if base := path.Base(folder); base == "params" || base == "lists" {
			folder = path.Dir(folder)
		}
		m.Package = folder
	}
	m.Package = "./" + strings.TrimPrefix(m.Package, "./")
}

func (m mutation) String() string { return m.Rule + " " + m.Name }

func matching(all []mutation, pattern *regexp.Regexp) []mutation {
	var found []mutation
	for _, m := range all {
		if pattern.MatchString(m.Rule) || pattern.MatchString(m.Name) || pattern.MatchString(m.File) {
			found = append(found, m)
		}
	}
	return found
}

// applied is the file's text with the rule broken.
func (m mutation) applied(text string) (string, error) {
	if n := strings.Count(text, m.Find); n != m.Count {
		return "", fmt.Errorf("%s: %s: its text to find stands there %d times, want %d: bring the mutation up to date with the rule",
			m, m.File, n, m.Count)
	}
	return strings.ReplaceAll(text, m.Find, m.Replace), nil
}

// check holds a mutation against the tree under root.
func (m mutation) check(root string) error {
	switch {
	case m.Rule == "" || m.Name == "" || m.Find == "" || m.Tests == "":
		return fmt.Errorf("%s: rule, name, find and tests are all needed", m)
	case m.Find == m.Replace:
		return fmt.Errorf("%s: find and replace are the same", m)
	}
	if _, err := regexp.Compile(m.Tests); err != nil {
		return fmt.Errorf("%s: tests: %w", m, err)
	}
	text, err := os.ReadFile(filepath.Join(root, m.File))
	if err != nil {
		return fmt.Errorf("%s: %w", m, err)
	}
	_, err = m.applied(string(text))
	return err
}

func checkAll(root string, all []mutation) error {
	var errs []error
	known := map[string]bool{}
	for _, m := range all {
		errs = append(errs, m.check(root))
		if known[m.String()] {
			errs = append(errs, fmt.Errorf("%s: two mutations of this name", m))
		}
		known[m.String()] = true
	}
	return errors.Join(errs...)
}
