package compare

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"leadline/benchmark"
	"leadline/schemas"
)

// bridges lead from the one run's settlement benchmarks to the other's.
func (c *comparison) bridges(ctx context.Context) ([]benchmark.Bridge, error) {
	from, err := c.bridgeRun(ctx, "from_", c.from)
	if err != nil {
		return nil, err
	}
	to, err := c.bridgeRun(ctx, "to_", c.to)
	if err != nil {
		return nil, err
	}
	bridges, err := benchmark.Bridges(from, to)
	if err != nil {
		return nil, damaged("%w; the run was published by another version of leadline or is damaged", err)
	}
	return bridges, nil
}

func (c *comparison) bridgeRun(ctx context.Context, prefix string, r run) (benchmark.BridgeRun, error) {
	found := benchmark.BridgeRun{Parameters: r.Parameters}
	query := fmt.Sprintf("select * from %sbenchmark where %s order by aco_id, category, alignment_type", prefix, c.only("aco_id"))
	err := c.each(ctx, query, func(r row) error {
		found.Benchmarks = append(found.Benchmarks, benchmark.Benchmark{
			ACO: r.Text("aco_id"), PerformanceYear: int(r.Int("performance_year")),
			Category: schemas.Category(r.Text("category")), AlignmentType: schemas.AlignmentType(r.Text("alignment_type")),
			PBPM:           benchmark.BenchmarkAmounts{SettlementBenchmark: number(r, "settlement_benchmark_pbpm")},
			Dollars:        benchmark.BenchmarkAmounts{SettlementBenchmark: number(r, "settlement_benchmark_dollars")},
			SpendingGroup:  benchmark.SpendingGroup(r.Text("spending_group")),
			EligibleMonths: schemas.PersonMonths(r.Int("eligible_months")),
			IsCalculable:   r.Bool("is_calculable"), Reason: r.Text("reason"),
		})
		return nil
	})
	if err != nil {
		return found, err
	}
	query = fmt.Sprintf("select * from %sbenchmark_step where %s order by aco_id, category, alignment_type, line", prefix, c.only("aco_id"))
	return found, c.each(ctx, query, func(r row) error {
		found.Steps = append(found.Steps, benchmark.Step{
			ACO: r.Text("aco_id"), Category: schemas.Category(r.Text("category")),
			AlignmentType: schemas.AlignmentType(r.Text("alignment_type")), Step: r.Text("step"), Value: number(r, "value"),
		})
		return nil
	})
}

// number is a decimal, or nil for null.
func number(r row, column string) *decimal.Decimal {
	if r.IsNull(column) {
		return nil
	}
	d := r.Decimal(column)
	return &d
}
