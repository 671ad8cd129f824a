package input_test

import (
	"fmt"
	"testing"

	"leadline/pipeline/input"
)

// row sets columns of one row of a table, counted from 0.
func row(name, table string, i int, more map[string]any, want ...finding) damage {
	return damage{name, func(e *extract) { with(e.rows[table][i], more) }, want}
}

type set = map[string]any

const (
	claims     = "institutional_claim"
	enrollment = "enrollment_month"
)

// The lines of sound pay 10.50, 20.50, 10.50, 10.50, in row groups of two.
func rowDamages() []damage {
	at := func(f finding, row int64) finding { return f.at(f.table+".parquet", int(row+1)/2, row) }
	return []damage{
		row("no TIN", lines, 2, set{"tin": nil}, at(failure(input.CheckNull, lines, "tin"), 3).touching(1, "10.50").saying("1 row without tin")),
		row("a blank TIN", lines, 2, set{"tin": "  "}, at(failure(input.CheckIdentifier, lines, "tin"), 3).touching(1, "10.50")),
		row("a TIN of eight digits", lines, 1, set{"tin": "12345678"}, at(failure(input.CheckIdentifier, lines, "tin"), 2).touching(1, "20.50")),
		row("a TIN of ten digits", lines, 1, set{"tin": "1234567890"}, at(failure(input.CheckIdentifier, lines, "tin"), 2).touching(1, "20.50")),
		row("a TIN of letters", lines, 1, set{"tin": "12345678X"}, at(failure(input.CheckIdentifier, lines, "tin"), 2).touching(1, "20.50")),
		row("a TIN with a sign", lines, 1, set{"tin": "+12345678"}, at(failure(input.CheckIdentifier, lines, "tin"), 2).touching(1, "20.50")),
		row("a TIN with blanks and a hyphen", lines, 1, set{"tin": " 12-3456789 "}),
		row("no claim id", lines, 3, set{"claim_id": nil}, at(failure(input.CheckNull, lines, "claim_id"), 4).touching(1, "10.50")),
		row("a blank claim id", lines, 3, set{"claim_id": " "}, at(failure(input.CheckNull, lines, "claim_id"), 4).touching(1, "10.50").saying("blank")),
		row("no line number", lines, 3, set{"line_number": nil}, at(failure(input.CheckNull, lines, "line_number"), 4).touching(1, "10.50")),
		row("no beneficiary", lines, 3, set{"bene_id": nil}, at(failure(input.CheckNull, lines, "bene_id"), 4).touching(1, "10.50")),
		row("no amount", lines, 3, set{"allowed_amount": nil}, at(failure(input.CheckNull, lines, "allowed_amount"), 4).touching(1, "10.50")),
		row("no payment", claims, 1, set{"paid_amount": nil}, at(failure(input.CheckNull, claims, "paid_amount"), 2).touching(1, "")),
		row("no NPI, specialty or procedure", lines, 3, set{"npi": nil, "specialty_code": nil, "hcpcs_code": nil}),
		row("a claim type of the other table", lines, 0, set{"claim_type_code": "40"}, at(failure(input.CheckCode, lines, "claim_type_code"), 1).touching(1, "10.50").saying("71, 72, 81, 82")),
		row("an institutional claim type unknown", claims, 0, set{"claim_type_code": "63"}, at(failure(input.CheckCode, claims, "claim_type_code"), 1).touching(1, "5000.00")),
		row("a date before 1990", lines, 3, set{"from_date": "1989-12-31"}, at(failure(input.CheckDate, lines, "from_date"), 4).touching(1, "10.50").saying("1990-01-01 to 2028-12-31")),
		row("a date after the next year", claims, 1, set{"thru_date": "2029-01-01"},
			at(failure(input.CheckDate, claims, "thru_date"), 2).touching(1, "5000.00"),
			at(warning(input.CheckAfterDeath, claims, "thru_date"), 2).touching(1, "5000.00")),
		row("the last day that may be", lines, 1, set{"thru_date": "2028-12-31"}),
		row("a birth before 1880", "beneficiary", 1, set{"birth_date": "1879-12-31"}, at(failure(input.CheckDate, "beneficiary", "birth_date"), 2).touching(1, "")),
		row("no birth date", "beneficiary", 1, set{"birth_date": nil}),
		row("a month not on the first", enrollment, 3, set{"month": "2024-04-02"}, at(failure(input.CheckMonth, enrollment, "month"), 4).touching(1, "")),
		row("a county of four digits", enrollment, 3, set{"county_fips": "1001"}, at(failure(input.CheckIdentifier, enrollment, "county_fips"), 4).touching(1, "")),
		row("a county abroad", enrollment, 3, set{"county_fips": "99001"}, warning(input.CheckCounty, enrollment, "county_fips").touching(1, "").saying("outside the United States")),
		row("no county", enrollment, 3, set{"county_fips": nil}),
		row("an unknown Medicare status", enrollment, 2, set{"medicare_status_code": "1"}, at(warning(input.CheckUnknownValue, enrollment, "medicare_status_code"), 3).touching(1, "")),
		row("part_a unknown", enrollment, 2, set{"part_a": nil}, at(failure(input.CheckNull, enrollment, "part_a"), 3).touching(1, "")),
		row("a specialty that lost its zero", lines, 1, set{"specialty_code": "8"}, at(warning(input.CheckSpecialty, lines, "specialty_code"), 2).touching(1, "20.50")),
		row("specialties of every form", lines, 1, set{"specialty_code": "C0"}),
		row("a specialty of a letter in its second place", lines, 1, set{"specialty_code": "1A"}, at(warning(input.CheckSpecialty, lines, "specialty_code"), 2).touching(1, "20.50")),
		row("a county of letters", enrollment, 3, set{"county_fips": "0100A"}, at(failure(input.CheckIdentifier, enrollment, "county_fips"), 4).touching(1, "")),
		row("specialty 00", lines, 1, set{"specialty_code": "00"}, at(warning(input.CheckSpecialty, lines, "specialty_code"), 2).touching(1, "20.50")),
		row("a procedure of four characters", lines, 1, set{"hcpcs_code": "9921"}, at(warning(input.CheckHCPCS, lines, "hcpcs_code"), 2).touching(1, "20.50")),
		row("a negative amount", lines, 1, set{"paid_amount": "-20.50"}, at(warning(input.CheckNegative, lines, "paid_amount"), 2).touching(1, "-20.50")),
		row("a negative amount of an original", lines, 1, set{"paid_amount": "-20.50", "adjustment_type_code": "0"}, at(warning(input.CheckNegative, lines, "paid_amount"), 2).touching(1, "-20.50")),
		row("a negative amount of a cancellation", lines, 1, set{"paid_amount": "-20.50", "allowed_amount": "-1.00", "adjustment_type_code": "1", "original_claim_id": "C1"}),
		row("from after thru", lines, 1, set{"from_date": "2018-11-02"}, at(warning(input.CheckDatesReversed, lines, "from_date"), 2).touching(1, "20.50")),
	}
}

