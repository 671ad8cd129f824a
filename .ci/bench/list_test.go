package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Two of the five rows are in force on 1 January without an end: the second and
// the third.
const listText = `aco_id,tin,effective_date,end_date,recent_mssp
A0001,000000001,,2027-06-30,false
A0001,000000002,,,false
A0002,000000003,2027-01-01,,true
A0002,000000004,2027-01-02,,true
A0002,000000005,2020-01-01,2027-12-31,true
`

func openList(t *testing.T) (l list, folder string) {
	t.Helper()
	folder = t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "participant_tin.csv"), []byte(listText), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := readList(extract{dir: folder, year: 2027})
	if err != nil {
		t.Fatal(err)
	}
	return l, folder
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestDropOneTakesRowsInForceOneByOne(t *testing.T) {
	l, folder := openList(t)
	seen := map[string]bool{}
	for _, want := range []int{5, 4} { // lines with the header
		path, err := l.dropOne(folder)
		if err != nil {
			t.Fatal(err)
		}
		text := read(t, path)
		if got := strings.Count(text, "\n"); got != want || seen[text] {
			t.Errorf("%d lines, want %d of a list not seen before:\n%s", got, want, text)
		}
		seen[text] = true
		for _, stays := range []string{"000000001", "000000004", "000000005"} {
			if !strings.Contains(text, stays) {
				t.Errorf("%s is not in force on 1 January or ends, and was dropped:\n%s", stays, text)
			}
		}
	}
	if _, err := l.dropOne(folder); err == nil {
		t.Error("a third row was dropped, where two are in force")
	}
	l.restore()
	if _, err := l.dropOne(folder); err != nil {
		t.Errorf("after restore: %v", err)
	}
}

func TestSome(t *testing.T) {
	l, folder := openList(t)
	path, err := l.some(folder, 2)
	if err != nil {
		t.Fatal(err)
	}
	text := read(t, path)
	if !strings.Contains(text, "000000002") || !strings.Contains(text, "000000003") || strings.Count(text, "\n") != 3 {
		t.Errorf("want the header and the two rows in force:\n%s", text)
	}
	if _, err := l.some(folder, 3); err == nil {
		t.Error("a list of three was written, where two are in force")
	}
}
