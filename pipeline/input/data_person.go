package input

import (
	"fmt"
	"strings"
)

// personClaims are the tables of claims with a beneficiary, a service date and
// a payment.
var personClaims = []string{"professional_claim_line", "institutional_claim"}

// enrollmentTable is the one of the two that the extract has.
func (d *dataCheck) enrollmentTable() string {
	if d.has("enrollment_span") {
		return "enrollment_span"
	}
	return "enrollment_month"
}

// people holds claims against beneficiaries and enrollment, one group a person.
func (d *dataCheck) people() {
	if d.err != nil || !d.has("beneficiary", d.enrollmentTable()) {
		return
	}
	var with, parts []string
	for _, table := range personClaims {
		if d.has(table) {
			with = append(with, fmt.Sprintf(personGroups, quote(table), quote("of_"+table)))
			parts = append(parts, fmt.Sprintf(personCounts, table, quote("of_"+table)))
		}
	}
	if len(parts) == 0 {
		return
	}
	query := fmt.Sprintf("with enrolled as (select distinct bene_id from %s),\n%s\n%s",
		quote(d.enrollmentTable()), strings.Join(with, ",\n"), strings.Join(parts, "\nunion all\n"))
	_, rows, err := d.q.QueryRows(d.ctx, query)
	if err != nil {
		d.err = fmt.Errorf("check claims against beneficiary and %s: %w", d.enrollmentTable(), err)
		return
	}
	for _, row := range rows {
		if table, ok := row[0].(string); ok {
			d.claimsOfPeople(d.Tables[table], row[1:])
		}
	}
}

const personGroups = `%[2]s as (
    select bene_id, count(*) as row_count, sum(paid_amount) as dollars, min(thru_date) as first_date, max(thru_date) as last_date
    from %[1]s
    where bene_id is not null
    group by bene_id
)`

const personCounts = `select
    '%[1]s' as table_name,
    cast(coalesce(sum(case when b.bene_id is null then p.row_count end), 0) as bigint) as without_beneficiary,
    cast(coalesce(sum(case when b.bene_id is null then p.dollars end), 0) as decimal(18, 2)) as without_beneficiary_dollars,
    cast(coalesce(sum(case when e.bene_id is null then p.row_count end), 0) as bigint) as without_enrollment,
    cast(coalesce(sum(case when e.bene_id is null then p.dollars end), 0) as decimal(18, 2)) as without_enrollment_dollars,
    cast(coalesce(sum(case when p.last_date > b.death_date then 1 end), 0) as bigint) as after_death,
    cast(coalesce(sum(case when p.first_date < b.birth_date then 1 end), 0) as bigint) as before_birth
from %[2]s as p
left join beneficiary as b on b.bene_id = p.bene_id
left join enrolled as e on e.bene_id = p.bene_id`

func (d *dataCheck) claimsOfPeople(t TableFooters, row []any) {
	d.stranger(t, CheckNoBeneficiary, "beneficiary", row[0:2], "they count for nobody")
	d.stranger(t, CheckNoEnrollment, d.enrollmentTable(), row[2:4], "no month of theirs is eligible")
	if n, _ := row[4].(int64); n > 0 {
		d.outsideLife(t, CheckAfterDeath, "t.thru_date > b.death_date", "after the day of death")
	}
	if n, _ := row[5].(int64); n > 0 {
		d.outsideLife(t, CheckBeforeBirth, "t.thru_date < b.birth_date", "before the day of birth")
	}
}

// stranger warns of claims for people whom another table does not have.
func (d *dataCheck) stranger(t TableFooters, check, other string, counts []any, effect string) {
	rows, dollars := asCounts(counts)
	if rows == 0 {
		return
	}
	f := Finding{
		Check: check, Severity: Warning, Table: t.Table.Name, Column: "bene_id", Rows: rows, Dollars: dollars, Rule: "A11",
		Message: fmt.Sprintf("%s of people without a row in %s; %s", plural(rows, "row"), other, effect),
		Remedy:  "complete " + other + ", or check that both come from one extract and one identifier",
	}
	if !d.Mapped {
		d.locate(&f, t, fmt.Sprintf("bene_id is not null and not exists (select 1 from %s as other where other.bene_id = located.bene_id)", quote(other)))
	}
	d.add(f)
}

// outsideLife warns of services after death or before birth.
func (d *dataCheck) outsideLife(t TableFooters, check, bad, when string) {
	rows, dollars := d.countAndDollars(t.Table.Name, fmt.Sprintf(
		"select %s, %s from %s as t join beneficiary as b on b.bene_id = t.bene_id where %s", countOfRows, sumOfDollars, quote(t.Table.Name), bad))
	if rows == 0 {
		return
	}
	f := Finding{
		Check: check, Severity: Warning, Table: t.Table.Name, Column: "thru_date", Rows: rows, Dollars: dollars, Rule: "R5",
		Message: fmt.Sprintf("%s with a service %s", plural(rows, "row"), when),
		Remedy:  "check the day in table beneficiary, and the identifier of these claims",
	}
	if !d.Mapped {
		d.locate(&f, t, fmt.Sprintf("exists (select 1 from (select located.thru_date as thru_date) as t, beneficiary as b where b.bene_id = located.bene_id and %s)", bad))
	}
	d.add(f)
}
