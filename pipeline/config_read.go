package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// A runDocument is a run file as plain values, with the place where each key
// was set: a line of the file, a variable of the environment, or a flag.
type runDocument struct {
	file     string
	values   map[string]any
	origin   map[string]origin // dotted key to its place
	problems []problem
}

type origin struct {
	text string
	line int
}

type problem struct {
	where origin
	text  string
}

func readRunFile(file string, text []byte) (*runDocument, error) {
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, syntaxError(file, err)
	}
	d := &runDocument{file: file, values: map[string]any{}, origin: map[string]origin{}}
	var bodies []ast.Node
	for _, doc := range tree.Docs {
		if doc.Body != nil {
			bodies = append(bodies, doc.Body)
		}
	}
	if len(bodies) == 0 {
		return nil, fmt.Errorf("%s: the run file is empty; it needs performance_year, inputs and output", file)
	}
	if len(bodies) > 1 {
		return nil, fmt.Errorf("%s:%d: a run file is one YAML document, here a second begins", file, line(bodies[1]))
	}
	value, err := d.value("", bodies[0])
	if err != nil {
		return nil, err
	}
	root, ok := value.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s:%d: a run file is a mapping of keys to values", file, line(bodies[0]))
	}
	d.values = root
	return d, nil
}

func syntaxError(file string, err error) error {
	var located yaml.Error
	if errors.As(err, &located) && located.GetToken() != nil {
		return fmt.Errorf("%s:%d: not YAML: %s", file, located.GetToken().Position.Line, located.GetMessage())
	}
	return fmt.Errorf("%s: not YAML: %w", file, err)
}

func line(n ast.Node) int { return n.GetToken().Position.Line }

// value is a node as a plain value. Fractions keep their digits as written
// (json.Number): a parameter must not pass through a float.
func (d *runDocument) value(key string, n ast.Node) (any, error) {
	switch n := n.(type) {
	case *ast.NullNode:
		return nil, nil
	case *ast.BoolNode:
		return n.Value, nil
	case *ast.IntegerNode:
		return integerValue(n)
	case *ast.FloatNode:
		return json.Number(n.GetToken().Value), nil
	case *ast.StringNode:
		return n.Value, nil
	case *ast.LiteralNode:
		return n.Value.Value, nil
	case *ast.MappingNode:
		return d.mapping(key, n.Values)
	case *ast.MappingValueNode:
		return d.mapping(key, []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		list := make([]any, len(n.Values))
		for i, item := range n.Values {
			v, err := d.value(key, item)
			if err != nil {
				return nil, err
			}
			list[i] = v
		}
		return list, nil
	}
	return nil, fmt.Errorf("%s:%d: write the value out; anchors, tags and the like are not read", d.file, line(n))
}

// integerValue reads only plain decimal digits as a number: 0123 and 0x1F stay
// text, so that an identifier given without quotes keeps its zeros.
func integerValue(n *ast.IntegerNode) (any, error) {
	text := n.GetToken().Value
	i, err := strconv.ParseInt(text, 10, 64)
	if err != nil || strconv.FormatInt(i, 10) != text {
		return text, nil
	}
	return i, nil
}

func (d *runDocument) mapping(key string, pairs []*ast.MappingValueNode) (any, error) {
	values := map[string]any{}
	for _, pair := range pairs {
		name := pair.Key.GetToken().Value
		path := join(key, name)
		at := line(pair.Key)
		if _, twice := values[name]; twice {
			return nil, fmt.Errorf("%s:%d: key %q stands twice", d.file, at, name)
		}
		d.origin[path] = origin{fmt.Sprintf("%s:%d", d.file, at), at}
		v, err := d.value(path, pair.Value)
		if err != nil {
			return nil, err
		}
		values[name] = v
	}
	return values, nil
}

func join(key, name string) string {
	if key == "" {
		return name
	}
	return key + "." + name
}

// parameterValue hands a parameter on: text, int64, bool, nil, or lists and
// mappings of these. A fraction is its text.
func parameterValue(v any) any {
	switch v := v.(type) {
	case json.Number:
		return strings.ReplaceAll(v.String(), "_", "")
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = parameterValue(v[i])
		}
		return list
	case map[string]any:
		values := make(map[string]any, len(v))
		for k := range v {
			values[k] = parameterValue(v[k])
		}
		return values
	}
	return v
}
