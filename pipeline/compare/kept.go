package compare

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"leadline/pipeline/publish"
	"leadline/schemas"
)

// Kept is what has the same bytes in both runs, and what has not.
type Kept struct {
	Files []FileState `json:"files"`
	// BaseYears are the claims-aligned rows of the base years; ACPT is that step
	// of the claims-aligned lines, which every ACO has whoever volunteers.
	BaseYears []RowState `json:"claims_aligned_base_years"`
	ACPT      RowState   `json:"acpt"`
}

// FileState is a published file in both runs.
type FileState struct {
	Path  string `json:"path"`
	State State  `json:"state"`
}

// State is how a file of one run stands to that of another.
type State string

// The states of a file.
const (
	Identical State = "identical"
	Changed   State = "changed"
	OnlyFrom  State = "only_from"
	OnlyTo    State = "only_to"
)

// RowState counts the rows that one run has and the other has not, or not so.
type RowState struct {
	Table    string `json:"table"`
	OnlyFrom int64  `json:"rows_only_from"`
	OnlyTo   int64  `json:"rows_only_to"`
}

func (r RowState) unchanged() bool { return r.OnlyFrom == 0 && r.OnlyTo == 0 }

// BaseYearsUnchanged says whether every claims-aligned row of a base year is as
// it was.
func (k Kept) BaseYearsUnchanged() bool {
	return !slices.ContainsFunc(k.BaseYears, func(r RowState) bool { return !r.unchanged() })
}

func fileStates(a, b []publish.File) []FileState {
	states := map[string]State{}
	digests := map[string]string{}
	for _, f := range a {
		states[f.Path], digests[f.Path] = OnlyFrom, f.SHA256
	}
	for _, f := range b {
		digest, both := digests[f.Path]
		switch {
		case !both:
			states[f.Path] = OnlyTo
		case digest == f.SHA256:
			states[f.Path] = Identical
		default:
			states[f.Path] = Changed
		}
	}
	files := []FileState{}
	for path, state := range states {
		files = append(files, FileState{path, state})
	}
	slices.SortFunc(files, func(a, b FileState) int { return cmp.Compare(a.Path, b.Path) })
	return files
}

// kept compares files by their digests and base years by their rows.
func (c *comparison) kept(ctx context.Context) (Kept, error) {
	k := Kept{Files: fileStates(c.from.Outputs, c.to.Outputs)}
	claims := fmt.Sprintf("alignment_type = '%s'", schemas.ClaimsAligned)
	for _, table := range []string{"exposure", "exposure_county", "expenditure", "baseline"} {
		rows := claims
		if table != "baseline" { // its rows are the base years'
			rows += fmt.Sprintf(" and year in (%s)", numbers(c.from.BaseYears))
		}
		state, err := c.rowState(ctx, table, rows)
		if err != nil {
			return k, err
		}
		k.BaseYears = append(k.BaseYears, state)
	}
	var err error
	k.ACPT, err = c.rowState(ctx, "benchmark_step", "step = 'acpt' and "+claims)
	return k, err
}

// rowState counts the rows of a table that differ.
func (c *comparison) rowState(ctx context.Context, table, rows string) (RowState, error) {
	state := RowState{Table: table}
	for _, side := range []struct {
		this, other string
		count       *int64
	}{{"from_", "to_", &state.OnlyFrom}, {"to_", "from_", &state.OnlyTo}} {
		query := fmt.Sprintf("select cast(count(*) as bigint) as n from (select * from %[1]s%[3]s where %[4]s except select * from %[2]s%[3]s where %[4]s) as d",
			side.this, side.other, table, rows)
		err := c.each(ctx, query, func(r row) error {
			*side.count = r.Int("n")
			return nil
		})
		if err != nil {
			return state, err
		}
	}
	return state, nil
}

func numbers(list []int) string {
	var words []string
	for _, n := range list {
		words = append(words, fmt.Sprint(n))
	}
	return strings.Join(words, ", ")
}
