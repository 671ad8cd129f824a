package input

import (
	"context"
	"fmt"
	"strings"
	"time"
)

func (d *dataCheck) enrollment() {
	if d.has("enrollment_span") {
		d.spans(d.Tables["enrollment_span"])
	}
	if table := d.enrollmentTable(); d.has(table) {
		d.counties(d.Tables[table])
	}
}

// monthsOfPeople groups months by person, once for two checks: it returns how
// many people may have a month twice, and warns of gaps. A gap ends a person's
// eligible months of the year (R5), so it had better be meant.
func (d *dataCheck) monthsOfPeople(t TableFooters) int64 {
	const index = `extract(year from "month") * 12 + extract(month from "month")`
	key := d.groupKey(`"bene_id"`)
	counts := d.counts(t.Table.Name, fmt.Sprintf(`select
    cast(coalesce(sum(case when row_count <> bits then 1 end), 0) as bigint) as suspects,
    cast(coalesce(sum(case when last_month - first_month + 1 > row_count then 1 end), 0) as bigint) as people,
    cast(coalesce(sum(case when last_month - first_month + 1 > row_count then last_month - first_month + 1 - row_count end), 0) as bigint) as months
from (
    select %[1]s as grouped, count(*) as row_count, %[2]s as bits, min(%[3]s) as first_month, max(%[3]s) as last_month
    from enrollment_month
    group by %[1]s
) as people`, key, monthBits, index), 3)
	if counts[1] > 0 {
		d.add(Finding{
			Check: CheckMonthGap, Severity: Warning, Table: t.Table.Name, Column: "month", Rows: counts[2], Rule: "R5",
			Message: fmt.Sprintf("%d people lack %s between their first and last; a missing month is not eligible", counts[1], plural(counts[2], "month")),
			Remedy:  "check that every month's file is there",
		})
	}
	return counts[0]
}

// spans holds enrollment spans against themselves: months of overlapping ones
// would be there twice.
func (d *dataCheck) spans(t TableFooters) {
	counts := d.counts(t.Table.Name, `select cast(count(*) as bigint) as overlaps
from (
    select
        start_date,
        max(coalesce(end_date, date '9999-12-31')) over (
            partition by bene_id order by start_date nulls first, end_date nulls first
            rows between unbounded preceding and 1 preceding
        ) as earlier_end
    from enrollment_span
    where end_date is null or end_date >= start_date
) as ordered
where start_date <= earlier_end`, 1)
	if counts[0] == 0 {
		return
	}
	d.add(Finding{
		Check: CheckSpansOverlap, Severity: Error, Table: t.Table.Name, Column: "start_date", Rows: counts[0], Rule: "contract 1",
		Message: plural(counts[0], "row") + " of a person's spans begin before an earlier one has ended: their months would count twice",
		Remedy:  "end each span before the next begins",
	})
}

// residence are the state codes of the United States: the fifty states, the
// District of Columbia and five territories (R6).
const residence = " 01 02 04 05 06 08 09 10 11 12 13 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36" +
	" 37 38 39 40 41 42 44 45 46 47 48 49 50 51 53 54 55 56 60 66 69 72 78 "

const statePrefix = 2

