package benchmark

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// BridgeRun is what a bridge reads of a published run.
type BridgeRun struct {
	Benchmarks []Benchmark
	Steps      []Step
	Parameters []schemas.ConsultedParameter // as the manifest lists them
}

// Bridge leads from one run's settlement benchmark to another's. From plus the
// effects of the lines is To, to the cent, in PBPM and in dollars; what is null
// counts as zero.
type Bridge struct {
	ACO           string                `json:"aco_id"`
	Category      schemas.Category      `json:"category"`       // all for the ACO
	AlignmentType schemas.AlignmentType `json:"alignment_type"` // all for the ACO
	From          BridgeEnd             `json:"from"`
	To            BridgeEnd             `json:"to"`
	Lines         []BridgeLine          `json:"lines"`
}

// BridgeEnd is the settlement benchmark as one run published it.
type BridgeEnd struct {
	PBPM           *decimal.Decimal     `json:"settlement_benchmark_pbpm"`
	Dollars        *decimal.Decimal     `json:"settlement_benchmark_dollars"`
	EligibleMonths schemas.PersonMonths `json:"eligible_months"`
	SpendingGroup  SpendingGroup        `json:"spending_group"` // empty where it is not calculable
	IsPublished    bool                 `json:"is_published"`   // the run has a row for the group
	IsCalculable   bool                 `json:"is_calculable"`
	Reason         string               `json:"reason"`
}

// BridgeLine is what one change does, those above it made and those below not.
type BridgeLine struct {
	// Step is the step of the worksheet in which the change enters, or one of
	// the lines of groups that only one run can calculate, or the rest.
	Step  string `json:"step"`
	Label string `json:"label"`
	Unit  string `json:"unit,omitempty"`
	// From and To are the value that changed; null where the ACO's groups have
	// several.
	From    *decimal.Decimal `json:"from"`
	To      *decimal.Decimal `json:"to"`
	PBPM    decimal.Decimal  `json:"effect_pbpm"`
	Dollars decimal.Decimal  `json:"effect_dollars"`
}

// The lines of a bridge that no step of the worksheet stands for.
const (
	bridgeDisappeared   = "group_disappeared"
	bridgeNotCalculable = "became_not_calculable"
	bridgeMonths        = "eligible_months"
	bridgeAppeared      = "group_appeared"
	bridgeCalculable    = "became_calculable"
	bridgeRounding      = "rounding"
	bridgeUnexplained   = "unexplained"

	unitMonths = "months"
)

// Bridges explain what moved the settlement benchmark from one run to another:
// for each ACO in total, then for each of its lines.
//
// The steps are taken over from the later run one after the other, in the
// worksheet's order, and the rules are applied anew after each: a line's effect
// is the settlement benchmark with the steps so far of the later run, less the
// one before. Where two changes act together, what they do jointly falls on the
// later of them: in another order the same change would have another effect,
// though the sum is the same.
//
// The adjustment and the guarded ACPT are taken as the worksheet shows them, so
// what moves them through the distance, the cap or the guardrail is on their
// line. The ACO's PBPM is the mean over its groups; groups that only one run
// can calculate leave first or come last, on lines of their own.
//
// Reading: R12. The worksheet is published to eight places, so the rules give
// the published cents but for a rest; that rest, where there is one, is the line
// rounding. In a year with a rate book it is part of that line. A rest beyond
// rounding, as between versions with other rules, is the line unexplained.
func Bridges(from, to BridgeRun) ([]Bridge, error) {
	a, err := sideOf(from)
	if err != nil {
		return nil, fmt.Errorf("the run compared from: %w", err)
	}
	b, err := sideOf(to)
	if err != nil {
		return nil, fmt.Errorf("the run compared to: %w", err)
	}
	var bridges []Bridge
	for _, key := range bothKeys(a, b) {
		groups := []bridgeKey{key}
		if key.isTotal() {
			groups = groupsOf(a, b, key.aco)
		}
		bridges = append(bridges, bridgeOf(a, b, key, groups))
	}
	return bridges, nil
}

// bridgeKey is an ACO's line, or the ACO.
type bridgeKey struct {
	aco           string
	category      schemas.Category
	alignmentType schemas.AlignmentType
}

func (k bridgeKey) isTotal() bool { return k.category == schemas.AllCategories }

// bridgeSide is a run, found by line.
type bridgeSide struct {
	ends   map[bridgeKey]BridgeEnd
	leaves map[bridgeKey]leaves // of the lines that are calculable
}

func sideOf(run BridgeRun) (bridgeSide, error) {
	side := bridgeSide{ends: map[bridgeKey]BridgeEnd{}, leaves: map[bridgeKey]leaves{}}
	values := stepValues(run.Steps)
	for _, row := range run.Benchmarks {
		key := bridgeKey{row.ACO, row.Category, row.AlignmentType}
		if (row.Category == schemas.AllCategories) != (row.AlignmentType == schemas.AllAligned) {
			continue // a total over one of the two
		}
		side.ends[key] = BridgeEnd{
			PBPM: row.PBPM.SettlementBenchmark, Dollars: row.Dollars.SettlementBenchmark,
			EligibleMonths: row.EligibleMonths, SpendingGroup: row.SpendingGroup,
			IsPublished: true, IsCalculable: row.IsCalculable, Reason: row.Reason,
		}
		if key.isTotal() || !row.IsCalculable {
			continue
		}
		terms, err := bridgeTermsOf(run.Parameters, row.PerformanceYear)
		if err != nil {
			return side, err
		}
		found, err := leavesOf(values[key], terms, row.EligibleMonths)
		if err != nil {
			return side, fmt.Errorf("benchmark_step of ACO %s, %s %s: %w", key.aco, key.category, key.alignmentType, err)
		}
		side.leaves[key] = found
	}
	return side, nil
}

// bothKeys are the lines of two runs, each ACO's total before its groups.
func bothKeys(a, b bridgeSide) []bridgeKey {
	var keys []bridgeKey
	for key := range a.ends {
		keys = append(keys, key)
	}
	for key := range b.ends {
		if _, twice := a.ends[key]; !twice {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b bridgeKey) int {
		total := 0
		if a.isTotal() != b.isTotal() {
			total = 1
			if a.isTotal() {
				total = -1
			}
		}
		return cmp.Or(cmp.Compare(a.aco, b.aco), total, cmp.Compare(a.category, b.category), cmp.Compare(a.alignmentType, b.alignmentType))
	})
	return keys
}

func groupsOf(a, b bridgeSide, aco string) []bridgeKey {
	all := bothKeys(a, b)
	return slices.DeleteFunc(all, func(k bridgeKey) bool { return k.aco != aco || k.isTotal() })
}
