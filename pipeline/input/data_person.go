package input

import "fmt"

// claimTables are the tables of claims with a beneficiary, a service date and
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
	if !d.has("beneficiary", d.enrollmentTable()) {
		return
	}
	for _, table := range personClaims {
		if d.has(table) {
			d.claimsOfPeople(d.Tables[table])
		}
	}
}

const personQuery = `with person as (
    select bene_id, count(*) as row_count, sum(paid_amount) as dollars, min(thru_date) as first_date, max(thru_date) as last_date
    from %[1]s
    where bene_id is not null
    group by bene_id
),
enrolled as (select distinct bene_id from %[2]s)
select
    cast(coalesce(sum(case when b.bene_id is null then p.row_count end), 0) as bigint) as without_beneficiary,
    cast(coalesce(sum(case when b.bene_id is null then p.dollars end), 0) as decimal(18, 2)) as without_beneficiary_dollars,
    cast(coalesce(sum(case when e.bene_id is null then p.row_count end), 0) as bigint) as without_enrollment,
    cast(coalesce(sum(case when e.bene_id is null then p.dollars end), 0) as decimal(18, 2)) as without_enrollment_dollars,
    cast(coalesce(sum(case when p.last_date > b.death_date then 1 end), 0) as bigint) as after_death,
    cast(coalesce(sum(case when p.first_date < b.birth_date then 1 end), 0) as bigint) as before_birth
from person as p
left join beneficiary as b on b.bene_id = p.bene_id
left join enrolled as e on e.bene_id = p.bene_id`

func (d *dataCheck) claimsOfPeople(t TableFooters) {
	row := d.row(t.Table.Name, fmt.Sprintf(personQuery, quote(t.Table.Name), quote(d.enrollmentTable())))
	if len(row) < 6 {
		return
	}
	d.stranger(t, CheckNoBeneficiary, "beneficiary", row[0:2], "they count for nobody")
	d.stranger(t, CheckNoEnrollment, d.enrollmentTable(), row[2:4], "no month of theirs is eligible")
	if n, _ := row[4].(int64); n > 0 {
		d.outsideLife(t, CheckAfterDeath, "thru_date", "t.thru_date > b.death_date", "after the day of death")
	}
	if n, _ := row[5].(int64); n > 0 {
		d.outsideLife(t, CheckBeforeBirth, "thru_date", "t.thru_date < b.birth_date", "before the day of birth")
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
func (d *dataCheck) outsideLife(t TableFooters, check, column, bad, when string) {
	rows, dollars := d.countAndDollars(t.Table.Name, fmt.Sprintf(
		"select %s, %s from %s as t join beneficiary as b on b.bene_id = t.bene_id where %s", countOfRows, sumOfDollars, quote(t.Table.Name), bad))
	if rows == 0 {
		return
	}
	f := Finding{
		Check: check, Severity: Warning, Table: t.Table.Name, Column: column, Rows: rows, Dollars: dollars, Rule: "R5",
		Message: fmt.Sprintf("%s with a service %s", plural(rows, "row"), when),
		Remedy:  "check the day in table beneficiary, and the identifier of these claims",
	}
	if !d.Mapped {
		d.locate(&f, t, fmt.Sprintf("exists (select 1 from (select located.thru_date as thru_date) as t, beneficiary as b where b.bene_id = located.bene_id and %s)", bad))
	}
	d.add(f)
}
