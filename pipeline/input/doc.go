// Package input finds the files of an extract and holds them against the
// contract, table definitions in package schemas, before any work starts.
//
// In order:
//
//	Resolve        a run file's entry to a sorted list of files
//	CheckFooters   every Parquet footer of every table
//	ReadSmall      the lists and reference tables, cell by cell, R25
//	CheckLists     rules across those tables: R1, A9, R8, R25
//	CheckData      keys, ranges, dates and codes of the large tables, in SQL
//
// Each hands back findings and goes on: one pass names everything that is
// wrong. A finding says what, where (table, file, column, row group, row) and
// what to do; it never holds a value of a row, so no identifier of a person.
//
// # How the large tables are checked
//
// Reading is the dear part. What the statistics in the footers settle (no
// nulls, every day and amount within its range) is not read for: an engine
// that skips row groups trusts them too.
//
// Rows come first, each by itself and as the files have it: a query a check
// counts the wrong ones and their dollars, which dictionaries and statistics
// mostly answer. Then what crosses the files of a table: keys, grouped by claim
// or beneficiary with the lines or months of each as bits, and cancelled claims.
// Then what crosses tables, with the current identifiers (R25). Where such a
// screen fails, a second query counts exactly; a last one finds the first row.
//
// # Readings
//
// R8. Two ACOs claim a TIN if their rows' intervals both touch the performance
// year, on whatever days.
//
// R25. Rows of a list that differ in no column are one row, with a warning;
// rows of equal key that differ are an error, since either may be meant.
//
// A date's bounds hold for days that something happened. The end of a list
// row or an enrollment span may lie in the future, 9999-12-31 included; people
// were born before 1990.
//
// An amount counts as repeated on every line where, among the claims of three
// or more lines, more than half (and at least ten) carry one same non-zero
// payment on each line.
package input