func TestRowChecks(t *testing.T) { runDamages(t, open(t), rowDamages()) }

// Where footers settle nothing, the same is found.
func TestRowChecksWithoutStatistics(t *testing.T) {
	duck := open(t)
	plain := rowDamages()
	for i, d := range plain {
		plain[i].do = func(e *extract) { d.do(e); e.plain = true }
	}
	runDamages(t, duck, append(plain, damage{"sound", func(e *extract) { e.plain = true }, nil}))
}

func TestKeyChecks(t *testing.T) {
	runDamages(t, open(t), []damage{
		row("a line twice", lines, 1, set{"line_number": 1}, failure(input.CheckDuplicateKey, lines, "").at(lines+".parquet", 1, 1).touching(2, "").saying("2 rows share 1 key")),
		row("line numbers that share a bit", lines, 1, set{"line_number": 63}), // 1 and 63 are equal modulo 62
		row("a negative line number", lines, 1, set{"line_number": -2}),
		row("a claim twice", claims, 1, set{"claim_id": "I1"}, failure(input.CheckDuplicateKey, claims, "").at(claims+".parquet", 1, 1).touching(2, "").saying("one row a claim")),
		row("a person twice", "beneficiary", 1, set{"bene_id": "B1"},
			failure(input.CheckDuplicateKey, "beneficiary", "").at("beneficiary.parquet", 1, 1).touching(2, ""),
			warning(input.CheckNoBeneficiary, claims, "bene_id").at(claims+".parquet", 1, 2).touching(1, "5000.00"),
			warning(input.CheckNoBeneficiary, lines, "bene_id").at(lines+".parquet", 2, 3).touching(2, "21.00")),
		{"an institutional line twice", func(e *extract) {
			l := func(n int) map[string]any {
				return set{"claim_id": "I1", "line_number": n, "revenue_center_code": "0510"}
			}
			e.rows["institutional_claim_line"] = []map[string]any{l(1), l(2), l(2)}
		}, []finding{failure(input.CheckDuplicateKey, "institutional_claim_line", "").at("institutional_claim_line.parquet", 1, 2).touching(2, "")}},
		{"a month twice", func(e *extract) { e.rows[enrollment] = append(e.rows[enrollment], months("B2", 1)...) },
			[]finding{failure(input.CheckDuplicateKey, enrollment, "").at(enrollment+".parquet", 8, 15).touching(2, "").saying("one row a beneficiary and month")}},
		{"a month twice and one missing", func(e *extract) { e.rows[enrollment][5] = months("B1", 5)[4] },
			[]finding{failure(input.CheckDuplicateKey, enrollment, "").at(enrollment+".parquet", 3, 5).touching(2, "")}},
		{"months of fourteen years", func(e *extract) { // more than there are bits
			early := months("B1", 1)
			early[0]["month"] = "2014-01-01"
			e.rows[enrollment] = append(e.rows[enrollment], early...)
		}, []finding{warning(input.CheckMonthGap, enrollment, "month").touching(119, "")}}, // February 2014 to December 2023: 11 + 9 * 12
		{"a score twice", func(e *extract) {
			e.rows["risk_score"] = []map[string]any{score("B1", 2024, "AD"), score("B1", 2024, "AD")}
		},
			[]finding{failure(input.CheckDuplicateKey, "risk_score", "").at("risk_score.parquet", 1, 1).touching(2, "")}},
		{"scores of years and categories", func(e *extract) {
			e.rows["risk_score"] = []map[string]any{score("B1", 2024, "AD"), score("B1", 2025, "AD"), score("B1", 2024, "HN"), score("B2", 2024, "AD")}
		}, nil},
		{"a score of an unknown category", func(e *extract) { e.rows["risk_score"] = []map[string]any{score("B1", 2024, "Aged")} },
			[]finding{failure(input.CheckCode, "risk_score", "category").at("risk_score.parquet", 1, 1).touching(1, "")}},
		{"a score below zero", func(e *extract) {
			e.rows["risk_score"] = []map[string]any{with(score("B1", 2024, "AD"), set{"score": "-0.1"})}
		},
			[]finding{failure(input.CheckNumber, "risk_score", "score").at("risk_score.parquet", 1, 1).touching(1, "")}},
		{"two models in a category", func(e *extract) {
			e.rows["risk_score"] = []map[string]any{score("B1", 2024, "AD"), with(score("B1", 2025, "AD"), set{"model": "V2"})}
		}, []finding{failure(input.CheckMixedModels, "risk_score", "model").saying("1 of the categories")}},
	})
}

