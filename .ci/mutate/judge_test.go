package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var errExit = errors.New("exit status 1")

func TestJudge(t *testing.T) {
	for _, tt := range []struct {
		name, output string
		err          error
		fate, why    string
	}{
		{"a test fails", "--- FAIL: TestA (0.00s)\n    --- FAIL: TestA/one (0.00s)\n        a_test.go:9: got 2, want 1\nFAIL\nFAIL\tp\t0.1s\n", errExit,
			killed, "TestA/one"},
		{"all pass", "ok  \tp\t0.1s\n", nil, survived, "its tests pass"},
		{"no test of the name", "ok  \tp\t0.1s [no tests to run]\n", nil, survived, "no test of that name"},
		{"does not compile", "# p\np/a.go:3:2: undefined: x\nFAIL\tp [build failed]\nFAIL\n", errExit, broken, "does not compile"},
		{"panics", "--- FAIL: TestA (0.00s)\npanic: runtime error: index out of range\n\ngoroutine 7 [running]:\n", errExit, broken, "panics, or ran out of time"},
		{"SQL that the engine refuses", "--- FAIL: TestA (0.00s)\n    a_test.go:9: Binder Error: Referenced column \"x\" not found\n", errExit, broken, "the engine refuses the SQL"},
		{"go test itself fails", "go: cannot find main module\n", errExit, broken, "no test failed, and go test did: exit status 1"},
	} {
		if got := judge(tt.output, tt.err); got.fate != tt.fate || got.why != tt.why {
			t.Errorf("%s: %s (%s), want %s (%s)", tt.name, got.fate, got.why, tt.fate, tt.why)
		}
	}
}

func TestSummary(t *testing.T) {
	for _, tt := range []struct {
		fates []string
		want  string
		code  int
	}{
		{[]string{killed, killed}, "\n2 killed, 0 survived in 3s\n", 0},
		{[]string{killed, survived}, "\n1 killed, 1 survived in 3s\n", 1},
		{[]string{killed, broken}, "\n1 killed, 0 survived, 1 broken in 3s\n", 1},
	} {
		var count tally
		for _, fate := range tt.fates {
			count.add(verdict{fate: fate})
		}
		var out bytes.Buffer
		if code := count.print(&out, 3*time.Second); code != tt.code || out.String() != tt.want {
			t.Errorf("%v: %q and %d, want %q and %d", tt.fates, out.String(), code, tt.want, tt.code)
		}
	}
}

// A mutation is made in the copy, taken back there, and never reaches the tree.
func TestMutationStaysInTheCopy(t *testing.T) {
	tree, copied := t.TempDir(), filepath.Join(t.TempDir(), "copy")
	write := func(name, text string) {
		path := filepath.Join(tree, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	read := func(folder string) string {
		text, err := os.ReadFile(filepath.Join(folder, "p/rule.sql"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	write("p/rule.sql", "a > b")
	write(".git/HEAD", "x")
	write(".build/leadline", "x")
	if err := copyTree(tree, copied); err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{".git", ".build"} {
		if _, err := os.Stat(filepath.Join(copied, left)); err == nil {
			t.Errorf("%s was copied", left)
		}
	}
	undo, err := mutation{File: "p/rule.sql", Find: ">", Count: 1, Replace: ">="}.in(copied)
	if err != nil {
		t.Fatal(err)
	}
	if read(copied) != "a >= b" || read(tree) != "a > b" {
		t.Errorf("copy %q, tree %q", read(copied), read(tree))
	}
	if err := undo(); err != nil || read(copied) != "a > b" {
		t.Errorf("taken back: %q, %v", read(copied), err)
	}
	if _, err := (mutation{File: "p/rule.sql", Find: "<", Count: 1}).in(copied); err == nil || !strings.Contains(err.Error(), "0 times") {
		t.Errorf("a text that is not there: %v", err)
	}
}
