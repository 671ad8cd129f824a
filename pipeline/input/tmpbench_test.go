package input_test

import (
	"os"
	"testing"
	"time"
	"fmt"
	"context"

	"leadline/pipeline/engine"
	"leadline/pipeline/input"
	"leadline/schemas"
)

type timed struct{ querier }

func (q timed) QueryRows(ctx context.Context, s string) ([]string, [][]any, error) {
	a := time.Now()
	c, r, err := q.querier.QueryRows(ctx, s)
	n := len(s)
	if n > 6000 { n = 6000 }
	fmt.Printf("%6.3f %s\n", time.Since(a).Seconds(), s[:n])
	return c, r, err
}

func TestTmp(t *testing.T) {
	dir := os.Getenv("TMPX")
	sources, f := input.ResolveAll(map[string]string{lines: os.Getenv("TMPL"), "beneficiary": "b.parquet", enrollment: "e.parquet"}, dir)
	fmt.Println(f)
	a := time.Now()
	footers, f, err := input.CheckFooters(t.Context(), sources)
	fmt.Println(f, err, "footers", time.Since(a))
	duck, _ := engine.OpenDuckDB(t.Context(), engine.Options{WorkFolder: t.TempDir(), MemoryLimit: "3GB"})
	defer duck.Close()
	for name, table := range footers {
		if err := duck.Bind(t.Context(), name, dataset(table)); err != nil { t.Fatal(err) }
	}
	for range 2 {
	a = time.Now()
	f, err = input.CheckData(t.Context(), timed{querier{duck}}, input.Extract{Years: schemas.Years{Performance: 2027, FirstPerformance: 2027}, Tables: footers, Scan: duck.ScanRows,
		GroupKey: func(e string) string { return "hash(" + e + ")" }})
	fmt.Println(err, "data", time.Since(a))
	}
	for _, x := range f { fmt.Println(x) }
}
