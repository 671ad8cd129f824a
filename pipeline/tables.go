package pipeline

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"leadline/pipeline/publish"
	"leadline/schemas"
)

// highNeedsQuery gives the published names to what the step counts.
const highNeedsQuery = `
select
    bene_id,
    first_month,
    criteria,
    inpatient_diagnosis_claims as mobility_inpatient_count,
    other_diagnosis_dates as mobility_other_date_count,
    score,
    unplanned_admission_dates as unplanned_admission_count,
    equipment_dates as frailty_date_count,
    snf_days as snf_day_count,
    window_truncated
from high_needs
order by bene_id`

// alignmentColumns are those of the published table.
const alignmentColumns = `
    cast(aligned_year as integer) as aligned_year,
    bene_id,
    aco_id,
    alignment_type,
    stage,
    winner_entity_id,
    winner_weighted_charge,
    winner_latest_date,
    runner_up_entity_id,
    runner_up_weighted_charge,
    runner_up_latest_date,
    margin,
    tie_unresolved,
    reason_code
`

// alignmentQuery is one aligned year of the published table: what the steps gave
// for everyone, or for the people whom a changed list touches, in place of their
// rows among those that the last run kept.
func (c *computation) alignmentQuery(year int) string {
	const query = "select" + alignmentColumns + "from %s where aligned_year = %d"
	if !c.isMerged {
		return fmt.Sprintf(query, "alignment", year)
	}
	return fmt.Sprintf("select k.* from %s as k anti join touched as t on t.bene_id = k.bene_id union all "+query,
		keptAlignment(year), after+"alignment", year)
}

// candidateQuery is one aligned year of the entities that competed in January's
// run, with their charges by alignment year.
const candidateQuery = `
with numbered as (
    select
        aligned_year,
        window_start,
        row_number() over (partition by aligned_year order by window_start asc nulls last) as ordinal
    from alignment_window
    where alignment_run = 'january'
      and aligned_year = %[1]d
),
charge as (
    select
        s.bene_id,
        coalesce(p.aco_id, s.billing_number) as entity_id,
        s.class,
        cast(sum(case when w.ordinal = 1 then s.charge_cents else 0 end) as bigint) as ay1_charge,
        cast(sum(case when w.ordinal = 2 then s.charge_cents else 0 end) as bigint) as ay2_charge
    from service_summary as s
    join numbered as w
      on w.window_start = s.window_start
    left join participant as p
      on  p.alignment_run = 'january'
      and p.billing_number = s.billing_number
    group by s.bene_id, coalesce(p.aco_id, s.billing_number), s.class
)
select
    cast(c.aligned_year as integer) as aligned_year,
    c.bene_id,
    c.entity_id,
    cast(c.stage as integer) as stage,
    c.class,
    h.ay1_charge,
    h.ay2_charge,
    c.weighted_charge,
    c.latest_date,
    cast(c.rank as integer) as rank
from alignment_candidate as c
join charge as h
  on  h.bene_id = c.bene_id
  and h.entity_id = c.entity_id
  and h.class = c.class
where c.alignment_run = 'january'
  and c.aligned_year = %[1]d
order by c.bene_id, c.entity_id`

// writeTables writes every published table into the folder aside: those with a
// row a beneficiary by the engine, the others by Arrow.
func (c *computation) writeTables(ctx context.Context, s *publish.Staging) error {
	if c.publish.RowLevel {
		if err := c.writeRowLevel(ctx, s); err != nil {
			return err
		}
	}
	r := c.results
	small := []struct {
		table string
		rows  [][]any
	}{
		{"exposure", r.exposureRows},
		{"exposure_county", r.countyRows},
		{"expenditure", c.expenditureRows()},
		{"baseline", c.baselineRows()},
		{"benchmark_step", c.stepRows()},
		{"benchmark", c.benchmarkRows()},
		{"identity", c.identityRows()},
	}
	for _, t := range small {
		definition, known := schemas.Output(t.table)
		if !known {
			return fmt.Errorf("table %s is not in the contract", t.table)
		}
		path, err := s.Table(t.table, t.table+".parquet")
		if err != nil {
			return err
		}
		if err := publish.WriteTable(path, definition, t.rows); err != nil {
			return err
		}
	}
	return nil
}

