package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"sort"
	"strings"
)

// summary counts what ran and keeps what a reader needs to see at the end.
type summary struct {
	strict  bool // CI=true: a skip is a failure
	passed  int
	failed  int
	skipped int
	notes   []string
}

func (s *summary) step(name string, o outcome) {
	switch {
	case o.skipped != "":
		s.skip(name, o.skipped)
	case o.failed:
		s.failed++
		fmt.Printf("FAIL  %s\n%s\n", name, o.output)
		s.notes = append(s.notes, "FAIL  "+name)
	default:
		s.passed++
		fmt.Printf("ok    %s\n", name)
	}
}

const notOffered = "SKIP: not offered:"

func (s *summary) skip(name, reason string) {
	if s.strict && !strings.HasPrefix(reason, notOffered) {
		s.failed++
		s.notes = append(s.notes, fmt.Sprintf("FAIL  %s: skipped, which CI=true does not allow: %s", name, reason))
		return
	}
	s.skipped++
	if !strings.HasPrefix(reason, "SKIP") {
		reason = "SKIP: " + reason
	}
	s.notes = append(s.notes, fmt.Sprintf("%s  [%s]", reason, name))
}

// print says what failed and what was skipped, then the one summary line, and
// returns the exit code.
func (s *summary) print(w io.Writer) int {
	fmt.Fprintln(w)
	sort.Strings(s.notes)
	for _, n := range s.notes {
		fmt.Fprintln(w, n)
	}
	fmt.Fprintf(w, "%d passed, %d failed, %d skipped\n", s.passed, s.failed, s.skipped)
	if s.failed > 0 {
		return 1
	}
	return 0
}

// event is a line of `go test -json`.
type event struct {
	Action  string
	Package string
	Test    string
	Elapsed float64
	Output  string

	ImportPath string // of a build event
}

func (s *summary) test(packages []string) {
	cmd := exec.Command("go", append([]string{"test", "-json", "-timeout", timeout, "-tags", tags}, packages...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		s.step("go test", outcome{failed: true, output: err.Error()})
		return
	}
	before := s.failed
	s.read(out)
	if err := cmd.Wait(); err != nil && s.failed == before {
		s.step("go test", outcome{failed: true, output: err.Error()})
	}
}

// read counts leaf tests; a parent counts only where it fails by itself.
func (s *summary) read(r io.Reader) {
	t := tally{output: map[string]string{}, parent: map[string]bool{}, failedUnder: map[string]bool{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<20), 1<<26)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Println(lines.Text())
			continue
		}
		t.take(s, e)
	}
	if err := lines.Err(); err != nil {
		s.step("go test -json", outcome{failed: true, output: err.Error()})
	}
}

// tally is what must be remembered between the events of one run.
type tally struct {
	output      map[string]string // package or test, or build, to what it printed
	parent      map[string]bool
	failedUnder map[string]bool // packages and parents with a failure already counted
}

func (t tally) take(s *summary, e event) {
	name := e.Package
	if e.Test != "" {
		name += "." + e.Test
	}
	switch e.Action {
	case "output":
		t.output[name] += e.Output
	case "build-output":
		t.output["build "+e.ImportPath] += e.Output
	case "build-fail":
		fmt.Printf("FAIL  build of %s\n%s", e.ImportPath, t.output["build "+e.ImportPath])
	case "run":
		for at := strings.LastIndex(e.Test, "/"); at > 0; at = strings.LastIndex(e.Test[:at], "/") {
			t.parent[e.Package+"."+e.Test[:at]] = true
		}
	case "pass", "fail", "skip":
		t.end(s, e, name)
	}
}

func (t tally) end(s *summary, e event, name string) {
	if e.Test == "" {
		t.endPackage(s, e)
		return
	}
	switch {
	case e.Action == "fail" && !t.failedUnder[name]:
		s.failed++
		fmt.Printf("FAIL  %s\n%s", name, t.output[name])
		s.notes = append(s.notes, "FAIL  "+name)
		t.failedUnder[e.Package] = true
		for at := strings.LastIndex(e.Test, "/"); at > 0; at = strings.LastIndex(e.Test[:at], "/") {
			t.failedUnder[e.Package+"."+e.Test[:at]] = true
		}
	case e.Action == "fail":
		// Counted where it failed, below. What the parent itself said is shown.
		fmt.Print(t.output[name])
	case e.Action == "skip":
		s.skip(name, reason(t.output[name]))
	case !t.parent[name]:
		s.passed++
	}
	delete(t.output, name)
}

// endPackage counts a package that failed without a failing test: it did not
// build, panicked outside one, or ran out of time.
func (t tally) endPackage(s *summary, e event) {
	switch {
	case e.Action == "fail" && !t.failedUnder[e.Package]:
		s.failed++
		fmt.Printf("FAIL  %s\n%s", e.Package, t.output[e.Package])
		s.notes = append(s.notes, "FAIL  "+e.Package+" (build, panic or timeout)")
	case e.Action == "pass":
		fmt.Printf("ok    %s  %.1fs\n", e.Package, e.Elapsed)
	}
	delete(t.output, e.Package)
}

var logged = regexp.MustCompile(`^\s*[\w.-]+\.go:\d+: `)

// reason is what a test said when it skipped.
func reason(output string) string {
	for _, line := range strings.Split(output, "\n") {
		if at := logged.FindStringIndex(line); at != nil {
			return strings.TrimSpace(line[at[1]:])
		}
	}
	return "no reason given"
}
