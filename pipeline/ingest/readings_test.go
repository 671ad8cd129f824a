package ingest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCoveredMonths(t *testing.T) {
	tests := []struct {
		name        string
		rule        MonthRule
		count, last int
		from, to    int
	}{
		{"none", MonthsFromJanuary, 0, 12, 1, 0},
		{"some, from January", MonthsFromJanuary, 5, 12, 1, 5},
		{"all", MonthsFromJanuary, 12, 12, 1, 12},
		{"twelve counted, died in March", MonthsFromJanuary, 12, 3, 1, 3},
		{"two counted, died in March", MonthsFromJanuary, 2, 3, 1, 2},
		{"some, to December", MonthsToDecember, 5, 12, 8, 12},
		{"none, to December", MonthsToDecember, 0, 12, 13, 12},
		{"two counted, to the month of death", MonthsToDecember, 2, 3, 2, 3},
		{"dead all year", MonthsFromJanuary, 12, 0, 1, 0},
	}
	for _, tt := range tests {
		from, to := tt.rule.coveredMonths(tt.count, tt.last)
		if from != tt.from || to != tt.to {
			t.Errorf("%s: %d to %d, want %d to %d", tt.name, from, to, tt.from, tt.to)
		}
	}
}

func TestLastMonth(t *testing.T) {
	tests := []struct {
		name  string
		death civil
		want  int // in 2009
	}{
		{"alive", civil{}, 12},
		{"died the year before", civil{2008, 12, 1}, 0},
		{"died in January", civil{2009, 1, 1}, 1},
		{"died in December", civil{2009, 12, 1}, 12},
		{"died the year after", civil{2010, 1, 1}, 12},
	}
	for _, tt := range tests {
		if got := (person{death: tt.death}).lastMonth(2009); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestCounties(t *testing.T) {
	c := counties{crosswalk: map[string]string{"05200": "06037"}, known: map[string]string{}}
	tests := []struct{ name, state, county, want string }{
		{"given in the crosswalk", "05", "200", "06037"},
		{"state alone", "39", "230", "42230"},
		{"leading zero", "01", "000", "01000"},
		{"Puerto Rico", "40", "010", "72010"},
		{"others", "54", "010", ""},
		{"unknown", "99", "999", ""},
	}
	for _, tt := range tests {
		if got := c.fips(tt.state, tt.county); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if diff := cmp.Diff(CountyUse{Crosswalk: 1, Placeholder: 3, None: 2}, c.use); diff != "" {
		t.Error(diff)
	}
}

// Every residence that the rules count as the US, each once among SSA's first
// 53 codes or the Pacific ones (R6: 50 states, DC, 60 66 69 72 78).
func TestEveryStateHasItsFIPS(t *testing.T) {
	seen := make(map[string]int)
	for _, fips := range fipsOfState {
		seen[fips]++
	}
	const statesAndTerritories = 50 + 1 + 5
	if len(seen) != statesAndTerritories {
		t.Errorf("%d FIPS states, want %d", len(seen), statesAndTerritories)
	}
	for fips, n := range seen {
		if n != 1 && fips != "66" && fips != "69" { // Guam and the Northern Marianas have two SSA codes
			t.Errorf("FIPS state %s has %d SSA codes", fips, n)
		}
	}
}

func TestPassThrough(t *testing.T) {
	if got := PassThrough(12050, 6); got != 72300 { // 120.50 x 6
		t.Errorf("PassThrough = %d, want 72300", got)
	}
}

func TestParticipantTINs(t *testing.T) {
	lines := map[string]int64{"000000003": 5, "000000001": 5, "900000000": 9, "000000002": 1}
	want := []string{"900000000", "000000001", "000000003"} // most lines first, a tie by TIN
	if diff := cmp.Diff(want, ParticipantTINs(lines, 3)); diff != "" {
		t.Error(diff)
	}
	if got := len(ParticipantTINs(lines, 9)); got != 4 {
		t.Errorf("%d TINs of four, want 4", got)
	}
}

func TestClaimKeys(t *testing.T) {
	k := newClaimKeys()
	for i, tt := range []struct {
		id, segment string
		fresh       bool
	}{
		{"542192281063886", "", true},
		{"542192281063886", "2", true},
		{"542192281063886", "2", false},
		{"042", "", true},
		{"42", "", true}, // leading zeros tell ids apart
		{"042", "", false},
		{"123456789012345678901234567890", "", true},
		{"123456789012345678901234567890", "", false},
	} {
		if got := k.add(tt.id, tt.segment); got != tt.fresh {
			t.Errorf("case %d: fresh %v, want %v", i, got, tt.fresh)
		}
	}
}
