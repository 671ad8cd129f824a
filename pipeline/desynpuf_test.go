package pipeline_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"leadline/pipeline/ingest"
)

// CMS's synthetic claims begin with the first base year. A run on them goes
// through: alignment for BY1 is near empty, since its look-back lies before the
// data, and that is reported as a truncated look-back, not as a failure.
func TestRunOnDESynPUF(t *testing.T) {
	sample := sharedFolder(t, "data", "desynpuf", "sample-test-b.tar.bz2")
	options := ingest.DefaultOptions()
	options.Source, options.Out = sample, filepath.Join(folder(t), "imported")
	if _, err := ingest.ImportDESynPUF(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	out := run(t, filepath.Join(options.Out, "run.yaml"))
	aligned := map[string]int{}
	for key, cells := range published(t, out, "alignment") {
		if cells["alignment_type"] == "claims" {
			aligned[key[:len("2024")]]++
		}
	}
	const few = 10
	if aligned["2024"]*few > aligned["2026"] || aligned["2026"] == 0 {
		t.Errorf("aligned by claims: %v; 2024 should be near empty, 2026 should not", aligned)
	}
	var manifest struct {
		Findings []struct {
			Check    string `json:"check"`
			Severity string `json:"severity"`
			Message  string `json:"message"`
		} `json:"findings"`
	}
	if err := json.Unmarshal(publishedFile(t, out, "manifest.json"), &manifest); err != nil {
		t.Fatal(err)
	}
	var truncated []string
	for _, f := range manifest.Findings {
		if f.Check == "truncated_look_back" && f.Severity == "warning" {
			truncated = append(truncated, f.Message)
		}
	}
	if len(truncated) == 0 || slices.Contains(truncated, "") {
		t.Errorf("truncated look-backs in the manifest: %q", truncated)
	}
	t.Logf("aligned by claims: %v; %q", aligned, truncated)
}
