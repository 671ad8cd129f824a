package pipeline

import (
	"context"

	"github.com/shopspring/decimal"

	"leadline/aggregate"
	"leadline/benchmark"
	"leadline/pipeline/engine"
	"leadline/schemas"
)

// collectIdentities holds the extract against the tables (C7).
func (c *computation) collectIdentities(ctx context.Context) error {
	totals, err := c.totals(ctx)
	if err != nil {
		return err
	}
	aside, err := c.setAside(ctx)
	if err != nil {
		return err
	}
	c.results.identities = aggregate.Identities(totals, c.counted(), aside, c.aggregate)
	return nil
}

// totals are the left sides.
func (c *computation) totals(ctx context.Context) ([]aggregate.Total, error) {
	var totals []aggregate.Total
	err := c.each(ctx, `
select d.year, d.paid_amount, d.pass_through_amount, coalesce(e.months, 0) as months, coalesce(e.people, 0) as people
from claim_dollars as d
left join enrollment_total as e on e.year = d.year
order by d.year`, func(r engine.Row) error {
		totals = append(totals, aggregate.Total{
			Year: int(r.Int("year")), Paid: r.Decimal("paid_amount"), PassThrough: r.Decimal("pass_through_amount"),
			Months: decimal.NewFromInt(r.Int("months")), People: decimal.NewFromInt(r.Int("people")),
		})
		return nil
	})
	return totals, err
}

func (c *computation) setAside(ctx context.Context) ([]aggregate.SetAside, error) {
	var aside []aggregate.SetAside
	err := c.each(ctx, `
select year, alignment_type, reason, paid_amount, pass_through_amount,
    cast(0 as bigint) as months, cast(0 as bigint) as people
from set_aside_dollars
union all
select year, alignment_type, reason, cast(0 as decimal(18, 2)), cast(0 as decimal(18, 2)), months, people
from set_aside_months
order by year, alignment_type, reason`, func(r engine.Row) error {
		aside = append(aside, aggregate.SetAside{
			Year: int(r.Int("year")), AlignmentType: schemas.AlignmentType(r.Text("alignment_type")), Reason: r.Text("reason"),
			Paid: r.Decimal("paid_amount"), PassThrough: r.Decimal("pass_through_amount"),
			Months: decimal.NewFromInt(r.Int("months")), People: decimal.NewFromInt(r.Int("people")),
		})
		return nil
	})
	return aside, err
}

// counted are the right sides that the published tables hold.
func (c *computation) counted() []aggregate.Counted {
	var counted []aggregate.Counted
	for _, e := range c.results.expenditure {
		counted = append(counted, aggregate.Counted{
			Year: e.Year, AlignmentType: e.AlignmentType, Net: e.Net, Excluded: e.Excluded(),
		})
	}
	for _, e := range c.results.exposure {
		counted = append(counted, aggregate.Counted{
			Year: e.Year, AlignmentType: e.AlignmentType, Months: e.EligibleMonths.Decimal(),
		})
	}
	for _, p := range c.results.people {
		counted = append(counted, aggregate.Counted{Year: p.Year, AlignmentType: p.AlignmentType, People: decimal.NewFromInt(p.People)})
	}
	return counted
}

// collectPeople counts the people of the groups.
func (c *computation) collectPeople(ctx context.Context) error {
	return c.each(ctx, `
select aco_id, year, alignment_type, people, high_needs_people
from aligned_people
order by aco_id, year, alignment_type`, func(r engine.Row) error {
		c.results.people = append(c.results.people, benchmark.AlignedPeople{
			ACO: r.Text("aco_id"), Year: int(r.Int("year")), AlignmentType: schemas.AlignmentType(r.Text("alignment_type")),
			People: r.Int("people"), HighNeeds: r.Int("high_needs_people"),
		})
		return nil
	})
}
