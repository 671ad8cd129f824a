package input

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// CheckLists holds the lists and reference tables against each other. Tables
// that could not be read are absent and not judged.
func CheckLists(tables map[string]*Rows, performanceYear int) []Finding {
	var findings []Finding
	if acos := tables["aco"]; acos != nil {
		findings = append(findings, firstPerformanceYears(acos, performanceYear)...)
		findings = append(findings, unknownACOs(acos, tables["participant_tin"], CheckUnknownACO, Error)...)
		findings = append(findings, unknownACOs(acos, tables["voluntary_alignment"], CheckDesignationOfNot, Warning)...)
	}
	if list := tables["participant_tin"]; list != nil {
		findings = append(findings, tinOnTwoLists(list, performanceYear)...)
		findings = append(findings, reversedRows(list, "effective_date", "end_date")...)
	}
	if designations := tables["voluntary_alignment"]; designations != nil {
		findings = append(findings, twoDesignations(designations, performanceYear)...)
		findings = append(findings, reversedRows(designations, "start_date", "end_date")...)
	}
	if crosswalk := tables["mbi_crosswalk"]; crosswalk != nil {
		_, found := ResolveCrosswalk(crosswalk)
		findings = append(findings, found...)
	}
	return findings
}

// firstPerformanceYears holds that one run has ACOs of one cohort, which has
// started by the performance year.
//
// Reading: R1.
func firstPerformanceYears(acos *Rows, performanceYear int) []Finding {
	byYear := map[int64][]string{}
	var findings []Finding
	for _, r := range acos.Records {
		if r.IsNull("first_performance_year") {
			continue
		}
		first := r.Int("first_performance_year")
		byYear[first] = append(byYear[first], r.Text("aco_id"))
		if first > int64(performanceYear) {
			f := listFinding(r, CheckPerformanceYear, Error, "R1")
			f.Column = "first_performance_year"
			f.Message = fmt.Sprintf("ACO %s starts in %d, after performance year %d", r.Text("aco_id"), first, performanceYear)
			f.Remedy = "run a later performance year, or take the ACO out"
			findings = append(findings, f)
		}
	}
	if len(byYear) < 2 {
		return findings
	}
	var groups []string
	for _, year := range slices.Sorted(maps.Keys(byYear)) {
		slices.Sort(byYear[year])
		groups = append(groups, fmt.Sprintf("%d: %s", year, strings.Join(byYear[year], ", ")))
	}
	return append(findings, Finding{
		Check: CheckFirstYears, Severity: Error, Table: acos.Table.Name, Column: "first_performance_year", Rule: "R1",
		Message: "ACOs of different first performance years have different base years (" + strings.Join(groups, "; ") + ")",
		Remedy:  "run each first performance year apart",
	})
}

// unknownACOs finds list rows of an ACO that table aco does not have.
func unknownACOs(acos, list *Rows, check string, severity Severity) []Finding {
	if list == nil {
		return nil
	}
	known := map[string]bool{}
	for _, r := range acos.Records {
		known[r.Text("aco_id")] = true
	}
	var found *Finding
	for _, r := range list.Records {
		if r.IsNull("aco_id") || known[r.Text("aco_id")] {
			continue
		}
		if found == nil {
			f := listFinding(r, check, severity, "A5")
			f.Column, f.Rows = "aco_id", 0
			f.Message = "aco_id is not in table aco"
			f.Remedy = "add the ACO to table aco, or correct its id"
			found = &f
		}
		found.Rows++
	}
	if found == nil {
		return nil
	}
	return []Finding{*found}
}

// tinOnTwoLists finds TINs that two ACOs claim in the performance year.
//
// Rule:    A9; both lists' rows are named.
// Reading: R8; the rows' intervals both touch the performance year.
func tinOnTwoLists(list *Rows, performanceYear int) []Finding {
	first, last := day(performanceYear, time.January, 1), day(performanceYear, time.December, 31)
	byTIN := map[string][]Record{}
	for _, r := range list.Records {
		if !r.IsNull("tin") && r.covers("effective_date", "end_date", first, last) {
			byTIN[r.Text("tin")] = append(byTIN[r.Text("tin")], r)
		}
	}
	var findings []Finding
	for _, tin := range slices.Sorted(maps.Keys(byTIN)) {
		rows := byTIN[tin]
		if countDistinct(rows, "aco_id") < 2 {
			continue
		}
		slices.SortStableFunc(rows, func(a, b Record) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row))
		})
		places := make([]string, len(rows))
		for i, r := range rows {
			places[i] = fmt.Sprintf("%s on row %d of %s", r.Text("aco_id"), r.Row, r.File)
		}
		f := listFinding(rows[0], CheckTwoACOs, Error, "A9")
		f.Column, f.Rows = "tin", int64(len(rows))
		f.Message = fmt.Sprintf("one TIN is on the lists of several ACOs in %d: %s", performanceYear, strings.Join(places, ", "))
		f.Remedy = "keep it on one list, or end-date the other row before the year"
		findings = append(findings, f)
	}
	return findings
}

func countDistinct(rows []Record, column string) int {
	seen := map[string]bool{}
	for _, r := range rows {
		seen[r.Text(column)] = true
	}
	return len(seen)
}

// twoDesignations counts people who designated two ACOs for the performance
// year.
//
// Reading: R8; the later start wins, then the lower aco_id.
func twoDesignations(designations *Rows, performanceYear int) []Finding {
	january := day(performanceYear, time.January, 1)
	active := map[string][]Record{}
	for _, r := range designations.Records {
		if !r.IsNull("start_date") && r.covers("start_date", "end_date", january, january) {
			active[r.Text("bene_id")] = append(active[r.Text("bene_id")], r)
		}
	}
	var people int
	var first *Record
	var rows int64
	for _, records := range active {
		if countDistinct(records, "aco_id") < 2 {
			continue
		}
		people++
		rows += int64(len(records))
		for _, r := range records {
			if first == nil || r.File < first.File || r.File == first.File && r.Row < first.Row {
				first = &r
			}
		}
	}
	if people == 0 {
		return nil
	}
	f := listFinding(*first, CheckTwoDesignations, Warning, "R8")
	f.Rows = rows
	f.Message = fmt.Sprintf("%d people have designated more than one ACO on 1 January %d; the later start counts", people, performanceYear)
	f.Remedy = "end the earlier designation"
	return []Finding{f}
}

// reversedRows finds intervals that end before they start: such a row is
// never in force.
func reversedRows(list *Rows, start, end string) []Finding {
	var found *Finding
	for _, r := range list.Records {
		if r.IsNull(start) || r.IsNull(end) || !r.Date(end).Before(r.Date(start)) {
			continue
		}
		if found == nil {
			f := listFinding(r, CheckSpanReversed, Warning, "R8")
			f.Column, f.Rows = end, 0
			f.Message = fmt.Sprintf("%s lies before %s; the row is never in force", end, start)
			f.Remedy = "correct the dates"
			found = &f
		}
		found.Rows++
	}
	if found == nil {
		return nil
	}
	return []Finding{*found}
}

func listFinding(r Record, check string, severity Severity, rule string) Finding {
	return Finding{Check: check, Severity: severity, Table: r.rows.Table.Name, File: r.File, Row: r.Row, Rows: 1, Rule: rule}
}
