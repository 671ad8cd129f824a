package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leadline/fixtures"
)

// What a summary rests on is its key: a change makes anew exactly those that it
// can reach. Beside each, what the steps read, as their headers say.
func TestWhatMakesASummaryAnew(t *testing.T) {
	r := tiny(t)
	cache := folder(t)
	run(t, r.RunFile, "cache="+cache)
	for _, tt := range keyCases {
		t.Run(tt.name, func(t *testing.T) {
			changes := tt.change(t, r, folder(t))
			out := run(t, r.RunFile, append(changes, "cache="+copied(t, cache))...)
			var anew []string
			for _, s := range manifestStages(t, out.Path) {
				if s.Key != "" && !s.Reused {
					anew = append(anew, s.Name)
				}
			}
			if diff := cmp.Diff(strings.Fields(tt.anew), anew); diff != "" && len(anew)+len(tt.anew) > 0 {
				t.Errorf("want (-) and got (+) differ: %s", diff)
			}
			if !tt.isCompared {
				return
			}
			if diff := cmp.Diff(publishedBytes(t, run(t, r.RunFile, changes...)), publishedBytes(t, out)); diff != "" {
				t.Errorf("from nothing (-) and from what was kept (+) differ: %s", diff)
			}
		})
	}
}

// The parts, by what they read: the lines or the claims of a file, and of
// relations the lists of codes.
const (
	lineParts  = "named_line qualified_line restricted_candidate high_needs_diagnosis_line high_needs_equipment_line professional_paid line_dollars "
	claimParts = "named_claim stay_claim outpatient_claim high_needs_diagnosis_claim high_needs_claim institutional_paid institutional_dollars "
	codeParts  = "qualified_line restricted_candidate stay_claim "
)

const (
	ofClaims     = "service_summary high_needs category_month expenditure_year claim_dollars"
	ofEnrollment = "enrolled_month eligible_month high_needs category_month expenditure_year enrollment_total"
	ofHighNeeds  = "high_needs category_month expenditure_year"
	ofAll        = "service_summary enrolled_month eligible_month high_needs category_month expenditure_year claim_dollars enrollment_total"
)

var keyCases = []struct {
	name   string
	change func(t tester, r fixtures.Report, dir string) (flags []string)
	anew   string

	isCompared bool // with a run from nothing
}{
	{"nothing", flags(), "", false},
	{"threads and memory", flags("threads=2", "memory_limit=1GB"), "", false},
	{"a renamed file", renamed, "", false},
	{"rows in another order of the list", list("participant_tin", shuffled), "", false},

	{"all that no summary rests on", noSummarys, "", true},
	{"a parameter of the benchmark", flags("parameters.quality_share=0.9"), "", false},
	{"the stage test", flags("parameters.stage_1_minimum_share=0.2"), "", false},
	{"truncation", flags("parameters.truncation=true"), "", false},
	{"months", flags("parameters.eligible_months=any"), "eligible_month category_month expenditure_year enrollment_total", true},
	{"High Needs", flags("parameters.high_needs_lag_months=3"), ofHighNeeds, true},
	{"precedence of categories", flags("parameters.category_precedence=high_needs_first"), "category_month expenditure_year", false},
	{"qualified services", flags("parameters.qualified_service_set=mssp_425_400c"), codeParts + "service_summary", true},
	{"pass-through", flags("parameters.include_pass_through=true"), "", false}, // Go adds it to what the steps sum

	{"the Participant TIN list", list("participant_tin", func(_ []string, rows [][]string) [][]string { return rows[2:] }), "", false},
	{"voluntary alignment", extractList("voluntary_alignment"), "", false},
	{"a reference table", extractList("rate_book"), "", false},
	{"risk scores", someRows("risk_score", "bene_id"), "", false},
	{"High Needs scores", someRows("high_needs_score", "bene_id"), ofHighNeeds, false},
	{"hospitals' TINs", extractList("ccn_crosswalk"), "service_summary", false},
	{"a list of codes of alignment", codeList("pqem", "99213"), codeParts + "service_summary", false},
	{"a list of codes of High Needs", codeList("mobility_diagnosis", "G35"), "high_needs_diagnosis_line high_needs_diagnosis_claim " + ofHighNeeds, false},
	{"a list of codes left out", codeList("sahs", "97597"), "professional_paid expenditure_year", true},

	{"professional lines", someRows("professional_claim_line", "claim_id"), lineParts + ofClaims, true},
	{"institutional claims", someRows("institutional_claim", "claim_id"), claimParts + ofClaims, false},
	{"institutional lines", someRows("institutional_claim_line", "claim_id"), "service_summary", true},
	{"a person's row", column("beneficiary", "death_date", "case when hash(bene_id) % 97 = 0 then date '2026-06-30' else death_date end"), ofEnrollment, true},
	{"months of enrollment", someRows("enrollment_month", "bene_id"), ofEnrollment, false},
	{"a crosswalk of identifiers", crosswalk, lineParts + claimParts + ofAll, true},
}

