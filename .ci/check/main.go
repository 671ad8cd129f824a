// Command check is what `make test` and `make lint` run: gofmt, go vet, a
// pinned staticcheck and every test, then one summary line.
//
// It is Go so that a machine needs nothing but Go to be told plainly what
// passed, failed and was skipped, and why. It lies in a dot folder, which
// `./...` does not match, so it is no part of the product.
//
// A test that cannot run calls t.Skip with a text that starts with "SKIP:" and
// says what is missing. With CI=true a skip is a failure, unless its text
// starts with "SKIP: not offered:", which is for what no machine of this kind
// and no registry can give.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
)

const (
	tags        = "duckdb_arrow"
	staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"
	timeout     = "30m"
)

func main() {
	mode := "test"
	if len(os.Args) > 1 {
		mode = os.Args[1]
	}
	if mode != "test" && mode != "lint" {
		fmt.Fprintln(os.Stderr, "usage: check [test|lint] [packages]")
		os.Exit(64)
	}
	packages := []string{"./...", "./.ci/bench", "./.ci/check", "./.ci/mutate"}
	if len(os.Args) > 2 {
		packages = os.Args[2:]
	}

	var s summary
	s.strict = os.Getenv("CI") == "true"
	s.step("gofmt", formatted())
	s.step("go vet", ran(append([]string{"go", "vet", "-tags", tags}, packages...)))
	s.step("staticcheck", staticallyChecked(packages))
	if mode == "test" {
		s.test(packages)
	}
	os.Exit(s.print(os.Stdout))
}

// outcome of a step: passed, failed with its output, or skipped with a reason.
type outcome struct {
	failed  bool
	output  string
	skipped string
}

func ran(command []string) outcome {
	out, err := exec.Command(command[0], command[1:]...).CombinedOutput()
	return outcome{failed: err != nil, output: string(out)}
}

// formatted asks gofmt for the files that it would change. The folders are
// named because gofmt, unlike go, would walk into .build.
func formatted() outcome {
	entries, err := os.ReadDir(".")
	if err != nil {
		return outcome{failed: true, output: err.Error()}
	}
	command := []string{"gofmt", "-l", ".ci"}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			command = append(command, e.Name())
		}
	}
	o := ran(command)
	if strings.TrimSpace(o.output) != "" {
		o.failed = true
		o.output = "not formatted (run `make fmt`):\n" + o.output
	}
	return o
}

// staticallyChecked tells a finding from a linter that could not be had.
func staticallyChecked(packages []string) outcome {
	if probe := ran([]string{"go", "run", staticcheck, "-version"}); probe.failed {
		return outcome{skipped: "SKIP: " + staticcheck + " could not be fetched or built: " + lastLine(probe.output)}
	}
	return ran(append([]string{"go", "run", staticcheck, "-tags", tags}, packages...))
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}
