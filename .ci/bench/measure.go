package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
)

const (
	changesOfRound = 3   // changed lists a round: each takes little
	listedTINs     = 200 // of the list that is asked TIN by TIN
	memoryLimit    = "3GB"
	tightLimit     = "1GiB"
)

// full is a whole run from an empty cache.
func (b *bench) full(ctx context.Context) error {
	o, err := b.fresh(ctx, b.extract, "full")
	if err != nil {
		return err
	}
	b.took.full = append(b.took.full, o.sample)
	b.took.result = o.manifest.digests()
	b.took.stages = append(b.took.stages, o.manifest.Stages...)
	return nil
}

// fresh runs an extract into an empty folder.
func (b *bench) fresh(ctx context.Context, x extract, name string, flags ...string) (outcome, error) {
	if err := os.RemoveAll(b.work(name)); err != nil {
		return outcome{}, err
	}
	return b.publish(ctx, x, name, flags...)
}

// changedTIN follows the full run: each list has one TIN less than the list of
// the run before it, and none of them was ever seen.
func (b *bench) changedTIN(ctx context.Context) error {
	b.list.restore()
	for range changesOfRound {
		path, err := b.list.dropOne(b.work())
		if err != nil {
			return err
		}
		o, err := b.publish(ctx, b.extract, "full", "--input", "participant_tin="+path)
		if err != nil {
			return err
		}
		b.took.changed = append(b.took.changed, o.sample)
	}
	return nil
}

// eachTIN asks TIN by TIN about a shorter list that was run before.
func (b *bench) eachTIN(ctx context.Context) error {
	path, err := b.list.some(b.work(), listedTINs)
	if err != nil {
		return err
	}
	flags := []string{"--input", "participant_tin=" + path}
	if _, err := b.publish(ctx, b.extract, "full", flags...); err != nil {
		return err
	}
	took, text, err := b.call(ctx, "whatif", b.extract, "full", append(flags, "--each", "--json")...)
	if err != nil {
		return err
	}
	var answer struct {
		Rows []struct {
			ACO string `json:"aco_id"`
			TIN string `json:"tin"`
		} `json:"tin_contribution"`
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return err
	}
	asked := map[any]bool{}
	for _, r := range answer.Rows {
		asked[r] = true
	}
	if len(asked) != listedTINs {
		return fmt.Errorf("whatif --each answered for %d TINs of %d", len(asked), listedTINs)
	}
	b.took.each = append(b.took.each, took.over(listedTINs))
	return nil
}

// newMonth runs without the last month's claims, then with them: the same
// paths, one file more in each folder.
func (b *bench) newMonth(ctx context.Context) error {
	claims := b.work("claims")
	if err := os.RemoveAll(claims); err != nil {
		return err
	}
	last, inputs, err := b.extract.linkClaims(claims)
	if err != nil {
		return err
	}
	if _, err := b.fresh(ctx, b.extract, "month", inputs...); err != nil {
		return err
	}
	for _, file := range last {
		if err := link(file, filepath.Join(claims, filepath.Base(filepath.Dir(file)))); err != nil {
			return err
		}
	}
	o, err := b.publish(ctx, b.extract, "month", inputs...)
	b.took.month = append(b.took.month, o.sample)
	return err
}

// growth is a whole run on a tenth of the lines.
func (b *bench) growth(ctx context.Context) error {
	o, err := b.fresh(ctx, b.tenth, "tenth")
	b.took.tenth = append(b.took.tenth, o.sample)
	return err
}

// rowLevel is a whole run that writes the tables of people too.
func (b *bench) rowLevel(ctx context.Context) error {
	o, err := b.fresh(ctx, b.extract, "rows", "--publish-row-level", "true")
	b.took.rowLevel = append(b.took.rowLevel, o.sample)
	return err
}

// tight is a whole run with so little memory that a large extract spills.
func (b *bench) tight(ctx context.Context) error {
	spilled := watch(func() int64 { return bytesIn(b.work("tight", ".cache", "work-*")) })
	o, err := b.fresh(ctx, b.extract, "tight", "--memory-limit", tightLimit)
	b.took.tight = append(b.took.tight, o.sample)
	b.took.spilled = spilled()
	b.took.isSame = err == nil && maps.Equal(b.took.result, o.manifest.digests())
	return err
}