// noSummarys is every change at once that the cases below find to make no summary
// anew.
func noSummarys(t tester, r fixtures.Report, dir string) []string {
	all := []string{"parameters.quality_share=0.9", "parameters.stage_1_minimum_share=0.2", "parameters.truncation=true", "parameters.include_pass_through=true"}
	for _, change := range []func(tester, fixtures.Report, string) []string{
		extractList("voluntary_alignment"), extractList("rate_book"), someRows("risk_score", "bene_id"),
	} {
		all = append(all, change(t, r, dir)...)
	}
	return all
}

// someRows leaves out the rows of a few keys.
func someRows(table, key string) func(tester, fixtures.Report, string) []string {
	return func(t tester, r fixtures.Report, dir string) []string {
		from := filepath.Join(r.Dir, "extract", table, "*.parquet")
		if found, _ := filepath.Glob(from); len(found) == 0 {
			from = filepath.Join(r.Dir, "extract", table+".parquet")
		}
		to := filepath.Join(dir, table+".parquet")
		rewrite(t, "select * from "+files(from)+" where hash("+key+") % 97 <> 0", to)
		return []string{"inputs." + table + "=" + to}
	}
}

// extractList leaves out the last row of a list of the extract.
func extractList(table string) func(tester, fixtures.Report, string) []string {
	return func(t tester, r fixtures.Report, dir string) []string {
		to := filepath.Join(dir, table+".csv")
		rewriteCSV(t, filepath.Join(r.Dir, "extract", table+".csv"), to, func(_ []string, rows [][]string) [][]string { return rows[:len(rows)-1] })
		return []string{"inputs." + table + "=" + to}
	}
}

// codeList puts a list of one code in the place of a default list.
func codeList(name, code string) func(tester, fixtures.Report, string) []string {
	return func(t tester, _ fixtures.Report, dir string) []string {
		to := filepath.Join(dir, "code_list.csv")
		if err := os.WriteFile(to, []byte("list_name,code\n"+name+","+code+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return []string{"inputs.code_list=" + to}
	}
}

// crosswalk gives somebody an earlier identifier.
func crosswalk(t tester, r fixtures.Report, dir string) []string {
	_, ids := query(t, "select max(bene_id) from "+files(filepath.Join(r.Dir, "extract", "beneficiary.parquet")))
	to := filepath.Join(dir, "mbi_crosswalk.csv")
	if err := os.WriteFile(to, []byte("old,new\n1A00A00AA00,"+ids[0][0]+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"inputs.mbi_crosswalk=" + to}
}

// renamed copies the extract's professional lines under other names.
func renamed(t tester, r fixtures.Report, dir string) []string {
	found, err := filepath.Glob(filepath.Join(r.Dir, "extract", "professional_claim_line", "*.parquet"))
	if err != nil || len(found) == 0 {
		t.Fatalf("%d files, %v", len(found), err)
	}
	for i, path := range found {
		text, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, "other-"+string(rune('z'-i))+".parquet"), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return []string{"inputs.professional_claim_line=" + dir}
}