// writeRowLevel publishes the years of alignment as they are kept, and has the
// engine write the other tables with a row a beneficiary.
func (c *computation) writeRowLevel(ctx context.Context, s *publish.Staging) error {
	write := func(table, file string, into func(path string) (int64, error)) error {
		path, err := s.Table(table, file)
		if err != nil {
			return err
		}
		return c.timed(Stage{Name: "write " + table, Why: "published with the run"}, func(stage *Stage) (err error) {
			stage.Rows, err = into(path)
			return err
		})
	}
	for _, k := range c.groups {
		if k.year == 0 {
			continue
		}
		err := write("alignment", fmt.Sprintf("alignment_%d.parquet", k.year), func(path string) (int64, error) {
			return k.entry.Rows, publish.CopyFile(k.entry.Path, path)
		})
		if err != nil {
			return err
		}
		if !c.publish.Candidate {
			continue
		}
		err = write("alignment_candidate", fmt.Sprintf("alignment_candidate_%d.parquet", k.year), func(path string) (int64, error) {
			return c.engine.Write(ctx, fmt.Sprintf(candidateQuery, k.year), path)
		})
		if err != nil {
			return err
		}
	}
	return write("high_needs", "high_needs.parquet", func(path string) (int64, error) {
		return c.engine.Write(ctx, highNeedsQuery, path)
	})
}

// The scales of the published columns (R12). Amounts are rounded where they are
// shown, half even, and never where they are used.
const (
	amountPlaces = 6
	factorPlaces = 8
)

func (c *computation) expenditureRows() [][]any {
	var rows [][]any
	for _, e := range c.results.expenditure {
		amounts := []decimal.Decimal{e.Paid, e.Excluded(), e.IME, e.DSH, e.UncompensatedCare, e.SAHS, e.SkinSubstitute, e.Net}
		row := []any{e.ACO, int64(e.Year), string(e.Category), string(e.AlignmentType), e.ClaimType}
		for _, amount := range amounts {
			row = append(row, amount.RoundBank(amountPlaces))
		}
		rows = append(rows, append(row, e.CompletionFactor.RoundBank(factorPlaces), e.Truncated.RoundBank(amountPlaces), e.Completed.RoundBank(amountPlaces)))
	}
	return rows
}

func (c *computation) identityRows() [][]any {
	var rows [][]any
	for _, i := range c.results.identities {
		rows = append(rows, []any{i.Check, i.Scope, i.Left, i.Right, i.Difference(), i.Holds()})
	}
	return rows
}

// orNull is a decimal, or null where there is none.
func orNull(d *decimal.Decimal) any {
	if d == nil {
		return nil
	}
	return *d
}

func textOrNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func (c *computation) baselineRows() [][]any {
	var rows [][]any
	for _, b := range c.results.benchmark.Baselines {
		row := []any{b.ACO, string(b.Category), string(b.AlignmentType)}
		for _, y := range b.Years {
			row = append(row, int64(y.Year), orNull(y.PBPM), orNull(y.Weight), orNull(y.Trend), orNull(y.RiskRatio))
		}
		rows = append(rows, append(row, orNull(b.PBPM), b.IsCalculable, textOrNull(b.Reason)))
	}
	return rows
}

func (c *computation) stepRows() [][]any {
	var rows [][]any
	for _, s := range c.results.benchmark.Steps {
		rows = append(rows, []any{
			s.ACO, int64(s.PerformanceYear), string(s.Category), string(s.AlignmentType), int64(s.Line), s.Step, s.Label,
			orNull(s.Value), s.Unit, textOrNull(s.Formula), s.Source, string(s.Status), s.IsCalculable, textOrNull(s.Reason),
		})
	}
	return rows
}

func (c *computation) benchmarkRows() [][]any {
	var rows [][]any
	for _, b := range c.results.benchmark.Benchmarks {
		row := []any{b.ACO, int64(b.PerformanceYear), string(b.Category), string(b.AlignmentType)}
		for _, d := range []*decimal.Decimal{b.PBPM.BeforeDiscount, b.PBPM.AfterDiscount, b.PBPM.QualityWithhold,
			b.PBPM.SettlementBenchmark, b.PBPM.AdministrativeAddOn, b.DiscountRate} {
			row = append(row, orNull(d))
		}
		row = append(row, textOrNull(string(b.SpendingGroup)), int64(b.EligibleMonths))
		for _, d := range []*decimal.Decimal{b.Dollars.BeforeDiscount, b.Dollars.AfterDiscount, b.Dollars.QualityWithhold,
			b.Dollars.SettlementBenchmark, b.Dollars.AdministrativeAddOn} {
			row = append(row, orNull(d))
		}
		rows = append(rows, append(row, b.IsCalculable, textOrNull(b.Reason)))
	}
	return rows
}
