package aggregate_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"leadline/aggregate"
	"leadline/schemas"
)

func whole(n int64) decimal.Decimal { return decimal.NewFromInt(n) }

// C7 on an extract of 2026 with 1000.00 in claims (pass-through 30), 40 months
// and 5 people. Claims group: net 600 and excluded 100 in its cells, 250 outside
// months, 50 of others; 24 months of 3 people counted, 16 of 2 others. Voluntary:
// net 200, 800 of others; 4 months of 1 person, 36 of 4 others.
func identityCase() ([]aggregate.Total, []aggregate.Counted, []aggregate.SetAside) {
	const claims, voluntary = schemas.ClaimsAligned, schemas.VoluntaryAligned
	totals := []aggregate.Total{{Year: 2026, Paid: whole(1000), PassThrough: whole(30), Months: whole(40), People: whole(5)}}
	counted := []aggregate.Counted{
		{Year: 2026, AlignmentType: claims, Net: whole(500), Excluded: whole(100)},
		{Year: 2026, AlignmentType: claims, Net: whole(100)},
		{Year: 2026, AlignmentType: claims, Months: whole(20)},
		{Year: 2026, AlignmentType: claims, Months: whole(4)},
		{Year: 2026, AlignmentType: claims, People: whole(3)},
		{Year: 2026, AlignmentType: voluntary, Net: whole(200), Months: whole(4), People: whole(1)},
		{Year: 2025, AlignmentType: claims, Net: whole(9999), Months: whole(99), People: whole(9)}, // another year's
	}
	aside := []aggregate.SetAside{
		{Year: 2026, AlignmentType: claims, Reason: "outside_eligible_months", Paid: whole(250), PassThrough: whole(10)},
		{Year: 2026, AlignmentType: claims, Reason: "not_in_group", Paid: whole(50), PassThrough: whole(20)},
		{Year: 2026, AlignmentType: claims, Reason: "not_in_group", Months: whole(16), People: whole(2)},
		{Year: 2026, AlignmentType: voluntary, Reason: "not_in_group", Paid: whole(800), PassThrough: whole(30), Months: whole(36), People: whole(4)},
		{Year: 2025, AlignmentType: claims, Reason: "not_in_group", Paid: whole(9999)},
	}
	return totals, counted, aside
}

func proved(all []aggregate.Identity) []string {
	var lines []string
	for _, i := range all {
		lines = append(lines, fmt.Sprintf("%s, %s: %s - %s = %s, holds %v", i.Check, i.Scope, i.Left, i.Right, i.Difference(), i.Holds()))
	}
	return lines
}

func TestIdentities(t *testing.T) {
	totals, counted, aside := identityCase()
	want := []string{
		"dollars, claims 2026: 1000 - 1000 = 0, holds true",    // 500 + 100 + 100 + 250 + 50
		"dollars, voluntary 2026: 1000 - 1000 = 0, holds true", // 200 + 800
		"months, claims 2026: 40 - 40 = 0, holds true",         // 20 + 4 + 16
		"months, voluntary 2026: 40 - 40 = 0, holds true",      // 4 + 36
		"people, claims 2026: 5 - 5 = 0, holds true",           // 3 + 2
		"people, voluntary 2026: 5 - 5 = 0, holds true",        // 1 + 4
	}
	if diff := cmp.Diff(want, proved(aggregate.Identities(totals, counted, aside, aggregate.Settings{}))); diff != "" {
		t.Errorf("Identities (-want +got):\n%s", diff)
	}
}

// A cent that stands nowhere, a month and a person counted twice are seen, in
// their group alone.
func TestIdentitiesThatDoNotHold(t *testing.T) {
	totals, counted, aside := identityCase()
	counted[0].Net = dollarsOf("499.99")
	counted[2].Months = whole(21)
	aside[3].People = whole(5)
	want := []string{
		"dollars, claims 2026: 1000 - 999.99 = 0.01, holds false",
		"dollars, voluntary 2026: 1000 - 1000 = 0, holds true",
		"months, claims 2026: 40 - 41 = -1, holds false",
		"months, voluntary 2026: 40 - 40 = 0, holds true",
		"people, claims 2026: 5 - 5 = 0, holds true",
		"people, voluntary 2026: 5 - 6 = -1, holds false",
	}
	if diff := cmp.Diff(want, proved(aggregate.Identities(totals, counted, aside, aggregate.Settings{}))); diff != "" {
		t.Errorf("Identities (-want +got):\n%s", diff)
	}
}

// C2: with include_pass_through the amounts beside the payments stand on both
// sides: 1000 + 30 = 1030, and the cells hold theirs in net already (none here),
// so that 30 of what is set aside makes up for it: 600 + 100 + 260 + 70 = 1030.
func TestIdentitiesWithPassThrough(t *testing.T) {
	totals, counted, aside := identityCase()
	got := proved(aggregate.Identities(totals, counted, aside, aggregate.Settings{HasPassThrough: true}))[:2]
	want := []string{
		"dollars, claims 2026: 1030 - 1030 = 0, holds true",
		"dollars, voluntary 2026: 1030 - 1030 = 0, holds true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Identities (-want +got):\n%s", diff)
	}
}
