package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// People whose rows an extract holds twice, under an earlier identifier and the
// latest, count once, and claims under either are theirs (R25).
func TestTwoIdentifiersAreOnePerson(t *testing.T) {
	r := tiny(t)
	extract, to := filepath.Join(r.Dir, "extract"), folder(t)
	const changed, earlier = "hash(bene_id) % 3 = 0", "'OLD' || bene_id"
	var flags []string
	add := func(table, from, query string) {
		path := filepath.Join(to, table+".parquet")
		rewrite(t, fmt.Sprintf(query, files(filepath.Join(extract, from)), changed, earlier), path)
		flags = append(flags, fmt.Sprintf("inputs.%s=%s", table, path))
	}
	for _, table := range []string{"beneficiary", "enrollment_month", "risk_score", "high_needs_score"} {
		add(table, table+".parquet", "select * from %[1]s union all select * replace (%[3]s as bene_id) from %[1]s where %[2]s")
	}
	for _, table := range []string{"professional_claim_line", "institutional_claim"} {
		add(table, filepath.Join(table, "*.parquet"),
			"select * replace (case when %[2]s and hash(claim_id) %% 2 = 0 then %[3]s else bene_id end as bene_id) from %[1]s")
	}
	crosswalk := "old,new\n"
	_, people := query(t, fmt.Sprintf("select %s, bene_id from %s where %s", earlier, files(filepath.Join(extract, "beneficiary.parquet")), changed))
	for _, p := range people {
		crosswalk += p[0] + "," + p[1] + "\n"
	}
	list := filepath.Join(to, "mbi_crosswalk.csv")
	if err := os.WriteFile(list, []byte(crosswalk), 0o600); err != nil {
		t.Fatal(err)
	}
	one, two := run(t, r.RunFile), run(t, r.RunFile, append(flags, "inputs.mbi_crosswalk="+list)...)
	if diff := cmp.Diff(publishedBytes(t, one), publishedBytes(t, two)); diff != "" {
		t.Error(diff)
	}
	if one.Warnings != two.Warnings {
		t.Errorf("%d warnings of two identifiers, %d of one", two.Warnings, one.Warnings)
	}
}