func score(bene string, year int, category string) map[string]any {
	return map[string]any{"bene_id": bene, "year": year, "category": category, "model": "V1", "score": "1.25"}
}

func TestChecksAcrossTables(t *testing.T) {
	runDamages(t, open(t), []damage{
		row("a claim of nobody", lines, 3, set{"bene_id": "B9"},
			warning(input.CheckNoBeneficiary, lines, "bene_id").at(lines+".parquet", 2, 4).touching(1, "10.50"),
			warning(input.CheckNoEnrollment, lines, "bene_id").at(lines+".parquet", 2, 4).touching(1, "10.50")),
		{"a person without months", func(e *extract) { e.rows[enrollment] = e.rows[enrollment][:14] }, []finding{
			warning(input.CheckNoEnrollment, claims, "bene_id").at(claims+".parquet", 1, 2).touching(1, "5000.00"),
			warning(input.CheckNoEnrollment, lines, "bene_id").at(lines+".parquet", 2, 3).touching(2, "21.00")}},
		row("a service after death", lines, 3, set{"from_date": "2026-01-01", "thru_date": "2026-01-01"},
			warning(input.CheckAfterDeath, lines, "thru_date").at(lines+".parquet", 2, 4).touching(1, "10.50")),
		row("a service on the day of death", lines, 3, set{"from_date": "2025-12-31", "thru_date": "2025-12-31"}),
		row("a service before birth", "beneficiary", 1, set{"birth_date": "2024-05-06"},
			warning(input.CheckBeforeBirth, lines, "thru_date").at(lines+".parquet", 2, 3).touching(1, "10.50")),
		row("a cancellation of a claim that is not there", claims, 1, set{"adjustment_type_code": "1", "original_claim_id": "I0"},
			warning(input.CheckLostOriginal, claims, "original_claim_id").at(claims+".parquet", 1, 2).touching(1, "5000.00")),
		row("a cancellation of a claim that is there", claims, 1, set{"adjustment_type_code": "1", "original_claim_id": "I1"}),
		row("a cancellation of a line that is not there", lines, 1, set{"adjustment_type_code": "1", "original_claim_id": "C2"},
			warning(input.CheckLostOriginal, lines, "original_claim_id").at(lines+".parquet", 1, 2).touching(1, "20.50")),
		{"a cancellation of a line beyond the bits", func(e *extract) { // 64 shares its bit with line 2 of C4
			with(e.rows[lines][1], set{"line_number": 64, "adjustment_type_code": "1", "original_claim_id": "C4"})
			e.rows[lines] = append(e.rows[lines], line("C4", 2, "B1", "2024-01-01", nil))
		}, []finding{warning(input.CheckLostOriginal, lines, "original_claim_id").at(lines+".parquet", 1, 2).touching(1, "20.50")}},
		row("a cancellation without a name", lines, 1, set{"adjustment_type_code": "1", "original_claim_id": nil},
			warning(input.CheckLostOriginal, lines, "original_claim_id").at(lines+".parquet", 1, 2).touching(1, "20.50")),
		{"totals repeated on every line", func(e *extract) { e.rows[lines] = append(e.rows[lines], repeated(10, "55.00")...) },
			[]finding{warning(input.CheckRepeatedAmount, lines, "paid_amount").touching(30, "1650.00").saying("10 of 10 claims")}}, // 10 claims * 3 lines * 55
		{"nine such claims are too few", func(e *extract) { e.rows[lines] = append(e.rows[lines], repeated(9, "55.00")...) }, nil},
		{"nothing paid is not a repeated total", func(e *extract) { e.rows[lines] = append(e.rows[lines], repeated(10, "0.00")...) }, nil},
		{"a month missing between", func(e *extract) { e.rows[enrollment] = append(e.rows[enrollment][:3], e.rows[enrollment][5:]...) },
			[]finding{warning(input.CheckMonthGap, enrollment, "month").touching(2, "").saying("1 people lack 2 months")}},
		list("a county without a reference row", "county_expenditure", "county_fips,year,category,per_capita_expenditure,person_years,risk_score\n01003,2024,AD,1,1,1\n",
			warning(input.CheckReferenceCounty, "county_expenditure", "county_fips").touching(28, "").saying("1 counties")),
		late(false), late(true),
	})
}

