package compare

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/shopspring/decimal"

	"leadline/pipeline/engine"
	"leadline/schemas"
)

// People counts who was gained, lost or moved.
type People struct {
	Source  Source         `json:"source"`
	Changes []PeopleChange `json:"changes"`
	// Causes are each ACO's ten that carried most dollars, in and out together.
	Causes []Cause `json:"causes"`
}

// Source is what people were counted from.
type Source string

// The sources, the best first.
const (
	FromTransition Source = "alignment_change_total"          // the table of the transition
	FromReverse    Source = "alignment_change_total_reversed" // that of the way back
	FromAlignment  Source = "alignment"                       // the runs' own tables: no months, dollars or causes
	FromNothing    Source = "none"                            // a run without tables of people
)

// hasCarried says whether months, dollars and causes are known.
func (s Source) hasCarried() bool { return s == FromTransition || s == FromReverse }

// PeopleChange is one kind of change of an ACO in an aligned year. Months and
// dollars are the ACO's: what it won, less what it lost; null where they are
// not known.
type PeopleChange struct {
	ACO         string           `json:"aco_id"`
	AlignedYear int              `json:"aligned_year"`
	Change      string           `json:"change"` // gained, moved_in, lost, moved_out, changed_type, changed_category, changed_months
	People      int64            `json:"people"`
	Months      *int64           `json:"months"`
	Dollars     *decimal.Decimal `json:"dollars"`
}

// Cause is a billing number, or voluntary or input, and what it moved over all
// aligned years: a person counts once in each year. Months and dollars are the
// ACO's, as in PeopleChange.
type Cause struct {
	ACO     string          `json:"aco_id"`
	Cause   string          `json:"cause"`
	People  int64           `json:"people"`
	Months  int64           `json:"months"`
	Dollars decimal.Decimal `json:"dollars"`
}

const causesShown = 10

// changeColumns are those of alignment_change_total, which has a row for each
// change, ACO and cause.
var changeColumns = []schemas.Column{
	{Name: "aligned_year", Type: schemas.Integer}, {Name: "change", Type: schemas.Varchar},
	{Name: "from_aco_id", Type: schemas.Varchar}, {Name: "to_aco_id", Type: schemas.Varchar},
	{Name: "cause", Type: schemas.Varchar}, {Name: "people", Type: schemas.Bigint},
	{Name: "from_months", Type: schemas.Bigint}, {Name: "to_months", Type: schemas.Bigint},
	{Name: "from_dollars", Type: schemas.Decimal(18, 2)}, {Name: "to_dollars", Type: schemas.Decimal(18, 2)},
}

// reversedQuery reads the way back as the way there.
const reversedQuery = `
select
    aligned_year,
    case change when 'gained' then 'lost' when 'lost' then 'gained' else change end as change,
    to_aco_id as from_aco_id, from_aco_id as to_aco_id, cause, people,
    to_months as from_months, from_months as to_months,
    to_dollars as from_dollars, from_dollars as to_dollars
from back`

// alignedQuery finds the changes in the runs' own tables.
const alignedQuery = `
with a as (
    select aligned_year, bene_id, aco_id, alignment_type from from_alignment where aco_id is not null
),
b as (
    select aligned_year, bene_id, aco_id, alignment_type from to_alignment where aco_id is not null
)
select
    coalesce(a.aligned_year, b.aligned_year) as aligned_year,
    case
        when a.aco_id is null then 'gained'
        when b.aco_id is null then 'lost'
        when a.aco_id <> b.aco_id then 'moved'
        else 'changed_type'
    end as change,
    a.aco_id as from_aco_id, b.aco_id as to_aco_id, cast('' as varchar) as cause, cast(1 as bigint) as people,
    cast(0 as bigint) as from_months, cast(0 as bigint) as to_months,
    cast(0 as decimal(18, 2)) as from_dollars, cast(0 as decimal(18, 2)) as to_dollars
from a
full join b
  on  b.aligned_year = a.aligned_year
  and b.bene_id = a.bene_id
where a.aco_id is null
   or b.aco_id is null
   or a.aco_id <> b.aco_id
   or a.alignment_type <> b.alignment_type`

