package main

import (
	"bytes"
	"strings"
	"testing"
)

const stream = `{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"run","Package":"p","Test":"TestA/one"}
{"Action":"pass","Package":"p","Test":"TestA/one"}
{"Action":"run","Package":"p","Test":"TestA/two"}
{"Action":"fail","Package":"p","Test":"TestA/two"}
{"Action":"fail","Package":"p","Test":"TestA"}
{"Action":"run","Package":"p","Test":"TestB"}
{"Action":"output","Package":"p","Test":"TestB","Output":"    b_test.go:9: SKIP: no acceptance folder\n"}
{"Action":"skip","Package":"p","Test":"TestB"}
{"Action":"run","Package":"p","Test":"TestC"}
{"Action":"output","Package":"p","Test":"TestC","Output":"    c_test.go:9: SKIP: not offered: a big-endian machine\n"}
{"Action":"skip","Package":"p","Test":"TestC"}
{"Action":"fail","Package":"p"}
{"Action":"build-output","ImportPath":"q","Output":"q.go:1: syntax error\n"}
{"Action":"build-fail","ImportPath":"q"}
{"Action":"fail","Package":"q"}
`

func TestSummaryCountsLeavesSkipsAndBuilds(t *testing.T) {
	for _, tt := range []struct {
		strict bool
		want   string
	}{
		// TestA/one passed; TestA/two and package q failed; TestB and TestC skipped.
		{false, "1 passed, 2 failed, 2 skipped\n"},
		// CI=true turns TestB's skip into a failure, TestC's not.
		{true, "1 passed, 3 failed, 1 skipped\n"},
	} {
		s := summary{strict: tt.strict}
		s.read(strings.NewReader(stream))
		var out bytes.Buffer
		if code := s.print(&out); code != 1 {
			t.Errorf("strict %v: exit code %d, want 1", tt.strict, code)
		}
		if !strings.HasSuffix(out.String(), tt.want) {
			t.Errorf("strict %v: got %q, want it to end with %q", tt.strict, out.String(), tt.want)
		}
		if !strings.Contains(out.String(), "no acceptance folder") {
			t.Errorf("strict %v: the skip's reason is not printed: %q", tt.strict, out.String())
		}
	}
}
