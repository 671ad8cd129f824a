package compare

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// GroupChange is a group's months, people and dollars in both runs.
type GroupChange struct {
	ACO           string      `json:"aco_id"`
	Year          int         `json:"year"`
	Category      string      `json:"category"`
	AlignmentType string      `json:"alignment_type"`
	From          GroupTotals `json:"from"`
	To            GroupTotals `json:"to"`
	Difference    GroupTotals `json:"difference"`
}

// GroupTotals are of exposure and expenditure.
type GroupTotals struct {
	EligibleMonths int64           `json:"eligible_months"`
	Beneficiaries  int64           `json:"beneficiaries"`
	Dollars        decimal.Decimal `json:"completed_dollars"`
}

func (t GroupTotals) less(other GroupTotals) GroupTotals {
	return GroupTotals{t.EligibleMonths - other.EligibleMonths, t.Beneficiaries - other.Beneficiaries, t.Dollars.Sub(other.Dollars)}
}

// unchanged says whether months, people and dollars are what they were.
func (g GroupChange) unchanged() bool {
	return g.Difference.EligibleMonths == 0 && g.Difference.Beneficiaries == 0 && g.Difference.Dollars.IsZero()
}

type groupKey struct {
	aco                     string
	year                    int64
	category, alignmentType string
}

const groupsQuery = `
with dollars as (
    select aco_id, year, category, alignment_type, cast(sum(completed_amount) as decimal(38, 6)) as dollars
    from %[1]sexpenditure
    group by aco_id, year, category, alignment_type
)
select e.aco_id, e.year, e.category, e.alignment_type, e.eligible_months, e.beneficiaries,
    coalesce(d.dollars, cast(0 as decimal(38, 6))) as dollars
from %[1]sexposure as e
left join dollars as d
  on  d.aco_id = e.aco_id
  and d.year = e.year
  and d.category = e.category
  and d.alignment_type = e.alignment_type
where e.%[2]s
order by e.aco_id, e.year, e.category, e.alignment_type`

// groups sets the published aggregates of the runs side by side.
func (c *comparison) groups(ctx context.Context) ([]GroupChange, error) {
	found := map[groupKey]*GroupChange{}
	for _, prefix := range []string{"from_", "to_"} {
		err := c.each(ctx, fmt.Sprintf(groupsQuery, prefix, c.only("aco_id")), func(r row) error {
			key := groupKey{r.Text("aco_id"), r.Int("year"), r.Text("category"), r.Text("alignment_type")}
			if found[key] == nil {
				found[key] = &GroupChange{ACO: key.aco, Year: int(key.year), Category: key.category, AlignmentType: key.alignmentType}
			}
			side := &found[key].From
			if prefix == "to_" {
				side = &found[key].To
			}
			*side = GroupTotals{r.Int("eligible_months"), r.Int("beneficiaries"), r.Decimal("dollars")}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	groups := []GroupChange{}
	for _, g := range found {
		g.Difference = g.To.less(g.From)
		groups = append(groups, *g)
	}
	slices.SortFunc(groups, func(a, b GroupChange) int {
		return cmp.Or(cmp.Compare(a.ACO, b.ACO), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Category, b.Category), cmp.Compare(a.AlignmentType, b.AlignmentType))
	})
	return groups, nil
}
