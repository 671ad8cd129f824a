package schemas

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// RunFile is the source document of an overridden parameter.
const RunFile = "run file"

// Parameters is a set of parameters by name. It does not change: an override
// makes a new set.
type Parameters struct{ byName map[string]Parameter }

// MergeParameters puts the sets of several packages together. A name may stand
// in one of them only.
func MergeParameters(sets ...Parameters) (Parameters, error) {
	merged := map[string]Parameter{}
	for _, set := range sets {
		for _, name := range set.Names() {
			if _, known := merged[name]; known {
				return Parameters{}, fmt.Errorf("parameter %s is defined twice", name)
			}
			merged[name] = set.byName[name]
		}
	}
	return Parameters{merged}, nil
}

// Names lists the parameters in code-point order.
func (p Parameters) Names() []string { return slices.Sorted(maps.Keys(p.byName)) }

// Parameter is one of the set.
func (p Parameters) Parameter(name string) (Parameter, error) {
	parameter, known := p.byName[name]
	if !known {
		return Parameter{}, fmt.Errorf("parameter %s is unknown%s", name, p.nearest(name))
	}
	return parameter, nil
}

// Override sets a parameter for every year: by its name where it has no keys
// (quality_share), else by its name and each key after a dot
// (risk_ratio_cap.AD). What the user sets is assumed, and marked as overridden.
func (p Parameters) Override(name string, value any) (Parameters, error) {
	parts := strings.Split(name, ".")
	parameter, err := p.Parameter(parts[0])
	if err != nil {
		return p, err
	}
	keys := parts[1:]
	if len(keys) != len(parameter.Keys) {
		return p, fmt.Errorf("parameter %s has %d keys: write %s", parameter.Name, len(parameter.Keys),
			strings.Join(append([]string{parameter.Name}, parameter.Keys...), "."))
	}
	if !slices.ContainsFunc(parameter.keySets(), func(known []string) bool { return slices.Equal(known, keys) }) {
		return p, fmt.Errorf("parameter %s has no rows for %s", parameter.Name, strings.Join(keys, "."))
	}
	text, err := writtenValue(value)
	if err != nil {
		return p, fmt.Errorf("parameter %s: %w", name, err)
	}
	parsed, err := parameter.Domain.Parse(text)
	if err != nil {
		return p, fmt.Errorf("parameter %s: %w", name, err)
	}
	source := ParameterSource{Document: RunFile, Section: "parameters", Status: Assumed}
	rows := slices.DeleteFunc(slices.Clone(parameter.Rows), func(row ParameterRow) bool { return slices.Equal(row.Keys, keys) })
	first, last := parameter.Begins(), parameter.Ends()
	parameter.Rows = append(rows, ParameterRow{
		From: first, Through: last, Keys: keys, Value: parsed, Source: source, Overridden: true,
	})
	changed := maps.Clone(p.byName)
	changed[parameter.Name] = parameter
	return Parameters{changed}, nil
}

// writtenValue is a value of the run file as text.
func writtenValue(value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return None, nil
	case string:
		return v, nil
	case bool:
		return strconv.FormatBool(v), nil
	case int:
		return strconv.Itoa(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case uint64:
		return strconv.FormatUint(v, 10), nil
	case json.Number:
		return v.String(), nil
	case float64: // the shortest text that reads as this float is what the user typed
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case time.Time:
		return v.Format(time.DateOnly), nil
	case fmt.Stringer:
		return v.String(), nil
	}
	return "", fmt.Errorf("a value of type %T; give a number, a word, true, false, a date or null", value)
}

// nearest offers the known name that was most likely meant, if any is near.
func (p Parameters) nearest(name string) string {
	if best := Nearest(name, p.Names()); best != "" {
		return "; did you mean " + best + "?"
	}
	return ""
}