// halfQuery is each change twice: for the ACO that it was taken from, and for
// the one that it was given to. A person counts once with each ACO.
const halfQuery = `
select
    to_aco_id as aco_id, aligned_year, coalesce(cause, '') as cause, people,
    case change when 'moved' then 'moved_in' else change end as change,
    coalesce(to_months, 0) as months, coalesce(to_dollars, 0) as dollars, coalesce(to_dollars, 0) as carried
from change
where to_aco_id is not null
union all
select
    from_aco_id as aco_id, aligned_year, coalesce(cause, '') as cause,
    case when change in ('lost', 'moved') then people else 0 end as people,
    case change when 'moved' then 'moved_out' else change end as change,
    -coalesce(from_months, 0) as months, -coalesce(from_dollars, 0) as dollars, coalesce(from_dollars, 0) as carried
from change
where from_aco_id is not null`

const changesQuery = `
select
    aco_id, aligned_year, change,
    cast(sum(people) as bigint) as people,
    cast(sum(months) as bigint) as months,
    cast(sum(dollars) as decimal(38, 2)) as dollars
from half
where %s
group by aco_id, aligned_year, change
order by aco_id, aligned_year, change`

const causesQuery = `
with summed as (
    select
        aco_id, cause,
        cast(sum(people) as bigint) as people,
        cast(sum(months) as bigint) as months,
        cast(sum(dollars) as decimal(38, 2)) as dollars,
        sum(carried) as carried
    from half
    where %s
    group by aco_id, cause
),
ranked as (
    select *, row_number() over (partition by aco_id order by carried desc, people desc, cause asc) as rank
    from summed
)
select * from ranked
where rank <= %d
order by aco_id, rank`

// people counts changes from the best source there is.
func (c *comparison) people(ctx context.Context) (People, error) {
	p := People{Changes: []PeopleChange{}, Causes: []Cause{}}
	var err error
	if p.Source, err = c.viewChange(ctx); err != nil || p.Source == FromNothing {
		return p, err
	}
	if err := c.engine.View(ctx, "half", halfQuery); err != nil {
		return p, err
	}
	err = c.each(ctx, fmt.Sprintf(changesQuery, c.only("aco_id")), func(r row) error {
		change := PeopleChange{ACO: r.Text("aco_id"), AlignedYear: int(r.Int("aligned_year")), Change: r.Text("change"), People: r.Int("people")}
		if p.Source.hasCarried() {
			months, dollars := r.Int("months"), r.Decimal("dollars")
			change.Months, change.Dollars = &months, &dollars
		}
		p.Changes = append(p.Changes, change)
		return nil
	})
	if err != nil || !p.Source.hasCarried() {
		return p, err
	}
	return p, c.each(ctx, fmt.Sprintf(causesQuery, c.only("aco_id"), causesShown), func(r row) error {
		p.Causes = append(p.Causes, Cause{r.Text("aco_id"), r.Text("cause"), r.Int("people"), r.Int("months"), r.Decimal("dollars")})
		return nil
	})
}

// viewChange names the best source there is `change`.
func (c *comparison) viewChange(ctx context.Context) (Source, error) {
	for _, way := range []struct {
		source   Source
		from, to run
		view     string
	}{{FromTransition, c.from, c.to, "change"}, {FromReverse, c.to, c.from, "back"}} {
		path := transition(way.from, way.to)
		if path == "" {
			continue
		}
		err := c.engine.Bind(ctx, way.view, engine.Dataset{Files: []string{path}, Columns: bound(changeColumns)})
		if err == nil && way.source == FromReverse {
			err = c.engine.View(ctx, "change", reversedQuery)
		}
		if err != nil {
			return way.source, damaged("%s is not the table that a run writes: %w", path, err)
		}
		return way.source, nil
	}
	if len(c.from.files("alignment")) == 0 || len(c.to.files("alignment")) == 0 {
		return FromNothing, nil
	}
	return FromAlignment, c.engine.View(ctx, "change", alignedQuery)
}

// transition is the path of a transition's table, beside either run.
func transition(from, to run) string {
	for _, r := range []run{to, from} {
		path := filepath.Join(filepath.Dir(r.folder), "changes", from.RunID+"__"+to.RunID, "alignment_change_total.parquet")
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}
