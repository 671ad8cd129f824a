package input

import (
	"fmt"
	"math"
	"time"

	"leadline/schemas"
)

// plainTIN takes off what R25 takes off.
func plainTIN(column string) string {
	t := "trim(" + column + ")"
	return fmt.Sprintf("case when length(%s) = 10 and substr(%s, 3, 1) = '-' then substr(%s, 1, 2) || substr(%s, 4) else %s end", t, t, t, t, t)
}

// TINExpression is a text column in the normal form of a TIN, for views over
// an extract whose TINs CheckData has passed.
//
// Reading: R25.
func TINExpression(column string) string {
	c := quote(column)
	return fmt.Sprintf("case when length(%s) = 9 then %s else %s end", c, c, plainTIN(c))
}

// The texts of forms, as patterns: a TIN before R25 takes anything off, and the
// codes that CMS's two-character scheme of specialties can hold, 00 among them.
const (
	tinPattern       = "^ *([0-9]{9}|[0-9]{2}-[0-9]{7}) *$"
	fipsPattern      = "^[0-9]{5}$"
	specialtyPattern = "^[0-9A-E][0-9]$"
)

// unlike is true of a text that a pattern does not match. Extraction costs a
// fraction of translate where a file has no dictionary.
func unlike(name, pattern string) string {
	return fmt.Sprintf("regexp_extract(%s, '%s', 0) = ''", name, pattern)
}

func formChecks(t TableFooters, c schemas.Column, performanceYear int) []rowCheck {
	name := quote(c.Name)
	switch c.Form {
	case schemas.FormTIN:
		return []rowCheck{formCheck(c, CheckIdentifier, Error, "R25", unlike(name, tinPattern),
			"is not nine digits", "export the TIN as text, with its leading zeros")}
	case schemas.FormFIPS:
		return []rowCheck{formCheck(c, CheckIdentifier, Error, "R6", unlike(name, fipsPattern),
			"is not five digits", "export it as text, with its leading zero")}
	case schemas.FormSpecialty:
		return []rowCheck{formCheck(c, CheckSpecialty, Warning, "A3", "("+unlike(name, specialtyPattern)+" or "+name+" = '00')",
			"is no CMS specialty code; they count in no class", "export the two-character code, with its leading zero")}
	case schemas.FormHCPCS:
		return []rowCheck{formCheck(c, CheckHCPCS, Warning, "A2", "length("+name+") <> 5",
			"has not five characters", "export the code as text, whole")}
	case schemas.FormMonthFirst:
		first := formCheck(c, CheckMonth, Error, "contract 1", "extract(day from "+name+") <> 1",
			"is not the first of a month", "write each month as its first day")
		return []rowCheck{dateCheck(t, c, performanceYear), first}
	case schemas.FormDate, schemas.FormEndDate, schemas.FormOpenDate, schemas.FormBirthDate:
		return []rowCheck{dateCheck(t, c, performanceYear)}
	case schemas.FormYear:
		check := boundsCheck(c, CheckYear, fmt.Sprint(firstYear), fmt.Sprint(lastYear), fmt.Sprintf("outside %d to %d", firstYear, lastYear))
		check.settled = t.bounds[c.Name].within(firstYear, lastYear)
		return []rowCheck{check}
	case schemas.FormNotNegative:
		return []rowCheck{signCheck(t, c)}
	}
	return nil
}

func formCheck(c schemas.Column, check string, s Severity, rule, bad, fault, remedy string) rowCheck {
	return rowCheck{
		check: check, severity: s, column: c.Name, rule: rule, bad: bad,
		message: "whose " + c.Name + " " + fault, remedy: remedy,
	}
}

func signCheck(t TableFooters, c schemas.Column) rowCheck {
	return rowCheck{
		check: CheckNumber, severity: Error, column: c.Name, rule: "contract 1",
		bad:     quote(c.Name) + " < 0",
		settled: t.bounds[c.Name].within(0, math.MaxInt64),
		message: "whose " + c.Name + " is below zero", remedy: "correct the number",
	}
}

func dateCheck(t TableFooters, c schemas.Column, performanceYear int) rowCheck {
	first, last := dayBounds(c.Form, performanceYear)
	from, to := first.Format(time.DateOnly), last.Format(time.DateOnly)
	check := boundsCheck(c, CheckDate, "date '"+from+"'", "date '"+to+"'", "outside "+from+" to "+to)
	check.settled = t.bounds[c.Name].within(first.Unix()/secondsADay, last.Unix()/secondsADay)
	return check
}

func boundsCheck(c schemas.Column, check, from, to, message string) rowCheck {
	return rowCheck{
		check: check, severity: Error, column: c.Name, rule: "contract 1",
		bad:     fmt.Sprintf("(%s < %s or %s > %s)", quote(c.Name), from, quote(c.Name), to),
		message: "whose " + c.Name + " lies " + message, remedy: "correct the date, or leave these rows out at the source",
	}
}
