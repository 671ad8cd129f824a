package input

// The checks, as findings name them.
const (
	// Files and footers.
	CheckNoFile           = "no_file"
	CheckUnlistableFolder = "unlistable_folder"
	CheckUnreadableFile   = "unreadable_file"
	CheckNotParquet       = "not_parquet"
	CheckTruncatedFile    = "truncated_file"
	CheckEncryptedFile    = "encrypted_file"
	CheckEmptyTable       = "empty_table"
	CheckMissingColumn    = "missing_column"
	CheckWrongType        = "wrong_type"
	CheckNumericID        = "numeric_identifier"
	CheckTypeDiffers      = "type_differs_between_files"
	CheckPartlyAbsent     = "column_absent_in_some_files"

	// Cells and rows, of small tables and large.
	CheckNotCSV          = "not_csv"
	CheckRagged          = "ragged_row"
	CheckBadCell         = "ill_typed_value"
	CheckNull            = "null_value"
	CheckIdentifier      = "ill_formed_identifier"
	CheckCode            = "unknown_code"
	CheckDate            = "date_out_of_range"
	CheckYear            = "year_out_of_range"
	CheckMonth           = "month_not_on_the_first"
	CheckNumber          = "number_out_of_range"
	CheckDuplicateKey    = "duplicate_key"
	CheckIdenticalRows   = "identical_rows"
	CheckUnknownValue    = "unknown_value"
	CheckSpecialty       = "unknown_specialty"
	CheckHCPCS           = "unknown_hcpcs"
	CheckCounty          = "unknown_county"
	CheckSpanReversed    = "span_ends_before_it_starts"
	CheckSpansOverlap    = "spans_overlap"
	CheckMixedModels     = "mixed_models"
	CheckReferenceCounty = "reference_county_missing"

	// Rules across lists.
	CheckTwoACOs          = "tin_on_two_lists"
	CheckFirstYears       = "first_performance_years_differ"
	CheckUnknownACO       = "unknown_aco"
	CheckPerformanceYear  = "performance_year_out_of_range"
	CheckCrosswalkCycle   = "crosswalk_cycle"
	CheckTwoDesignations  = "two_voluntary_designations"
	CheckDesignationOfNot = "designation_of_unknown_aco"

	// Claims held against people and each other.
	CheckNoBeneficiary   = "claim_without_beneficiary"
	CheckNoEnrollment    = "claim_without_enrollment"
	CheckAfterDeath      = "service_after_death"
	CheckBeforeBirth     = "service_before_birth"
	CheckLostOriginal    = "cancellation_without_original"
	CheckNegative        = "negative_amount"
	CheckDatesReversed   = "from_date_after_thru_date"
	CheckRepeatedAmount  = "repeated_amount"
	CheckMonthGap        = "month_gap"
	CheckTruncatedWindow = "truncated_look_back"
)

// WarningChecks are the checks that warn unless a parameter makes them errors.
func WarningChecks() []string {
	return []string{
		CheckTypeDiffers, CheckPartlyAbsent, CheckIdenticalRows, CheckUnknownValue, CheckSpecialty, CheckHCPCS,
		CheckCounty, CheckReferenceCounty, CheckTwoDesignations, CheckDesignationOfNot, CheckNoBeneficiary,
		CheckNoEnrollment, CheckAfterDeath, CheckBeforeBirth, CheckLostOriginal, CheckNegative, CheckDatesReversed,
		CheckRepeatedAmount, CheckMonthGap, CheckTruncatedWindow, CheckSpanReversed,
	}
}
