package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"leadline/fixtures/oracle"
	"leadline/pipeline"
)

// changeInputs changes what a quarterly update brings: claims, months, scores
// or designations, and perhaps the list too.
func changeInputs(r *rand.Rand, x *oracle.Extract) string {
	switch r.IntN(4) {
	case 0:
		x.ProfessionalClaimLine = slices.Delete(slices.Clone(x.ProfessionalClaimLine), 0, len(x.ProfessionalClaimLine)/3)
		return "fewer claims"
	case 1:
		x.RiskScore = nil
		return "no risk scores"
	case 2:
		x.VoluntaryAlignment = slices.Delete(slices.Clone(x.VoluntaryAlignment), 0, (len(x.VoluntaryAlignment)+1)/2)
		return "fewer designations"
	}
	return "another list: " + changeList(r, x)
}

const transitionTables = `
with a as (select * from read_parquet('%[1]s/alignment/*.parquet') where aco_id is not null),
b as (select * from read_parquet('%[2]s/alignment/*.parquet') where aco_id is not null),
compared as (
    select coalesce(a.aligned_year, b.aligned_year) as aligned_year, coalesce(a.bene_id, b.bene_id) as bene_id,
        a.aco_id as from_aco_id, b.aco_id as to_aco_id, a.alignment_type as from_alignment_type, b.alignment_type as to_alignment_type
    from a full join b on a.aligned_year = b.aligned_year and a.bene_id = b.bene_id
)
`

// The table of changes is what the two runs' own tables of people say, and what
// it carries is what the ACOs' months came to: claims-aligned months of each ACO
// and year differ by what the changes of the year carried in and out.
func TestPropertyChangesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, o := drawExtract(t)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed of the changes"), 1))
		output := folder(t)
		first := run(t, random(t, x, o), "output="+output)
		what := changeInputs(r, &x)
		second := run(t, random(t, x, o), "output="+output)
		if second.Unchanged {
			return
		}
		change := filepath.Join(output, "changes", first.RunID+"__"+second.RunID, "alignment_change.parquet")
		_, want := query(t, fmt.Sprintf(transitionTables, first.Path, second.Path)+`
select aligned_year, bene_id, from_aco_id, to_aco_id from compared
where from_aco_id is distinct from to_aco_id or from_alignment_type is distinct from to_alignment_type order by all`)
		_, got := query(t, "select aligned_year, bene_id, from_aco_id, to_aco_id from "+files(change)+
			" where change in ('gained', 'lost', 'moved', 'changed_type') order by all")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: people of the runs' tables (-) and of the changes (+): %s", what, diff)
		}
		_, off := query(t, fmt.Sprintf(`
with carried as (
    select aligned_year, to_aco_id as aco_id, to_months as months from %[1]s where to_alignment_type = 'claims'
    union all
    select aligned_year, from_aco_id, -from_months from %[1]s where from_alignment_type = 'claims'
    union all
    select year, aco_id, -eligible_months from read_parquet('%[3]s/exposure/*.parquet') where alignment_type = 'claims'
    union all
    select year, aco_id, eligible_months from read_parquet('%[2]s/exposure/*.parquet') where alignment_type = 'claims'
)
select aligned_year, aco_id, cast(sum(months) as bigint) as months from carried group by all having sum(months) <> 0`,
			files(change), first.Path, second.Path))
		if len(off) > 0 {
			t.Errorf("%s: months that no change carried, or too many: %v", what, off)
		}
	})
}

// A quarterly update moves what the methodology lets move. With the same list,
// newer designations and risk scores of the performance year leave the
// claims-aligned base years and the ACPT as they were, byte for byte.
func TestQuarterlyUpdateLeavesBaseYears(t *testing.T) {
	report, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	output := folder(t)
	first := run(t, report.RunFile, "output="+output)
	list := filepath.Join(folder(t), "voluntary_alignment.csv")
	rewriteCSV(t, filepath.Join(report.Dir, "extract", "voluntary_alignment.csv"), list, func(_ []string, rows [][]string) [][]string { return rows[1:] })
	scores := filepath.Join(folder(t), "risk_score.parquet")
	rewrite(t, "select * replace (case when year = 2027 then score + 0.01 else score end as score) from "+
		files(filepath.Join(report.Dir, "extract", "risk_score.parquet")), scores)
	months := filepath.Join(folder(t), "enrollment_month.parquet")
	rewrite(t, "select * from "+files(filepath.Join(report.Dir, "extract", "enrollment_month.parquet"))+" where month < date '2027-05-01'", months)
	second := run(t, report.RunFile, "output="+output,
		"inputs.voluntary_alignment="+list, "inputs.risk_score="+scores, "inputs.enrollment_month="+months)
	for _, table := range []struct{ name, where string }{
		{"alignment", "aligned_year < 2027 order by aligned_year, bene_id"},
		{"exposure", "year < 2027 and alignment_type = 'claims' order by all"},
		{"exposure_county", "year < 2027 and alignment_type = 'claims' order by all"},
		{"expenditure", "year < 2027 and alignment_type = 'claims' order by all"},
		{"baseline", "alignment_type = 'claims' order by all"},
		{"benchmark_step", "alignment_type = 'claims' and step in ('baseline', 'acpt') order by all"},
	} {
		rows := func(out pipeline.Outcome) [][]string {
			_, rows := query(t, fmt.Sprintf("select * from read_parquet('%s/%s/*.parquet', hive_partitioning = false) where %s", out.Path, table.name, table.where))
			if len(rows) == 0 {
				t.Errorf("%s: no rows; the test shows nothing", table.name)
			}
			return rows
		}
		if diff := cmp.Diff(rows(first), rows(second)); diff != "" {
			t.Errorf("%s: %s", table.name, diff)
		}
	}
	_, moved := query(t, fmt.Sprintf("select count(*) from (select * from read_parquet('%s/exposure/*.parquet', hive_partitioning = false) except select * from read_parquet('%s/exposure/*.parquet', hive_partitioning = false))",
		second.Path, first.Path))
	if moved[0][0] == "0" {
		t.Error("the update moved nothing; the test shows nothing")
	}
}

// The mid-year run of hybrid ACOs adds people for newly added TINs and drops
// none (A10).
func TestMidYearAddsAndDropsNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, o := drawWithoutNegativeCharges(t)
		x.VoluntaryAlignment = nil // a designation of a later month than the run's gives way to it
		o.MidYearMonth = time.Time{}
		for i := range x.ACO {
			x.ACO[i].AlignmentOption = "hybrid"
		}
		output := "output=" + folder(t)
		before := aligned(t, run(t, random(t, x, o), output))
		o.MidYearMonth = time.Date(o.PerformanceYear, time.July, 1, 0, 0, 0, 0, time.UTC)
		for _, tin := range unlisted(x) {
			x.ParticipantTIN = append(x.ParticipantTIN,
				oracle.ParticipantTIN{ACOID: x.ACO[0].ACOID, TIN: tin, EffectiveDate: o.MidYearMonth.AddDate(0, -1, 0)})
		}
		after := aligned(t, run(t, random(t, x, o), output))
		for key, was := range before {
			if after[key] != was {
				t.Errorf("someone was aligned to %q before the mid-year run and is to %q since", was, after[key])
			}
		}
	})
}

// aligned are the ACOs of those aligned in each year.
func aligned(t tester, out pipeline.Outcome) map[string]string {
	acos := map[string]string{}
	for key, cells := range published(t, out, "alignment") {
		if cells["aco_id"] != "" {
			acos[key] = cells["aco_id"] + " " + cells["alignment_type"]
		}
	}
	return acos
}
