package pipeline

import (
	"slices"
	"testing"

	"leadline/alignment"
)

func TestTINListChanges(t *testing.T) {
	list := func(pairs ...string) tinsByACO {
		var participants []alignment.Participant
		for i := 0; i < len(pairs); i += 2 {
			participants = append(participants, alignment.Participant{ACO: pairs[i], TIN: pairs[i+1]})
		}
		return listOf(participants)
	}
	tests := []struct {
		name           string
		earlier, later tinsByACO
		want           []tinChange
	}{
		{"the same", list("A", "2", "A", "1"), list("A", "1", "A", "2"), nil},
		{"two added, one removed", list("A", "1", "A", "2"), list("A", "2", "A", "3", "A", "4"), []tinChange{{"A", 2, 1}}},
		{"moved between ACOs", list("A", "1", "B", "2"), list("A", "1", "A", "2"), []tinChange{{"A", 1, 0}, {"B", 0, 1}}},
		{"a TIN with two spans is one", list("A", "1"), list("A", "1", "A", "1"), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.later.changesSince(tt.earlier); !slices.Equal(got, tt.want) {
				t.Errorf("changesSince = %v, want %v", got, tt.want)
			}
		})
	}
}
