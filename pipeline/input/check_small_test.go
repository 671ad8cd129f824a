package input_test

import (
	"testing"

	"leadline/pipeline/input"
)

const (
	tinHeader = "aco_id,tin,effective_date,end_date,recent_mssp\n"
	acoHeader = "aco_id,risk_option,experience,alignment_option,first_performance_year\n"
)

// list is a damage of a list's text.
func list(name, table, text string, want ...finding) damage {
	return damage{name, func(e *extract) { e.csv[table] = text }, want}
}

func TestCSV(t *testing.T) {
	const table, file = "participant_tin", "participant_tin.csv"
	tin := func(check, says string) finding {
		return failure(check, table, "tin").at(file, 0, 1).touching(1, "").saying(says)
	}
	cell := func(check, column, says string) finding {
		return failure(check, table, column).at(file, 0, 1).touching(1, "").saying(says)
	}
	whole := func(check, column, says string) finding {
		return failure(check, table, column).at(file, 0, 0).saying(says)
	}
	runDamages(t, nil, []damage{
		list("byte-order mark, CR LF, blank rows, padded header", table, "\xef\xbb\xbf aco_id , tin \r\nA1,123456789\r\n,\r\n\r\n A1 , 001234567\r\n"),
		list("a quoted cell with a comma and an unknown column", table, "aco_id,tin,remark\nA1,123456789,\"a, b\"\n"),
		list("blanks around a TIN and one hyphen", table, "aco_id,tin\nA1, 12-3456789 \nA2,\"00-1234567\"\n"),
		list("every spelling of a boolean", table, tinHeader+"A1,000000001,,,T\nA1,000000002,,,yes\nA1,000000003,,,0\nA1,000000004,,,False\nA1,000000005,,,\n"),
		list("open-ended list rows", table, tinHeader+"A1,123456789,2027-01-01,9999-12-31,\nA2,001234567,,2036-12-31,\n"),
		list("semicolons", table, "aco_id;tin\nA1;123456789\n", whole(input.CheckNotCSV, "", "semicolons")),
		list("tabs", table, "aco_id\ttin\nA1\t123456789\n", whole(input.CheckNotCSV, "", "tabs")),
		list("UTF-16", table, "\xff\xfea\x00c\x00o\x00", whole(input.CheckNotCSV, "", "CSV UTF-8")),
		list("Windows-1252", table, "aco_id,tin,name\nA1,123456789,Caf\xe9\n", whole(input.CheckNotCSV, "", "not UTF-8")),
		list("a workbook", table, "PK\x03\x04", whole(input.CheckNotCSV, "", "Excel workbook")),
		list("Parquet under the name of CSV", table, "PAR1", whole(input.CheckNotCSV, "", "name it .parquet")),
		list("nothing", table, " \n", whole(input.CheckNotCSV, "", "empty")),
		list("a header only", table, "aco_id,tin\n", failure(input.CheckEmptyTable, table, "")),
		list("a missing column", table, "aco_id\nA1\n", whole(input.CheckMissingColumn, "tin", "add it as VARCHAR")),
		list("a column in capitals", table, "aco_id,TIN\nA1,123456789\n", whole(input.CheckMissingColumn, "tin", `there is "TIN"`)),
		list("a column twice", table, "aco_id,tin,tin\nA1,123456789,123456789\n", whole(input.CheckNotCSV, "tin", "twice")),
		list("a row too short", table, "aco_id,tin\nA1\n",
			failure(input.CheckEmptyTable, table, ""),
			failure(input.CheckRagged, table, "").at(file, 0, 1).touching(1, "").saying("has 1 fields, the header 2")),
		list("an open quote", table, "aco_id,tin\nA1,123456789\nA2,\"001234567\n",
			failure(input.CheckRagged, table, "").at(file, 0, 2).touching(1, "").saying("close every quote")),
		list("a TIN that lost its zero", table, "aco_id,tin\nA1,12345678\n", tin(input.CheckIdentifier, "leading zero was probably lost")),
		list("a TIN of ten digits", table, "aco_id,tin\nA1,1234567890\n", tin(input.CheckIdentifier, "10 digits")),
		list("a TIN in scientific notation", table, "aco_id,tin\nA1,1.23E+08\n", tin(input.CheckIdentifier, "scientific")),
		list("a TIN of letters, twice", table, "aco_id,tin\nA1,ABCDEFGHI\nA2,ABCDEFGHJ\n",
			failure(input.CheckIdentifier, table, "tin").at(file, 0, 1).touching(2, "").saying("nine digits")),
		list("a blank TIN", table, "aco_id,tin\nA1,  \n", tin(input.CheckNull, "is empty")),
		list("31 June", table, tinHeader+"A1,123456789,2027-06-31,,\n", cell(input.CheckBadCell, "effective_date", "not a day of the calendar")),
		list("a date as Americans write it", table, tinHeader+"A1,123456789,1/1/2027,,\n", cell(input.CheckBadCell, "effective_date", "YYYY-MM-DD")),
		list("a date before 1990", table, tinHeader+"A1,123456789,1989-12-31,,\n", cell(input.CheckDate, "effective_date", "1990-01-01 to 2028-12-31")),
		list("a date after the next year", table, tinHeader+"A1,123456789,2029-01-01,,\n", cell(input.CheckDate, "effective_date", "1990-01-01 to 2028-12-31")),
		list("neither true nor false", table, tinHeader+"A1,123456789,,,perhaps\n", cell(input.CheckBadCell, "recent_mssp", "true or false")),
		list("an end before its start", table, tinHeader+"A1,123456789,2027-05-01,2027-04-30,\n",
			warning(input.CheckSpanReversed, table, "end_date").at(file, 0, 1).touching(1, "").saying("never in force")),
	})
}

