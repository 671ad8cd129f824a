package input

import (
	"fmt"
	"strings"
)

// uniqueRows drops rows that repeat another one in every column, and refuses
// rows of one key that differ.
//
// Reading: R25.
func (r *smallReader) uniqueRows() {
	all := r.source.Table.ColumnNames()
	first := map[string]Record{}
	kept := r.rows.Records[:0]
	identical := Finding{
		Check: CheckIdenticalRows, Severity: Warning, Table: r.source.Table.Name, Rule: "R25",
		Message: "a row is given more than once; it counts once", Remedy: "take the repetition out",
	}
	for _, record := range r.rows.Records {
		key := record.key(r.source.Table.Key)
		earlier, seen := first[key]
		switch {
		case !seen || r.keyIncomplete(record):
			first[key] = record
			kept = append(kept, record)
		case earlier.key(all) == record.key(all):
			if identical.Rows++; identical.Rows == 1 {
				identical.File, identical.Row = record.File, record.Row
			}
		default:
			r.findings = append(r.findings, r.duplicate(earlier, record))
			kept = append(kept, record)
		}
	}
	r.rows.Records = kept
	if identical.Rows > 0 {
		r.findings = append(r.findings, identical)
	}
}

// keyIncomplete tells whether a key cell was refused or missing: two such rows
// are not repetitions of each other.
func (r *smallReader) keyIncomplete(record Record) bool {
	for _, name := range r.source.Table.Key {
		c, _ := r.source.Table.Column(name)
		if record.IsNull(name) && !c.MayBeNull() {
			return true
		}
	}
	return false
}

func (r *smallReader) duplicate(earlier, later Record) Finding {
	return Finding{
		Check: CheckDuplicateKey, Severity: Error, Table: r.source.Table.Name, File: later.File, Row: later.Row, Rows: 1,
		Rule: "R25",
		Message: fmt.Sprintf("the row has the key of row %d of %s but differs from it; the key is %s",
			earlier.Row, earlier.File, joined(r.source.Table.Key)),
		Remedy: "keep the one that is meant",
	}
}

func joined(names []string) string { return strings.Join(names, " + ") }
