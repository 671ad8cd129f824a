package ingest

import (
	"fmt"
	"io"
	"text/tabwriter"
)

const (
	minCellWidth = 0
	tabWidth     = 4
	cellPadding  = 2
)

// WriteText writes the report for people to read.
func (r Report) WriteText(w io.Writer) error {
	t := tabwriter.NewWriter(w, minCellWidth, tabWidth, cellPadding, ' ', 0)
	fmt.Fprintf(t, "FILE\tLAYOUT\tROWS\tREAD\tDOLLARS\tKEPT\tDOLLARS\tSET ASIDE\n")
	for _, f := range r.Files {
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%s\t%d\t%s\t%s\n", f.File, f.Layout, f.Rows,
			f.Read.Rows, f.Read.Dollars.StringFixed(2), f.Kept.Rows, f.Kept.Dollars.StringFixed(2), setAsideText(f.SetAside))
	}
	for _, s := range r.Skipped {
		fmt.Fprintf(t, "%s\t%s\tnot used\n", s.File, s.Layout)
	}
	fmt.Fprintf(t, "\nTABLE\tROWS\tPAID DOLLARS\n")
	for _, s := range r.Tables {
		fmt.Fprintf(t, "%s\t%d\t%s\n", s.Table, s.Rows, s.Dollars.StringFixed(2))
	}
	fmt.Fprintf(t, "\nTIE-OUT WITH CMS'S ANNUAL TOTALS\tBY\tYEAR\tPERSON-YEARS\tEQUAL\tUNEQUAL\tIMPORTED\tCMS\n")
	for _, o := range r.TieOut {
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%d\t%d\t%s\t%s\n", o.Measure, o.DateBasis, o.Year,
			o.PersonYears, o.Equal, o.Unequal, o.Imported.StringFixed(2), o.CMS.StringFixed(2))
	}
	for _, u := range r.Unmatched {
		if u.Rows > 0 {
			fmt.Fprintf(t, "%s\t%s\tclaims of no summary's person and year\t%d\t\t\t%s\n", u.Measure, u.DateBasis, u.Rows, u.Dollars.StringFixed(2))
		}
	}
	fmt.Fprintf(t, "\nRULE\tNAME\tVALUE\tSAYS\n")
	for _, rule := range r.Rules {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", rule.Number, rule.Name, rule.Value, rule.Says)
	}
	fmt.Fprintf(t, "\n%d people, %d person-years; county_fips from the crosswalk %d, placeholder %d, none %d; %d months after death not written.\n",
		r.People, r.PersonYears, r.Counties.Crosswalk, r.Counties.Placeholder, r.Counties.None, r.MonthsAfterDeath)
	fmt.Fprintf(t, "Person-years that do not agree are listed in %s by row of CMS's summary.\n", reconciliationFile)
	return t.Flush()
}

func setAsideText(aside []SetAside) string {
	text := "none"
	for i, s := range aside {
		if i == 0 {
			text = ""
		} else {
			text += ", "
		}
		text += fmt.Sprintf("%s %d rows %s dollars", s.Reason, s.Rows, s.Dollars.StringFixed(2))
	}
	return text
}
