package main

import (
	"regexp"
	"strings"
)

// The fates of a mutation.
const (
	killed   = "killed"
	survived = "SURVIVED"
	broken   = "BROKEN"
)

// verdict is a mutation's fate, and what decided it.
type verdict struct {
	fate, why string
	output    string
}

var (
	failedTest = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)
	noTest     = regexp.MustCompile(`\[no tests? (to run|files)\]`)
	notBuilt   = regexp.MustCompile(`\[(build|setup) failed\]`)
	panicked   = regexp.MustCompile(`(?m)^(panic:|fatal error:)`)
	// A statement that the engine refuses never ran, whatever the rule.
	refusedSQL = regexp.MustCompile(`\b(Parser|Syntax|Binder|Catalog|Conversion|Not implemented|Internal) Error\b`)
)

// judge reads what go test printed.
func judge(output string, err error) verdict {
	v := verdict{output: output}
	failed := failedTest.FindAllStringSubmatch(output, -1)
	switch {
	case notBuilt.MatchString(output):
		v.fate, v.why = broken, "does not compile"
	case panicked.MatchString(output):
		v.fate, v.why = broken, "panics, or ran out of time"
	case refusedSQL.MatchString(output):
		v.fate, v.why = broken, "the engine refuses the SQL"
	case err == nil && noTest.MatchString(output):
		v.fate, v.why = survived, "no test of that name"
	case err == nil:
		v.fate, v.why = survived, "its tests pass"
	case len(failed) == 0:
		v.fate, v.why = broken, "no test failed, and go test did: "+err.Error()
	default:
		v.fate, v.why = killed, deepest(failed)
	}
	return v
}

// deepest names the first test that failed, with its case.
func deepest(failed [][]string) string {
	name := failed[0][1]
	for _, f := range failed {
		if strings.HasPrefix(f[1], name+"/") {
			name = f[1]
		}
	}
	return name
}

// indented sets a few lines of output apart.
func indented(output string) string {
	const most = 12
	lines := strings.Split(strings.TrimRight(output, "\n"), "\n")
	if len(lines) > most {
		lines = append(lines[:most], "...")
	}
	return "         | " + strings.Join(lines, "\n         | ")
}
