package pipeline_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"leadline/fixtures/oracle"
	"leadline/pipeline"
	"leadline/pipeline/engine"
)

const seeds = 10_000

func drawExtract(t *rapid.T) (oracle.Extract, oracle.Options) {
	return oracle.Random(rapid.Uint64Range(0, seeds).Draw(t, "seed of the extract"))
}

// neverRows are queries over the engine's tables that find no row on any
// extract.
var neverRows = map[string]string{
	"more than twelve months in a person's year": `
		select 1 from aligned_month group by alignment_type, bene_id, year having sum(eligible_months) > 12`,
	"a month counted twice": `
		select 1 from aligned_month group by alignment_type, bene_id, year having sum(months) <> bit_or(months)`,
	"a month beyond December": `
		select 1 from aligned_month where months not between 1 and 4095`,
	"a count that is not that of the months": `
		select 1 from aligned_month where eligible_months <> bit_count(months)`,
	"two ACOs in a person's year": `
		select 1 from aligned_month group by alignment_type, bene_id, year having count(distinct aco_id) > 1`,
	"two outcomes in a person's year": `
		select 1 from alignment group by aligned_year, bene_id having count(*) > 1`,
	"an ACO without a type, or a type without an ACO": `
		select 1 from alignment where (aco_id is null) <> (alignment_type = 'none')`,
	"months by claims of someone who is not aligned so": `
		select 1 from aligned_month as m
		left join alignment as a on a.aligned_year = m.year and a.bene_id = m.bene_id and a.aco_id = m.aco_id and a.alignment_type = 'claims'
		where m.alignment_type = 'claims' and a.bene_id is null`,
	"voluntary months of someone who chose no ACO in the performance year": `
		select 1 from aligned_month as m
		left join alignment as a on a.aligned_year = (select max(aligned_year) from alignment)
			and a.bene_id = m.bene_id and a.aco_id = m.aco_id and a.alignment_type = 'voluntary'
		where m.alignment_type = 'voluntary' and a.bene_id is null`,
	"months of the dead, but for stand-in months": `
		select 1 from aligned_month as m join beneficiary as b on b.bene_id = m.bene_id
		where b.death_date < make_date(m.year, length(bin(m.months)), 1) and not m.is_projected`,
}

// On any extract a person has one outcome a year and at most twelve months.
func TestPropertyOneOutcomeAndTwelveMonths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, o := drawExtract(t)
		r, err := request(t, random(t, x, o))
		if err != nil {
			t.Fatal(err)
		}
		err = pipeline.Examine(context.Background(), r, func(e engine.Engine) error {
			for what, sql := range neverRows {
				result, err := e.Query(context.Background(), sql)
				if err != nil {
					return fmt.Errorf("%s: %w", what, err)
				}
				if n := result.Rows(); n > 0 {
					t.Errorf("%s: %d", what, n)
				}
				result.Release()
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Dollars, months and people are conserved, and the dollars of the extract are
// those that a plain sum over its rows gives.
func TestPropertyDollarsConserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, o := drawExtract(t)
		identities := published(t, run(t, random(t, x, o)), "identity")
		first := x.ACO[0].FirstPerformanceYear
		years := []int{first - 3, first - 2, first - 1, o.PerformanceYear}
		if want := 3 * 2 * len(years); len(identities) != want { // three checks of two groups a year
			t.Errorf("%d identities, want %d", len(identities), want)
		}
		for key, cells := range identities {
			if cells["pass"] != "true" || cells["left_side"] != cells["right_side"] {
				t.Errorf("%s: %v", key, cells)
			}
		}
		for _, year := range years {
			want := decimal.New(countedCents(x, o, year), -2)
			got := identities[fmt.Sprintf("dollars|claims %d", year)]["left_side"]
			if !decimal.RequireFromString(got).Equal(want) {
				t.Errorf("dollars of %d: %s, the rows sum to %s", year, got, want)
			}
		}
	})
}

// countedCents sums the paid amounts of a service year: cancellations with
// minus their amount, denied rows not at all, nor what was processed after the
// run-out (R2, R3, R4, C4).
func countedCents(x oracle.Extract, o oracle.Options, year int) int64 {
	var sum int64
	add := func(thru, processed time.Time, adjustment string, cents int64) {
		if o.RunOutMonths != nil && processed.After(time.Date(year+1, time.Month(1+*o.RunOutMonths), 0, 0, 0, 0, 0, time.UTC)) {
			return
		}
		if adjustment == "1" {
			cents = -max(cents, -cents)
		}
		if thru.Year() == year {
			sum += cents
		}
	}
	for _, l := range x.ProfessionalClaimLine {
		isPaid := slices.Contains([]string{"", "A"}, l.ProcessingIndicatorCode)
		if isPaid || slices.Contains([]string{"R", "S"}, l.ProcessingIndicatorCode) && l.AllowedCents != 0 {
			add(l.ThruDate, l.ProcessedDate, l.AdjustmentTypeCode, l.PaidCents)
		}
	}
	for _, c := range x.InstitutionalClaim {
		if strings.TrimSpace(c.NonpaymentCode) == "" {
			add(c.ThruDate, c.ProcessedDate, c.AdjustmentTypeCode, c.PaidCents)
		}
	}
	return sum
}