// counties holds the counties of enrollment, a few thousand, against R6 and
// the reference table.
func (d *dataCheck) counties(t TableFooters) {
	if d.err != nil {
		return
	}
	_, rows, err := d.q.QueryRows(d.ctx, fmt.Sprintf("select county_fips, %s as row_count from %s where county_fips is not null group by county_fips", countOfRows, quote(t.Table.Name)))
	if err != nil {
		d.err = fmt.Errorf("check %s: %w", t.Table.Name, err)
		return
	}
	reference := referenceCounties(d.Small["county_expenditure"])
	var abroad, missing, missingCounties int64
	for _, row := range rows {
		county, _ := row[0].(string)
		n, _ := row[1].(int64)
		switch {
		case len(county) != fipsDigits: // another finding's
		case !strings.Contains(residence, " "+county[:statePrefix]+" "):
			abroad += n
		case reference != nil && !reference[county]:
			missing += n
			missingCounties++
		}
	}
	if abroad > 0 {
		d.add(Finding{
			Check: CheckCounty, Severity: Warning, Table: t.Table.Name, Column: "county_fips", Rows: abroad, Rule: "R6",
			Message: plural(abroad, "row") + " with a county outside the United States; such a month is not eligible",
			Remedy:  "check the state codes: FIPS, not SSA",
		})
	}
	if missing > 0 {
		d.add(Finding{
			Check: CheckReferenceCounty, Severity: Warning, Table: "county_expenditure", Column: "county_fips", Rows: missing, Rule: "R10",
			Message: fmt.Sprintf("%d counties of enrollment have no row; %s of enrollment lie in them, and the others' weights are spread over them", missingCounties, plural(missing, "row")),
			Remedy:  "add the counties to the reference table",
		})
	}
}

func referenceCounties(rows *Rows) map[string]bool {
	if rows == nil {
		return nil
	}
	known := map[string]bool{}
	for _, r := range rows.Records {
		known[r.Text("county_fips")] = true
	}
	return known
}

// scores refuses a category scored by different models.
//
// Source: section G.
func (d *dataCheck) scores() {
	if !d.has("risk_score") {
		return
	}
	counts := d.counts("risk_score", `select cast(count(*) as bigint) as categories
from (select category from risk_score group by category having count(distinct coalesce(model, '')) > 1) as mixed`, 1)
	if counts[0] == 0 {
		return
	}
	d.add(Finding{
		Check: CheckMixedModels, Severity: Error, Table: "risk_score", Column: "model", Rule: "G",
		Message: fmt.Sprintf("the scores of %d of the categories come from more than one model", counts[0]),
		Remedy:  "score every year of a category with one model and version",
	})
}

// windows warns of look-backs that begin before the extract does: they see
// less than the rule asks for.
func (d *dataCheck) windows() {
	const table = "professional_claim_line"
	if d.err != nil || !d.has(table) || d.Years.FirstPerformance == 0 {
		return
	}
	first, err := FirstDate(d.ctx, d.q, d.Tables[table])
	if d.err = err; err != nil || first.IsZero() {
		return
	}
	baseYear := d.Years.Base()[0]
	d.window(first, day(baseYear-3, time.July, 1), "A1", "the alignment period of "+fmt.Sprint(baseYear))
	d.window(first, day(baseYear-6, time.November, 1), "R20", "the sixty months of equipment before the check of January "+fmt.Sprint(baseYear))
}

// FirstDate is the service date of the first claim of a table, which footers
// mostly tell, or the zero time.
func FirstDate(ctx context.Context, q Querier, claims TableFooters) (time.Time, error) {
	if b := claims.bounds["thru_date"]; b.ranged && !b.empty {
		return time.Unix(b.low*secondsADay, 0).UTC(), nil
	}
	if claims.Rows == 0 {
		return time.Time{}, nil
	}
	_, rows, err := q.QueryRows(ctx, "select min(thru_date) as first_date from "+quote(claims.Table.Name))
	if err != nil {
		return time.Time{}, fmt.Errorf("first claim of %s: %w", claims.Table.Name, err)
	}
	if len(rows) == 0 {
		return time.Time{}, nil
	}
	first, _ := rows[0][0].(time.Time)
	return first, nil
}

func (d *dataCheck) window(first, start time.Time, rule, name string) {
	months := (first.Year()-start.Year())*12 + int(first.Month()) - int(start.Month())
	if months <= 0 {
		return
	}
	d.add(Finding{
		Check: CheckTruncatedWindow, Severity: Warning, Table: "professional_claim_line", Column: "thru_date", Rule: rule,
		Message: fmt.Sprintf("the first claim comes %s after the beginning of %s; what lies before is not seen", plural(int64(months), "month"), name),
		Remedy:  "extend the extract back, or read that year's results with this in mind",
	})
}
