// Package ingest turns public claim layouts into the contract's Parquet tables.
//
// One layout so far: CMS's DE-SynPUF (Data Entrepreneurs' Synthetic Public Use
// File, claims of 2008 to 2010), read by [ImportDESynPUF] in this order:
//
//	source       the folder, zip or tar that CMS gives out: which file is which
//	summaries    three yearly beneficiary summaries -> beneficiary, enrollment_month
//	carrier      13 line slots a claim              -> professional_claim_line
//	inpatient    }
//	outpatient   } one payment a claim              -> institutional_claim
//	tie-out      the written Parquet, summed, against CMS's own annual totals
//	run files    participant_tin.csv, aco.csv, run.yaml
//
// Everything is written into a folder aside, which takes the output's name only
// when all of it stands. Rows stream: memory grows with the people, with the
// TINs and with about twenty bytes a claim (to see a repeated claim), never
// with the lines.
//
// Money is exact: amounts are read as text into whole cents, and every row and
// dollar read is either kept or set aside under a reason ([FileReport]).
//
// # Readings
//
// The layout lacks what the contract asks for, or has it in another grain. Each
// reading is an option where it is a guess, and stands in [Report.Rules].
//
// P1. Years. Every date, birth and death included, moves by [Options.ShiftYears]
// (16: 2008 to 2010 becomes 2024 to 2026, leap years onto leap years). A 29
// February that meets no leap year becomes the 28th.
//
// P2. Service dates. A row with only one of its from and through dates takes
// the other for it. A row with neither is set aside ("no_service_date"). In CMS's
// files these are the second segments of long claims, and CMS's own totals do
// not hold their payments: by through date the totals equal the dated rows to
// the cent for every person-year of subset TestB, and no longer do when second
// segments join. [DatedByFirstSegment] keeps them, on the first segment's dates.
//
// P3. Claim id. CLM_ID, and for a segment other than the first CLM_ID, hyphen,
// SEGMENT: segments stay rows of their own, so that each payment counts once
// and keys are unique. A claim and segment met before is set aside
// ("repeated_claim").
//
// P4. Lines. A slot of the 13 is a line if any of its codes is given or any of
// its amounts is not zero; its number is the slot's. LINE_PRCSG_IND_CD becomes
// processing_indicator_code as it stands, so that the rules leave denied lines
// out; none is dropped here. A line without TIN is set aside ("line_without_tin").
//
// P5. Specialty. "11" (internal medicine) on every line, or by NPI from
// [Options.SpecialtyFile]: the layout has none.
//
// P6. Months. A summary gives counts of months with Part A, Part B and an HMO.
// They become months from January on ([MonthsFromJanuary]), or back from
// December ([MonthsToDecember]); in the year of death only up to the month of
// death, which CMS counts as twelve all the same. Everyone has a row for each
// month of a year whose summary lists them, covered or not.
//
// P7. Status. BENE_ESRD_IND Y is medicare_status_code 11 for the whole year,
// anything else 10. The layout has no disability status, no dual status and no
// primary payer by month: those columns are left out, and the rules say so.
//
// P8. County. The state's FIPS code from its SSA code; the county is SSA's own
// three digits behind it, a placeholder that groups people as the real county
// does but is not its FIPS number. [Options.CountyFile] gives the real ones. A
// state code outside the list (54 is "others") leaves county_fips null.
//
// P9. Pass-through. pass_through_amount is the per diem times the utilization
// days, a total a claim. CMS's annual inpatient reimbursement holds it.
//
// P10. Diagnoses. The claim's codes in order, then the line's own, each once;
// the literal OTHER, CMS's mask for a rare code, is not one. They are ICD-9: code
// lists in ICD-10 find nothing in them.
//
// P11. Participant TINs. The [Options.ParticipantTINs] TINs with the most
// imported lines, ties by TIN, dealt in turn to two made-up ACOs. A list to start
// from, and not anyone's.
//
// Not read: prescription drug events, deductibles and coinsurance, payments of
// other payers, DRG, procedures and outpatient HCPCS codes, chronic-condition
// flags. Carrier totals are not tied out: CMS synthesised them apart from the
// claims, and they do not agree.
package ingest
