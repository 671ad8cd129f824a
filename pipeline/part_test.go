package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// claimTables are cut by rows: a cancellation stands apart from what it names,
// and a claim's lines from each other.
var claimTables = map[string]string{
	"professional_claim_line":  "claim_id || line_number",
	"institutional_claim":      "claim_id",
	"institutional_claim_line": "claim_id || line_number",
}

const cuts = 3

// cutClaims writes an extract's claims as some files a table, each row where its
// key and a salt put it, and returns the flags that name the folders.
func cutClaims(t tester, runFile, to string, salt uint64) (flags []string) {
	t.Helper()
	for table, key := range claimTables {
		given := filepath.Join(filepath.Dir(runFile), "extract", table)
		if found, _ := filepath.Glob(filepath.Join(given, "*.parquet")); len(found) > 0 {
			given = filepath.Join(given, "*.parquet")
		} else if given += ".parquet"; !exists(given) {
			continue // the extract drawn has no row of it
		}
		for file := range cuts {
			rewrite(t, fmt.Sprintf("select * from %s where hash(%s || '%d') %% %d = %d", files(given), key, salt, cuts, file), cut(to, table, file))
		}
		flags = append(flags, fmt.Sprintf("inputs.%s=%s", table, filepath.Join(to, table)))
	}
	return flags
}

func cut(to, table string, file int) string {
	return filepath.Join(to, table, fmt.Sprintf("cut-%d.parquet", file))
}

// Files that come one after the other into one cache, are cut anew or go away:
// every table is byte for byte that of a run from nothing.
func TestPropertyFileByFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, o := drawExtract(t)
		runFile, to := random(t, x, o), folder(t)
		salt := rapid.Uint64().Draw(t, "salt of the cut")
		flags := cutClaims(t, runFile, to, salt)
		kept := append(flags, "output="+folder(t))
		same := func(what string) {
			t.Helper()
			if diff := cmp.Diff(publishedBytes(t, run(t, runFile, flags...)), publishedBytes(t, run(t, runFile, kept...))); diff != "" {
				t.Fatalf("%s: from nothing (-) and file by file (+) differ: %s", what, diff)
			}
		}
		moved := func(from, to string) {
			t.Helper()
			if err := os.Rename(from, to); err != nil {
				t.Fatal(err)
			}
		}
		late, aside := cut(to, "professional_claim_line", 0), filepath.Join(folder(t), "late")
		moved(late, aside)
		same("without a file")
		late = cut(to, "professional_claim_line", cuts) // another name, after the others
		moved(aside, late)
		same("a file added")
		if diff := cmp.Diff(publishedBytes(t, run(t, runFile)), publishedBytes(t, run(t, runFile, kept...))); diff != "" {
			t.Fatalf("uncut (-) and cut (+) differ: %s", diff)
		}
		moved(late, cut(to, "professional_claim_line", 0))
		cutClaims(t, runFile, to, salt+1)
		same("every file replaced")
		moved(cut(to, "professional_claim_line", 0), aside)
		same("a file removed")
	})
}
