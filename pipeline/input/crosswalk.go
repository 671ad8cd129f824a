package input

import (
	"maps"
	"slices"
)

// ResolveCrosswalk follows each changed identifier to its end. An identifier
// that comes back to itself has none: it is left out and reported.
//
// Rule:    mbi_crosswalk maps old to current in every table before anything
// else, followed to its end; a cycle is an error.
// Reading: R25.
func ResolveCrosswalk(rows *Rows) (map[string]string, []Finding) {
	next := map[string]Record{}
	for _, r := range rows.Records {
		if !r.IsNull("old") && !r.IsNull("new") {
			next[r.Text("old")] = r
		}
	}
	final := map[string]string{}
	var cycle []Record
	for _, old := range slices.Sorted(maps.Keys(next)) {
		end, ok := follow(next, old, len(next))
		if !ok {
			cycle = append(cycle, next[old])
			continue
		}
		final[old] = end
	}
	if len(cycle) == 0 {
		return final, nil
	}
	first := cycle[0]
	for _, r := range cycle {
		if r.File < first.File || r.File == first.File && r.Row < first.Row {
			first = r
		}
	}
	f := listFinding(first, CheckCrosswalkCycle, Error, "R25")
	f.Rows = int64(len(cycle))
	f.Message = "the crosswalk leads in a circle, or into one"
	f.Remedy = "keep the row that leads to the current identifier"
	return final, []Finding{f}
}

// follow goes from one identifier to the last it became. More steps than there
// are rows is a circle.
func follow(next map[string]Record, id string, limit int) (string, bool) {
	for range limit {
		r, more := next[id]
		if !more {
			return id, true
		}
		id = r.Text("new")
	}
	_, more := next[id]
	return id, !more
}
