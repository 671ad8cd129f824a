package input_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"

	"leadline/pipeline/input"
)

// The solved extracts are adversarial in what the rules make of them, not in
// form: no error.
func TestAcceptanceExtracts(t *testing.T) {
	shared := os.Getenv("LEADLINE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	folder := filepath.Join(shared, "acceptance")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("SKIP: not offered: the acceptance folder (%v)", err)
	}
	duck := open(t)
	for _, name := range []string{"projected", "partial-year"} {
		t.Run(name, func(t *testing.T) {
			var run struct{ Inputs map[string]string }
			text, err := os.ReadFile(filepath.Join(folder, name, "run.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			if err := yaml.Unmarshal(text, &run); err != nil {
				t.Fatal(err)
			}
			findings := checkEntries(t, duck, filepath.Join(folder, name), run.Inputs)
			for _, f := range findings {
				t.Log(f)
			}
			if n := input.CountErrors(findings); n > 0 {
				t.Errorf("%d errors, want none", n)
			}
		})
	}
}
