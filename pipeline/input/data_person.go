package input

import (
	"fmt"
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

// people holds claims against beneficiaries and enrollment. One query groups a
// table's claims by identifier and tells which of the checks fail; those count
// rows and dollars.
func (d *dataCheck) people() {
	if d.err != nil || !d.has("beneficiary", d.enrollmentTable()) {
		return
	}
	for _, table := range personClaims {
		if !d.has(table) {
			continue
		}
		t := d.Tables[table]
		checks := personChecks(d.enrollmentTable())
		for i, n := range d.counts(table, d.personScreen(t), len(checks)) {
			if n > 0 {
				d.fail(t, checks[i])
			}
		}
	}
}

// personScreen counts identifiers of claims for each of the personChecks. The
// crosswalk meets identifiers, not claims.
func (d *dataCheck) personScreen(t TableFooters) string {
	current, crosswalk := "p.bene_id", ""
	if d.Mapped {
		current, crosswalk = "coalesce(x.latest, p.bene_id)", "left join "+Crosswalk+" as x on x.given = p.bene_id"
	}
	return fmt.Sprintf(`select
    cast(count(case when b.bene_id is null then 1 end) as bigint) as without_beneficiary,
    cast(count(case when e.bene_id is null then 1 end) as bigint) as without_enrollment,
    cast(count(case when p.last_date > b.death_date then 1 end) as bigint) as after_death,
    cast(count(case when p.first_date < b.birth_date then 1 end) as bigint) as before_birth
from (
    select bene_id, min(thru_date) as first_date, max(thru_date) as last_date
    from %[1]s
    where bene_id is not null
    group by bene_id
) as p
%[4]s
left join beneficiary as b on b.bene_id = %[3]s
left join (select distinct bene_id from %[2]s) as e on e.bene_id = %[3]s`, d.given(t), quote(d.enrollmentTable()), current, crosswalk)
}

// personChecks warn of claims for people whom another table does not have, and
// of services after death or before birth.
func personChecks(enrollment string) []rowCheck {
	return []rowCheck{
		strangers(CheckNoBeneficiary, "beneficiary", "they count for nobody"),
		strangers(CheckNoEnrollment, enrollment, "no month of theirs is eligible"),
		outsideLife(CheckAfterDeath, "> (select min(death_date)", "after the day of death"),
		outsideLife(CheckBeforeBirth, "< (select max(birth_date)", "before the day of birth"),
	}
}

func strangers(check, other, effect string) rowCheck {
	return rowCheck{
		check: check, severity: Warning, column: "bene_id", rule: "A11", mapped: true,
		bad:     fmt.Sprintf("r.bene_id is not null and not exists (select 1 from %s as other where other.bene_id = r.bene_id)", quote(other)),
		message: fmt.Sprintf("of people without a row in %s; %s", other, effect),
		remedy:  "complete " + other + ", or check that both come from one extract and one identifier",
	}
}

func outsideLife(check, day, when string) rowCheck {
	return rowCheck{
		check: check, severity: Warning, column: "thru_date", rule: "R5", mapped: true,
		bad:     "r.thru_date " + day + " from beneficiary as b where b.bene_id = r.bene_id)",
		message: "with a service " + when,
		remedy:  "check the day in table beneficiary, and the identifier of these claims",
	}
}
