package compare

import (
	"cmp"
	"slices"
	"strings"

	"leadline/schemas"
)

// Basis is what two runs rest on differently.
type Basis struct {
	Inputs     []InputChange     `json:"inputs"`
	Parameters []ParameterChange `json:"parameters"`
	TINList    TINListChange     `json:"participant_tin"`
}

// InputChange counts the files of an input table, by their SHA-256.
type InputChange struct {
	Table   string `json:"table"`
	Added   int    `json:"files_added"`
	Removed int    `json:"files_removed"`
	Kept    int    `json:"files_kept"`
}

// ParameterChange is a parameter that both runs consulted. One that only one of
// them came to look at, such as the other spending group's discount, is none.
type ParameterChange struct {
	Name    string `json:"name"`
	From    string `json:"from"`
	To      string `json:"to"`
	InForce int    `json:"in_force_from"` // first performance year of the row
}

// TINListChange counts what changed on the Participant TIN list.
type TINListChange struct {
	IsSame  bool `json:"is_same"`
	IsKnown bool `json:"is_known"` // a manifest compares the two lists
	// Changes by ACO; they name no TIN.
	Changes []TINChange `json:"changes"`
}

// TINChange is how many TINs an ACO's list gained and lost.
type TINChange struct {
	ACO     string `json:"aco_id"`
	Added   int    `json:"added"`
	Removed int    `json:"removed"`
}

func basisOf(a, b manifest) Basis {
	return Basis{inputChanges(a.Inputs, b.Inputs), parameterChanges(a.Parameters, b.Parameters), tinListChange(a, b)}
}

func inputChanges(a, b []inputFile) []InputChange {
	balance := map[inputFile]int{} // how many more files of these bytes the later run has
	tables := map[string]*InputChange{}
	of := func(table string) *InputChange {
		if tables[table] == nil {
			tables[table] = &InputChange{Table: table}
		}
		return tables[table]
	}
	for _, f := range a {
		balance[f]--
		of(f.Table).Kept++
	}
	for _, f := range b {
		balance[f]++
		of(f.Table)
	}
	for f, n := range balance {
		if n > 0 {
			of(f.Table).Added += n
			continue
		}
		of(f.Table).Removed -= n
		of(f.Table).Kept += n
	}
	changes := []InputChange{}
	for _, c := range tables {
		if c.Added > 0 || c.Removed > 0 {
			changes = append(changes, *c)
		}
	}
	slices.SortFunc(changes, func(a, b InputChange) int { return strings.Compare(a.Table, b.Table) })
	return changes
}

func parameterChanges(a, b []schemas.ConsultedParameter) []ParameterChange {
	type row struct {
		name string
		from int
	}
	before := map[row]string{}
	for _, p := range a {
		before[row{p.Name, p.From}] = p.Value
	}
	changes := []ParameterChange{}
	for _, p := range b {
		if value, both := before[row{p.Name, p.From}]; both && value != p.Value {
			changes = append(changes, ParameterChange{p.Name, value, p.Value, p.From})
		}
	}
	slices.SortFunc(changes, func(a, b ParameterChange) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.InForce, b.InForce))
	})
	return changes
}

// tinListChange is what one manifest says of its list against the other's.
func tinListChange(a, b manifest) TINListChange {
	c := TINListChange{IsSame: slices.Equal(a.TINList.SHA256, b.TINList.SHA256), Changes: []TINChange{}}
	switch {
	case c.IsSame:
		c.IsKnown = true
	case b.TINList.PreviousRunID == a.RunID:
		c.IsKnown = true
		c.Changes = append(c.Changes, b.TINList.Changes...)
	case a.TINList.PreviousRunID == b.RunID:
		c.IsKnown = true
		for _, t := range a.TINList.Changes {
			c.Changes = append(c.Changes, TINChange{t.ACO, t.Removed, t.Added})
		}
	}
	return c
}
