package schemas

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
)

// parameterFile is a parameter as its YAML file spells it. Numbers are read as
// text: a float would not be the document's number.
type parameterFile struct {
	Name     string                `yaml:"name"`
	Unit     string                `yaml:"unit"`
	Source   ParameterSource       `yaml:"source"`
	Type     ValueKind             `yaml:"type"`
	Values   []string              `yaml:"values"`
	Least    *written              `yaml:"least"`
	Most     *written              `yaml:"most"`
	Optional bool                  `yaml:"optional"`
	Keys     []string              `yaml:"keys"`
	Rows     []map[string]*written `yaml:"rows"`
}

// written is a scalar as the file writes it.
type written string

// UnmarshalYAML keeps the scalar's own characters.
func (w *written) UnmarshalYAML(raw []byte) error {
	text := strings.TrimSpace(string(raw))
	if len(text) > 1 && (text[0] == '"' || text[0] == '\'') && text[len(text)-1] == text[0] {
		text = text[1 : len(text)-1]
	}
	*w = written(text)
	return nil
}

// ReadParameters reads every .yaml file of a folder, one parameter a file.
func ReadParameters(files fs.FS, folder string) (Parameters, error) {
	names, err := fs.Glob(files, path.Join(folder, "*.yaml"))
	if err != nil {
		return Parameters{}, fmt.Errorf("parameters in %s: %w", folder, err)
	}
	if len(names) == 0 {
		return Parameters{}, fmt.Errorf("parameters in %s: no .yaml file", folder)
	}
	byName := map[string]Parameter{}
	var problems []error
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return Parameters{}, fmt.Errorf("parameters in %s: %w", folder, err)
		}
		parameter, err := ParseParameter(text)
		if err == nil && parameter.Name+".yaml" != path.Base(name) {
			err = fmt.Errorf("its name is %q; file and name must agree", parameter.Name)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
			continue
		}
		byName[parameter.Name] = parameter
	}
	return Parameters{byName}, errors.Join(problems...)
}

// ParseParameter reads one parameter file. A key that it does not know, a row
// without one of its keys, or two rows that hold at once are errors.
func ParseParameter(text []byte) (Parameter, error) {
	var file parameterFile
	decoder := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict())
	if err := decoder.Decode(&file); err != nil {
		return Parameter{}, err
	}
	if err := decoder.Decode(&parameterFile{}); !errors.Is(err, io.EOF) {
		return Parameter{}, fmt.Errorf("more than one document")
	}
	if err := file.complete(); err != nil {
		return Parameter{}, err
	}
	domain, err := file.domain()
	if err != nil {
		return Parameter{}, err
	}
	parameter := Parameter{Name: file.Name, Unit: file.Unit, Source: file.Source, Keys: file.Keys, Domain: domain}
	for i, cells := range file.Rows {
		row, err := file.row(cells, domain)
		if err != nil {
			return Parameter{}, fmt.Errorf("parameter %s, row %d: %w", file.Name, i+1, err)
		}
		parameter.Rows = append(parameter.Rows, row)
	}
	return parameter, parameter.overlap()
}

func (f parameterFile) complete() error {
	switch {
	case f.Name == "" || strings.ContainsAny(f.Name, ". "):
		return fmt.Errorf("name %q: give one without dot or blank", f.Name)
	case f.Unit == "":
		return fmt.Errorf("parameter %s: no unit", f.Name)
	case f.Source.Document == "":
		return fmt.Errorf("parameter %s: no source document", f.Name)
	case !slices.Contains(statusOrder, f.Source.Status):
		return fmt.Errorf("parameter %s: status %q is not published, reported or assumed", f.Name, f.Source.Status)
	case len(f.Rows) == 0:
		return fmt.Errorf("parameter %s: no rows", f.Name)
	}
	return nil
}

func (f parameterFile) domain() (Domain, error) {
	domain := Domain{Kind: f.Type, Values: f.Values, Optional: f.Optional}
	if domain.Kind == "" {
		domain.Kind = NumberKind
		if len(f.Values) > 0 {
			domain.Kind = TextKind
		}
	}
	if !slices.Contains(valueKinds, domain.Kind) {
		return domain, fmt.Errorf("parameter %s: type %q is not one of %v", f.Name, domain.Kind, valueKinds)
	}
	if f.Least != nil {
		least, err := parseFraction(string(*f.Least))
		if err != nil {
			return domain, fmt.Errorf("parameter %s, least: %w", f.Name, err)
		}
		domain.Least = &least
	}
	if f.Most != nil {
		most, err := parseFraction(string(*f.Most))
		if err != nil {
			return domain, fmt.Errorf("parameter %s, most: %w", f.Name, err)
		}
		domain.Most = &most
	}
	return domain, nil
}

func (f parameterFile) row(cells map[string]*written, domain Domain) (ParameterRow, error) {
	row := ParameterRow{Keys: []string{}, Source: f.Source}
	known := append([]string{"from", "through", "value", "status"}, f.Keys...)
	for name := range cells {
		if !slices.Contains(known, name) {
			return row, fmt.Errorf("unknown key %q", name)
		}
	}
	var err error
	if row.From, err = year(cells, "from"); err != nil {
		return row, err
	}
	if row.Through, err = year(cells, "through"); err != nil {
		return row, err
	}
	if row.From > row.Through {
		return row, fmt.Errorf("from %d lies after through %d", row.From, row.Through)
	}
	for _, key := range f.Keys {
		if cells[key] == nil {
			return row, fmt.Errorf("no %s", key)
		}
		row.Keys = append(row.Keys, string(*cells[key]))
	}
	if cells["value"] == nil {
		return row, fmt.Errorf("no value")
	}
	if row.Value, err = domain.Parse(string(*cells["value"])); err != nil {
		return row, fmt.Errorf("value: %w", err)
	}
	if status := cells["status"]; status != nil {
		row.Source.Status = Status(*status)
		if !slices.Contains(statusOrder, row.Source.Status) {
			return row, fmt.Errorf("status %q is not published, reported or assumed", row.Source.Status)
		}
	}
	return row, nil
}

func year(cells map[string]*written, name string) (int, error) {
	if cells[name] == nil {
		return 0, fmt.Errorf("no %s", name)
	}
	number, err := strconv.Atoi(string(*cells[name]))
	if err != nil {
		return 0, fmt.Errorf("%s: not a year", name)
	}
	return number, nil
}
