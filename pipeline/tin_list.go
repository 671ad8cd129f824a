package pipeline

import (
	"maps"
	"slices"

	"leadline/alignment"
)

// tinList is what the manifest says of the Participant TIN list: its hash, and
// how it differs from the list of the run before. It counts and never names: a
// clinician's own TIN may be a person's number.
type tinList struct {
	SHA256        []string    `json:"sha256"`
	PreviousRunID string      `json:"previous_run_id,omitempty"`
	Changes       []tinChange `json:"changes"`
}

type tinChange struct {
	ACO     string `json:"aco_id"`
	Added   int    `json:"added"`
	Removed int    `json:"removed"`
}

// tinsByACO are the TINs of a list, sorted.
type tinsByACO map[string][]string

func listOf(participants []alignment.Participant) tinsByACO {
	l := tinsByACO{}
	for _, p := range participants {
		l[p.ACO] = append(l[p.ACO], p.TIN)
	}
	for aco := range l {
		slices.Sort(l[aco])
		l[aco] = slices.Compact(l[aco])
	}
	return l
}

// changesSince compares with an earlier list, ACO by ACO.
func (l tinsByACO) changesSince(earlier tinsByACO) []tinChange {
	acos := maps.Clone(l)
	maps.Copy(acos, earlier)
	changes := []tinChange{}
	for _, aco := range sortedKeys(acos) {
		c := tinChange{ACO: aco, Added: lacking(l[aco], earlier[aco]), Removed: lacking(earlier[aco], l[aco])}
		if c.Added > 0 || c.Removed > 0 {
			changes = append(changes, c)
		}
	}
	return changes
}

// lacking counts what is in one list and not in the other.
func lacking(tins, other []string) int {
	n := 0
	for _, tin := range tins {
		if _, known := slices.BinarySearch(other, tin); !known {
			n++
		}
	}
	return n
}

// tinList describes the list of this run. A cache that was cleared has no
// earlier list, and the manifest names none.
func (c *computation) tinList(files []InputFile) tinList {
	t := tinList{SHA256: contentDigests(files)["participant_tin"], Changes: []tinChange{}}
	if c.last != nil {
		t.PreviousRunID = c.last.RunID
		t.Changes = c.tins().changesSince(c.last.TINs)
	}
	return t
}

func (c *computation) tins() tinsByACO {
	return listOf(c.extract.aligns.Participants)
}
