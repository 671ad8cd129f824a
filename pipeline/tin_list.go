package pipeline

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"leadline/alignment"
	"leadline/pipeline/publish"
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

// rememberedList is the list of the last publication, kept in the cache.
type rememberedList struct {
	RunID string              `json:"run_id"`
	TINs  map[string][]string `json:"tins"` // by ACO
}

const rememberedName = "participant_tin.json"

func listOf(runID string, participants []alignment.Participant) rememberedList {
	l := rememberedList{RunID: runID, TINs: map[string][]string{}}
	for _, p := range participants {
		l.TINs[p.ACO] = append(l.TINs[p.ACO], p.TIN)
	}
	for aco := range l.TINs {
		slices.Sort(l.TINs[aco])
		l.TINs[aco] = slices.Compact(l.TINs[aco])
	}
	return l
}

// changesSince compares with an earlier list, ACO by ACO.
func (l rememberedList) changesSince(earlier rememberedList) []tinChange {
	acos := maps.Clone(l.TINs)
	maps.Copy(acos, earlier.TINs)
	changes := []tinChange{}
	for _, aco := range slices.Sorted(maps.Keys(acos)) {
		c := tinChange{ACO: aco, Added: lacking(l.TINs[aco], earlier.TINs[aco]), Removed: lacking(earlier.TINs[aco], l.TINs[aco])}
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
func (p *prepared) tinList(current rememberedList) tinList {
	t := tinList{SHA256: contentDigests(p.files)["participant_tin"], Changes: []tinChange{}}
	text, err := os.ReadFile(filepath.Join(p.request.Config.Cache, rememberedName))
	var earlier rememberedList
	if err != nil || json.Unmarshal(text, &earlier) != nil {
		return t
	}
	t.PreviousRunID = earlier.RunID
	t.Changes = current.changesSince(earlier)
	return t
}

func (p *prepared) rememberList(current rememberedList) error {
	text, err := publish.CanonicalJSON(current)
	if err != nil {
		return err
	}
	path := filepath.Join(p.request.Config.Cache, rememberedName)
	return errors.Join(os.WriteFile(path+".new", text, 0o600), os.Rename(path+".new", path))
}
