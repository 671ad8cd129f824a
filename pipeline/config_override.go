package pipeline

import (
	"sort"
	"strconv"
	"strings"

	"leadline/schemas"
)

const environmentPrefix = "LEADLINE_"

// applyEnvironment sets keys from LEADLINE_<KEY>: LEADLINE_THREADS,
// LEADLINE_PUBLISH_ROW_LEVEL, LEADLINE_INPUTS_ACO, LEADLINE_PARAMETERS_<NAME>.
// A name that is close to a known one is a typing error and is refused; any
// other belongs to somebody else and is left alone. An empty variable counts as
// unset, since that is how schedulers and containers unset one.
func (d *runDocument) applyEnvironment(environ []string) {
	known := environmentKeys()
	names := make([]string, 0, len(known))
	for name := range known {
		names = append(names, strings.TrimPrefix(name, environmentPrefix))
	}
	sort.Strings(names)
	sorted := append([]string(nil), environ...)
	sort.Strings(sorted)
	for _, pair := range sorted {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, environmentPrefix) || value == "" {
			continue
		}
		where := origin{text: "environment " + name}
		if parameter, ok := strings.CutPrefix(name, environmentPrefix+"PARAMETERS_"); ok && parameter != "" {
			d.set("parameters."+strings.ToLower(parameter), value, where)
		} else if key, ok := known[name]; ok {
			d.set(key, value, where)
		} else if near := schemas.Nearest(strings.TrimPrefix(name, environmentPrefix), names); near != "" {
			d.problems = append(d.problems, problem{where, "unknown variable; did you mean " + environmentPrefix + near + "?"})
		}
	}
}

func environmentKeys() map[string]string {
	known := map[string]string{}
	for _, key := range []string{"performance_year", "output", "cache", "engine", "memory_limit", "threads", "publish.row_level", "publish.alignment_candidate"} {
		known[environmentName(key)] = key
	}
	for _, t := range schemas.Inputs() {
		known[environmentName("inputs."+t.Name)] = "inputs." + t.Name
	}
	return known
}

func environmentName(key string) string {
	return environmentPrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

func (d *runDocument) applyFlags(flags []FlagOption) {
	for _, f := range flags {
		d.set(f.Key, f.Value, origin{text: f.Flag})
	}
}

// set puts a text from outside the file in place, typed as the key wants it. A
// text that does not fit stays text, and the schema refuses it by its name.
func (d *runDocument) set(key, text string, where origin) {
	d.origin[key] = where
	at := d.values
	name := key
	if parent, child, nested := strings.Cut(key, "."); nested {
		under, ok := at[parent].(map[string]any)
		if !ok {
			under = map[string]any{}
			at[parent] = under
		}
		at, name = under, child
	}
	at[name] = typed(key, text)
}

func typed(key, text string) any {
	switch {
	case key == "performance_year" || key == "threads":
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	case key == "publish.row_level" || key == "publish.alignment_candidate":
		if b, err := strconv.ParseBool(text); err == nil {
			return b
		}
	case strings.HasPrefix(key, "parameters."):
		return typedParameter(text)
	}
	return text
}

// typedParameter reads a parameter given as text in the way that YAML reads it.
func typedParameter(text string) any {
	if d, err := readRunFile("parameter", []byte("value: "+text)); err == nil {
		if v, given := d.values["value"]; given {
			return v
		}
	}
	return text
}
