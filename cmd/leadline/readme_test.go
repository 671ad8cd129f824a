package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What the README names, the project has.
func TestREADMENamesWhatIsThere(t *testing.T) {
	named := regexp.MustCompile("`((?:cmd|pipeline|alignment|aggregate|benchmark|schemas|fixtures|\\.ci)(?:/[\\w.*/-]+)?)`")
	for _, m := range named.FindAllStringSubmatch(readme(t), -1) {
		if m[1] == "benchmark" || m[1] == "alignment" || m[1] == "aggregate" {
			continue // tables, too
		}
		if found, err := filepath.Glob(filepath.Join("../..", m[1])); err != nil || len(found) == 0 {
			t.Errorf("README names %s, which is not there", m[1])
		}
	}
}

// Each module that the project uses itself is named, with its reason.
func TestREADMEGivesEachDependencyItsReason(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	text := readme(t)
	required := regexp.MustCompile(`(?m)^\t(\S+) v\S+$`)
	direct := required.FindAllStringSubmatch(string(mod), -1)
	if len(direct) == 0 {
		t.Fatal("go.mod lists no direct module: the pattern has lost them")
	}
	for _, m := range direct {
		if !strings.Contains(text, "| `"+m[1]+"` |") {
			t.Errorf("README gives no reason for %s", m[1])
		}
	}
}

func TestREADMEShowsEachCommandAndExitCode(t *testing.T) {
	text := readme(t)
	a := newApp(os.Stdout, os.Stderr)
	for _, c := range a.root().Commands() {
		if !c.Hidden && c.Name() != "help" && c.Name() != "completion" && !strings.Contains(text, "`leadline "+c.Name()) {
			t.Errorf("README does not show leadline %s", c.Name())
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^  (\d+) `).FindAllStringSubmatch(exitCodes, -1) {
		if !strings.Contains(text, "| "+m[1]+" |") && !strings.Contains(text, "| "+m[1]+", ") {
			t.Errorf("README does not explain exit code %s", m[1])
		}
	}
}
