package pipeline

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"leadline/schemas"
)

//go:embed run_schema.json
var runSchemaText []byte

// RunSchema is the JSON Schema of the run file, with the input tables of
// package schemas filled in: they have one definition, and it is not here.
func RunSchema() ([]byte, error) {
	schema, err := runSchema()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err = encoder.Encode(schema)
	return out.Bytes(), err
}

func runSchema() (map[string]any, error) {
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(runSchemaText))
	if err != nil {
		return nil, fmt.Errorf("run_schema.json: %w", err)
	}
	schema := parsed.(map[string]any)
	inputs := schema["properties"].(map[string]any)["inputs"].(map[string]any)
	tables := inputs["properties"].(map[string]any)
	for _, t := range schemas.Inputs() {
		tables[t.Name] = map[string]any{"description": t.Doc, "type": "string", "minLength": 1}
	}
	return schema, nil
}

var compiledRunSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	schema, err := runSchema()
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("run_schema.json", schema); err != nil {
		return nil, err
	}
	return compiler.Compile("run_schema.json")
})

func (d *runDocument) checkSchema() {
	schema, err := compiledRunSchema()
	if err != nil {
		d.problem("", "the run file's schema does not compile: %v", err)
		return
	}
	var invalid *jsonschema.ValidationError
	if err := schema.Validate(d.values); errors.As(err, &invalid) {
		d.violations(invalid)
	} else if err != nil {
		d.problem("", "%v", err)
	}
}

// violations walks to the leaves, where the schema says what is wrong.
func (d *runDocument) violations(e *jsonschema.ValidationError) {
	for _, cause := range e.Causes {
		d.violations(cause)
	}
	key := strings.Join(e.InstanceLocation, ".")
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			d.problem(join(key, name), "%s", unknownKey(key, name))
		}
	case *kind.Required:
		for _, name := range k.Missing {
			d.problem(key, "%s is missing", join(key, name))
		}
	case *kind.Type:
		d.problem(key, "%s: want %s, not %s", key, article(k.Want), typeWord(k.Got))
	case *kind.Enum:
		d.problem(key, "%s: want one of %s", key, listed(k.Want))
	case *kind.Minimum:
		d.problem(key, "%s: %s is below the least, %s", key, k.Got.RatString(), k.Want.RatString())
	case *kind.Maximum:
		d.problem(key, "%s: %s is above the greatest, %s", key, k.Got.RatString(), k.Want.RatString())
	case *kind.MinLength:
		d.problem(key, "%s: is empty", key)
	default:
		if len(e.Causes) == 0 {
			d.problem(key, "%s: breaks the schema's %s", key, strings.Join(e.ErrorKind.KeywordPath(), "/"))
		}
	}
}

func unknownKey(parent, name string) string {
	what := "key"
	if parent == "inputs" {
		what = "input table"
	}
	known := knownKeys(parent)
	if near := schemas.Nearest(name, known); near != "" {
		return fmt.Sprintf("unknown %s %q; did you mean %q?", what, name, near)
	}
	return fmt.Sprintf("unknown %s %q; known are %s", what, name, strings.Join(known, ", "))
}

// knownKeys are the properties that the schema gives to a key, sorted.
func knownKeys(parent string) []string {
	at, err := runSchema()
	if err != nil {
		return nil
	}
	for _, step := range strings.Split(parent, ".") {
		if step != "" {
			at, _ = at["properties"].(map[string]any)[step].(map[string]any)
		}
	}
	properties, _ := at["properties"].(map[string]any)
	known := make([]string, 0, len(properties))
	for name := range properties {
		known = append(known, name)
	}
	sort.Strings(known)
	return known
}

// checkTables names every required table that is missing, in one message, and
// every pair of tables of which only one may be given.
func (d *runDocument) checkTables() {
	inputs, ok := d.values["inputs"].(map[string]any)
	if !ok {
		return
	}
	var given []string
	for table := range inputs {
		given = append(given, table)
	}
	for _, t := range schemas.Inputs() {
		if t.Alternative != "" && slices.Contains(given, t.Name) && slices.Contains(given, t.Alternative) {
			d.problem("inputs."+t.Alternative, "inputs: %s and %s are both given, and one replaces the other; leave one out", t.Name, t.Alternative)
		}
	}
	missing := schemas.MissingInputs(given)
	for i, name := range missing {
		if t, _ := schemas.Input(name); t.Alternative != "" {
			missing[i] = fmt.Sprintf("%s (or %s)", name, t.Alternative)
		}
	}
	if len(missing) > 0 {
		d.problem("inputs", "inputs: missing required tables: %s", strings.Join(missing, ", "))
	}
}

func article(want []string) string {
	words := make([]string, len(want))
	for i, w := range want {
		words[i] = typeWord(w)
	}
	return strings.Join(words, " or ")
}

func typeWord(jsonType string) string {
	switch jsonType {
	case "string":
		return "text"
	case "integer":
		return "a whole number"
	case "number":
		return "a number"
	case "boolean":
		return "true or false"
	case "object":
		return "a mapping of keys to values"
	case "array":
		return "a list"
	case "null":
		return "nothing"
	}
	return jsonType
}

func listed(values []any) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = fmt.Sprint(v)
	}
	return strings.Join(words, ", ")
}