func TestListRules(t *testing.T) {
	runDamages(t, nil, []damage{
		list("identical rows are one", "participant_tin", "aco_id,tin\nA1,123456789\nA2,001234567\nA1,12-3456789\nA1,123456789\n",
			warning(input.CheckIdenticalRows, "participant_tin", "").at("participant_tin.csv", 0, 3).touching(2, "").saying("counts once")),
		list("rows of one key that differ", "participant_tin", tinHeader+"A1,123456789,,,true\nA2,001234567,,,\nA1,123456789,,,false\n",
			failure(input.CheckDuplicateKey, "participant_tin", "").at("participant_tin.csv", 0, 3).touching(1, "").saying("the key of row 1")),
		list("a TIN on two lists", "participant_tin", "aco_id,tin\nA2,123456789\nA1,001234567\nA1,123456789\n",
			failure(input.CheckTwoACOs, "participant_tin", "tin").at("participant_tin.csv", 0, 1).touching(2, "").
				saying("A2 on row 1 of participant_tin.csv, A1 on row 3 of participant_tin.csv")),
		list("on two lists within the year, one after the other", "participant_tin", tinHeader+"A1,123456789,,2027-06-30,\nA2,123456789,2027-07-01,,\n",
			failure(input.CheckTwoACOs, "participant_tin", "tin").at("participant_tin.csv", 0, 1).touching(2, "")),
		list("moved at the turn of the year before", "participant_tin", tinHeader+"A1,123456789,,2026-12-31,\nA2,123456789,2027-01-01,,\n"),
		list("moved at the turn of the year after", "participant_tin", tinHeader+"A1,123456789,,2027-12-31,\nA2,123456789,2028-01-01,,\n"),
		list("an ACO that table aco lacks", "participant_tin", "aco_id,tin\nA1,123456789\nA9,001234567\nA9,001234568\n",
			failure(input.CheckUnknownACO, "participant_tin", "aco_id").at("participant_tin.csv", 0, 2).touching(2, "")),
		list("two cohorts", "aco", acoHeader+"A2,global,renewing,hybrid,2027\nA1,global,renewing,prospective,2026\n",
			failure(input.CheckPerformanceYear, "aco", "first_performance_year").at("aco.csv", 0, 2).touching(1, "").saying("2027 to 2036")),
		list("two first years, one to come", "aco", acoHeader+"A2,global,renewing,hybrid,2028\nA1,global,renewing,prospective,2027\n",
			failure(input.CheckFirstYears, "aco", "first_performance_year").saying("2027: A1; 2028: A2"),
			failure(input.CheckPerformanceYear, "aco", "first_performance_year").at("aco.csv", 0, 1).touching(1, "").saying("after performance year 2027")),
		list("words that no rule knows", "aco", acoHeader+"A1,both,new,prospektive,2027\nA2,global,renewing,hybrid,2027\n",
			failure(input.CheckCode, "aco", "alignment_option").at("aco.csv", 0, 1).touching(1, "").saying("prospective, hybrid"),
			failure(input.CheckCode, "aco", "experience").at("aco.csv", 0, 1).touching(1, "").saying("renewing, newly_entering"),
			failure(input.CheckCode, "aco", "risk_option").at("aco.csv", 0, 1).touching(1, "").saying("global, professional")),
		list("a year with decimals", "aco", acoHeader+"A1,global,renewing,hybrid,2027.0\nA2,global,renewing,hybrid,2027\n",
			failure(input.CheckBadCell, "aco", "first_performance_year").at("aco.csv", 0, 1).touching(1, "").saying("whole number")),
		list("a county row twice", "county_expenditure", "county_fips,year,category,per_capita_expenditure,person_years,risk_score\n01001,2024,AD,1,1,1\n01001,2024,AD,2,1,1\n",
			failure(input.CheckDuplicateKey, "county_expenditure", "").at("county_expenditure.csv", 0, 2).touching(1, "")),
		list("a county that lost its zero", "county_expenditure", "county_fips,year,category,per_capita_expenditure,person_years,risk_score\n1001,2024,AD,1,1,1\n01001,2024,AD,2,1,1\n",
			failure(input.CheckIdentifier, "county_expenditure", "county_fips").at("county_expenditure.csv", 0, 1).touching(1, "").saying("leading zero")),
		list("a national row twice, alike", "national_expenditure", "year,category,per_capita_expenditure\n2024,AD,1\n2024,AD,1.00\n",
			warning(input.CheckIdenticalRows, "national_expenditure", "").at("national_expenditure.csv", 0, 2).touching(1, "")),
		list("an unknown category", "national_expenditure", "year,category,per_capita_expenditure\n2024,Aged,1\n",
			failure(input.CheckCode, "national_expenditure", "category").at("national_expenditure.csv", 0, 1).touching(1, "").saying("AD, ESRD, HN")),
		list("a year beyond the model", "national_expenditure", "year,category,per_capita_expenditure\n2038,AD,1\n",
			failure(input.CheckYear, "national_expenditure", "year").at("national_expenditure.csv", 0, 1).touching(1, "").saying("1990 to 2037")),
		list("thousands with commas", "national_expenditure", "year,category,per_capita_expenditure\n2024,AD,\"13,000\"\n",
			failure(input.CheckBadCell, "national_expenditure", "per_capita_expenditure").at("national_expenditure.csv", 0, 1).touching(1, "").saying("comma")),
		list("a factor in scientific notation", "acpt", "performance_year,category,factor\n2027,AD,1.03E+00\n",
			failure(input.CheckBadCell, "acpt", "factor").at("acpt.csv", 0, 1).touching(1, "").saying("scientific")),
		list("a factor of zero", "acpt", "performance_year,category,factor\n2027,AD,0\n",
			failure(input.CheckNumber, "acpt", "factor").at("acpt.csv", 0, 1).touching(1, "").saying("above zero")),
		list("shares of a code list", "code_list", "list_name,code,effective_date,end_date,share\nsahs,A1,,,0\nsahs,A2,,,1.00\nsahs,A3,,,0.650\nsahs,A4,,,\n"),
		list("a share of three decimals, one above 1, one below 0", "code_list", "list_name,code,share\nsahs,A1,0.655\nsahs,A2,1.01\nsahs,A3,-0.01\n",
			failure(input.CheckNumber, "code_list", "share").at("code_list.csv", 0, 1).touching(1, "").saying("more than 2 decimals"),
			failure(input.CheckNumber, "code_list", "share").at("code_list.csv", 0, 2).touching(1, "").saying("above 1"),
			failure(input.CheckNumber, "code_list", "share").at("code_list.csv", 0, 3).touching(1, "").saying("below zero")),
		list("a list and a restriction that no rule knows", "code_list", "list_name,code,restriction\npqm,99213,\npqem,99214,pos_13_only\n",
			warning(input.CheckUnknownValue, "code_list", "list_name").at("code_list.csv", 0, 1).touching(1, "").saying("spelling"),
			warning(input.CheckUnknownValue, "code_list", "restriction").at("code_list.csv", 0, 2).touching(1, "").saying("spelling")),
		list("two designations", "voluntary_alignment", "bene_id,aco_id,start_date,end_date\nB2,A1,2026-01-01,\nB1,A1,2025-01-01,\nB1,A2,2026-01-01,2027-01-01\n",
			warning(input.CheckTwoDesignations, "voluntary_alignment", "").at("voluntary_alignment.csv", 0, 2).touching(2, "").saying("1 people")),
		list("two designations, one ended", "voluntary_alignment", "bene_id,aco_id,start_date,end_date\nB1,A1,2025-01-01,2026-12-31\nB1,A2,2026-01-01,\n"),
		list("a designation of an ACO that table aco lacks", "voluntary_alignment", "bene_id,aco_id,start_date\nB1,A9,2025-01-01\n",
			warning(input.CheckDesignationOfNot, "voluntary_alignment", "aco_id").at("voluntary_alignment.csv", 0, 1).touching(1, "")),
		list("a crosswalk in a circle", "mbi_crosswalk", "old,new\nB9,B1\nB2,B3\nB3,B4\nB4,B2\nB5,B3\n",
			failure(input.CheckCrosswalkCycle, "mbi_crosswalk", "").at("mbi_crosswalk.csv", 0, 2).touching(4, "").saying("circle")),
		list("a crosswalk to itself", "mbi_crosswalk", "old,new\nB9,B9\n",
			failure(input.CheckCrosswalkCycle, "mbi_crosswalk", "").at("mbi_crosswalk.csv", 0, 1).touching(1, "")),
		list("one identifier became two", "mbi_crosswalk", "old,new\nB9,B1\nB9,B2\n",
			failure(input.CheckDuplicateKey, "mbi_crosswalk", "").at("mbi_crosswalk.csv", 0, 2).touching(1, "")),
	})
}
