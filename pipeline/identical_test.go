package pipeline_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leadline/fixtures"
	"leadline/pipeline"
)

// publishedBytes are the SHA-256 of every published file but the manifest,
// which tells how and from what the others were made.
func publishedBytes(t tester, out pipeline.Outcome) map[string]string {
	t.Helper()
	sums := map[string]string{}
	err := filepath.WalkDir(out.Path, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == "manifest.json" {
			return err
		}
		text, err := os.ReadFile(path)
		sum := sha256.Sum256(text)
		name, _ := filepath.Rel(out.Path, path)
		sums[name] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	const aligned = 4 // years, a file each
	for table, files := range map[string]int{"alignment": aligned, "high_needs": 1, "expenditure": 1, "benchmark_step": 1} {
		if found, _ := filepath.Glob(filepath.Join(out.Path, table, "*.parquet")); len(found) != files {
			t.Fatalf("%s: %d files, want %d", table, len(found), files)
		}
	}
	return sums
}

// Neither threads nor a memory limit far below what the run needs nor the cut
// and order of the input files change a published byte.
func TestPublishedBytesAreTheSame(t *testing.T) {
	report, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	want := publishedBytes(t, run(t, report.RunFile, "threads=1"))
	same := func(t *testing.T, out pipeline.Outcome) {
		t.Helper()
		if diff := cmp.Diff(want, publishedBytes(t, out)); diff != "" {
			t.Error(diff)
		}
	}
	other := permuted(t, report)
	t.Run("four threads", func(t *testing.T) { same(t, run(t, report.RunFile, "threads=4")) })
	t.Run("other files and order", func(t *testing.T) { same(t, run(t, report.RunFile, append(other, "threads=4")...)) })
	t.Run("spilling", func(t *testing.T) { same(t, spilling(t, report.RunFile, other)) })
	t.Run("a column in the path", func(t *testing.T) { same(t, run(t, report.RunFile, byClaimType(t, report))) })
}

// spilling runs under the least limit that a run file may give, and fails
// unless rows of the run were written to its spill folder.
func spilling(t *testing.T, runFile string, inputs []string) pipeline.Outcome {
	output := folder(t)
	ctx, cancel := context.WithCancel(t.Context())
	most := make(chan int64)
	go func() { most <- mostSpilled(ctx, output) }()
	out := run(t, runFile, append(inputs, "threads=2", "memory_limit=64MB", "output="+output)...)
	cancel()
	const some = 1 << 20
	if n := <-most; n < some {
		t.Errorf("at most %d bytes were seen in the spill folder: the limit did not bite", n)
	}
	return out
}

// mostSpilled watches a run's spill folder until the context ends.
func mostSpilled(ctx context.Context, output string) int64 {
	var most int64
	for {
		var size int64
		spilled, _ := filepath.Glob(filepath.Join(output, ".cache", "work-*", "spill", "*"))
		for _, path := range spilled {
			if info, err := os.Stat(path); err == nil {
				size += info.Size()
			}
		}
		most = max(most, size)
		select {
		case <-ctx.Done():
			return most
		case <-time.After(time.Millisecond):
		}
	}
}

// byClaimType lays professional lines into hive folders by their claim type,
// which then stands in the path only.
func byClaimType(t *testing.T, r fixtures.Report) (flag string) {
	to := filepath.Join(folder(t), "lines")
	from := files(filepath.Join(r.Dir, "extract", "professional_claim_line", "*.parquet"))
	_, codes := query(t, "select distinct claim_type_code from "+from)
	for _, code := range codes {
		rewrite(t, fmt.Sprintf("select * exclude (claim_type_code) from %s where claim_type_code = '%s'", from, code[0]),
			filepath.Join(to, "claim_type_code="+code[0], "rows.parquet"))
	}
	return "inputs.professional_claim_line=" + to
}

// permuted writes the extract anew, each table's rows in another order: claims
// cut into hive folders by year and files across them, small row groups, CSV
// lists shuffled. It returns the flags that name the new files.
func permuted(t *testing.T, r fixtures.Report) []string {
	to := folder(t)
	extract := filepath.Join(r.Dir, "extract")
	var flags []string
	for table, key := range map[string]string{
		"professional_claim_line": "claim_id || line_number", "institutional_claim": "claim_id", "institutional_claim_line": "claim_id || line_number",
	} {
		const parts = 3
		for part := range parts {
			rewrite(t, fmt.Sprintf("select * from %s where hash(%s) %% %d = %d order by hash(%s || 'x')",
				files(filepath.Join(extract, table, "*.parquet")), key, parts, part, key),
				filepath.Join(to, table, fmt.Sprintf("cut=%d", parts-part), "rows.parquet"))
		}
		flags = append(flags, fmt.Sprintf("inputs.%s=%s", table, filepath.Join(to, table)))
	}
	for table, key := range map[string]string{
		"enrollment_month": "bene_id || month", "beneficiary": "bene_id", "risk_score": "bene_id || year || category", "high_needs_score": "bene_id || check_date",
	} {
		path := filepath.Join(to, "other name of "+table+".parquet")
		rewrite(t, fmt.Sprintf("select * from %s order by hash(%s)", files(filepath.Join(extract, table+".parquet")), key), path)
		flags = append(flags, fmt.Sprintf("inputs.%s=%s", table, path))
	}
	lists, err := filepath.Glob(filepath.Join(extract, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range append(lists, filepath.Join(r.Dir, "participant_tin.csv"), filepath.Join(r.Dir, "aco.csv")) {
		path := filepath.Join(to, filepath.Base(list))
		rewriteCSV(t, list, path, shuffled)
		flags = append(flags, fmt.Sprintf("inputs.%s=%s", strings.TrimSuffix(filepath.Base(list), ".csv"), path))
	}
	return flags
}