// late is a look-back that begins late, whose first day the footers tell or not.
func late(plain bool) damage {
	return damage{fmt.Sprintf("a look-back that begins late, without statistics %t", plain), func(e *extract) {
		for _, r := range e.rows[lines][:2] {
			with(r, set{"from_date": "2021-09-15", "thru_date": "2021-09-15"})
		}
		e.plain = plain
	}, []finding{
		warning(input.CheckTruncatedWindow, lines, "thru_date").saying("2 months after the beginning of the alignment period of 2024"),
		warning(input.CheckTruncatedWindow, lines, "thru_date").saying("34 months after the beginning of the sixty months")}}
}

func repeated(n int, paid string) []map[string]any {
	var rows []map[string]any
	for i := range n {
		for number := 1; number <= 3; number++ {
			rows = append(rows, line(fmt.Sprintf("R%d", i), number, "B1", "2024-01-01", set{"paid_amount": paid}))
		}
	}
	return rows
}

func TestSpans(t *testing.T) {
	span := func(bene, start string, end any) map[string]any {
		return map[string]any{"bene_id": bene, "start_date": start, "end_date": end, "part_a": true, "part_b": true, "medicare_advantage": false, "county_fips": "01001"}
	}
	spans := func(name string, rows []map[string]any, want ...finding) damage {
		return damage{name, func(e *extract) {
			delete(e.rows, enrollment)
			e.rows["enrollment_span"] = append(rows, span("B2", "2018-01-01", "9999-12-31"))
		}, want}
	}
	runDamages(t, open(t), []damage{
		spans("one after the other", []map[string]any{span("B1", "2018-01-01", "2018-06-30"), span("B1", "2018-07-01", nil)}),
		spans("one within the other", []map[string]any{span("B1", "2018-01-01", nil), span("B1", "2018-07-01", "2018-07-31")},
			failure(input.CheckSpansOverlap, "enrollment_span", "start_date").touching(1, "")),
		spans("one day in both", []map[string]any{span("B1", "2018-01-01", "2018-07-01"), span("B1", "2018-07-01", nil)},
			failure(input.CheckSpansOverlap, "enrollment_span", "start_date").touching(1, "")),
		spans("an end before its start", []map[string]any{span("B1", "2018-01-01", "2017-12-31")},
			warning(input.CheckSpanReversed, "enrollment_span", "end_date").at("enrollment_span.parquet", 1, 1).touching(1, "")),
		spans("a person without a span", nil,
			warning(input.CheckNoEnrollment, claims, "bene_id").at(claims+".parquet", 1, 1).touching(1, "5000.00"),
			warning(input.CheckNoEnrollment, lines, "bene_id").at(lines+".parquet", 1, 1).touching(2, "31.00")),
	})
}