// The order of rows, and so of files and of the TIN list, changes nothing.
func TestPropertyOrderChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, o := drawExtract(t)
		want := publishedBytes(t, run(t, random(t, x, o)))
		shuffleTables(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed of the order"), 0)), &x)
		if diff := cmp.Diff(want, publishedBytes(t, run(t, random(t, x, o)))); diff != "" {
			t.Error(diff)
		}
	})
}

// shuffleTables puts the rows of every table in another order.
func shuffleTables(r *rand.Rand, x *oracle.Extract) {
	tables := reflect.ValueOf(x).Elem()
	for i := range tables.NumField() {
		if rows := tables.Field(i); rows.Kind() == reflect.Slice {
			r.Shuffle(rows.Len(), reflect.Swapper(rows.Interface()))
		}
	}
}

// drawWithoutNegativeCharges draws an extract in which more services always
// mean greater charges: without cancellations or negative amounts.
func drawWithoutNegativeCharges(t *rapid.T) (oracle.Extract, oracle.Options) {
	x, o := drawExtract(t)
	x.ProfessionalClaimLine = slices.DeleteFunc(x.ProfessionalClaimLine, func(l oracle.ProfessionalClaimLine) bool {
		return l.AdjustmentTypeCode == "1" || l.AllowedCents < 0
	})
	cancelled := map[string]bool{}
	for _, c := range x.InstitutionalClaim {
		cancelled[c.ClaimID] = c.AdjustmentTypeCode == "1"
	}
	x.InstitutionalClaim = slices.DeleteFunc(x.InstitutionalClaim, func(c oracle.InstitutionalClaim) bool {
		return cancelled[c.ClaimID]
	})
	x.InstitutionalClaimLine = slices.DeleteFunc(x.InstitutionalClaimLine, func(l oracle.InstitutionalClaimLine) bool {
		return cancelled[l.ClaimID] || l.AllowedCents != nil && *l.AllowedCents < 0
	})
	return x, o
}

// byClaims are the people and years aligned to an ACO by claims.
func byClaims(t tester, out pipeline.Outcome, aco string) []string {
	t.Helper()
	aligned := published(t, out, "alignment")
	return slices.DeleteFunc(slices.Sorted(maps.Keys(aligned)), func(key string) bool {
		return aligned[key]["aco_id"] != aco || aligned[key]["alignment_type"] != "claims"
	})
}

// lost are those of before who are not in after.
func lost(before, after []string) []string {
	return slices.DeleteFunc(before, func(key string) bool { return slices.Contains(after, key) })
}

// A TIN more on an ACO's list takes from it no one who was aligned to it.
func TestPropertyAddedTINTakesNoOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, o := drawWithoutNegativeCharges(t)
		aco := rapid.SampledFrom(x.ACO).Draw(t, "ACO").ACOID
		tin := rapid.SampledFrom(unlisted(x)).Draw(t, "TIN")
		before := byClaims(t, run(t, random(t, x, o)), aco)
		x.ParticipantTIN = append(x.ParticipantTIN, oracle.ParticipantTIN{ACOID: aco, TIN: tin})
		after := byClaims(t, run(t, random(t, x, o)), aco)
		if gone := lost(before, after); len(gone) > 0 {
			t.Errorf("%s lost %d of %d by adding %s, gained %d", aco, len(gone), len(before), tin, len(lost(after, before)))
		}
	})
}

// unlisted are the TINs that bill and stand on no list.
func unlisted(x oracle.Extract) []string {
	listed, bills := map[string]bool{}, map[string]bool{}
	for _, p := range x.ParticipantTIN {
		listed[bare(p.TIN)] = true
	}
	for _, l := range x.ProfessionalClaimLine {
		if !listed[bare(l.TIN)] {
			bills[bare(l.TIN)] = true
		}
	}
	return slices.Sorted(maps.Keys(bills))
}

func bare(tin string) string { return strings.ReplaceAll(strings.TrimSpace(tin), "-", "") }

// A TIN that moves from one ACO to another takes no one from the second, and
// brings the first no one.
func TestPropertyMovedTIN(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, o := drawWithoutNegativeCharges(t)
		row := rapid.SampledFrom(x.ParticipantTIN).Draw(t, "row of the list")
		tin, from := bare(row.TIN), row.ACOID
		others := slices.DeleteFunc(slices.Clone(x.ACO), func(a oracle.ACO) bool { return a.ACOID == from })
		to := rapid.SampledFrom(others).Draw(t, "ACO").ACOID
		before := run(t, random(t, x, o))
		for i := range x.ParticipantTIN {
			if p := &x.ParticipantTIN[i]; bare(p.TIN) == tin {
				p.ACOID = to
			}
		}
		after := run(t, random(t, x, o))
		if gone := lost(byClaims(t, before, to), byClaims(t, after, to)); len(gone) > 0 {
			t.Errorf("%s lost %d by the TIN %s that came from %s", to, len(gone), tin, from)
		}
		if come := lost(byClaims(t, after, from), byClaims(t, before, from)); len(come) > 0 {
			t.Errorf("%s gained %d by the TIN %s that went to %s", from, len(come), tin, to)
		}
		everyone := slices.Sorted(maps.Keys(published(t, before, "alignment")))
		if diff := cmp.Diff(everyone, slices.Sorted(maps.Keys(published(t, after, "alignment")))); diff != "" {
			t.Errorf("the list decides who has an outcome: %s", diff)
		}
	})
}
