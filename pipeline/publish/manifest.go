package publish

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
)

const manifestName = "manifest.json"

// CanonicalJSON is a value as JSON whose bytes depend on nothing but the
// value: keys sorted at every depth, two spaces of indent, no escapes that
// only HTML needs, numbers with their digits as they are, a newline at the end.
func CanonicalJSON(value any) ([]byte, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	// Through a map, which Go writes sorted; a struct keeps its fields' order.
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var plain any
	if err := decoder.Decode(&plain); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(plain); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// WriteManifest writes manifest.json beside the tables.
func (s *Staging) WriteManifest(manifest any) error {
	text, err := CanonicalJSON(manifest)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(s.dir, manifestName), text, fileMode); err != nil {
		return cannot("%w", err)
	}
	return nil
}
