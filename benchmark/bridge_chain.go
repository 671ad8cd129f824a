package benchmark

import (
	"slices"

	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// chain is a bridge on its way from one run to the other.
type chain struct {
	total  bool
	groups map[bridgeKey]leaves // as far as they are taken over
	at     BridgeEnd            // what the groups come to, in cents
	lines  []BridgeLine
}

// bridgeOf substitutes the groups' leaves one link after the other.
func bridgeOf(a, b bridgeSide, key bridgeKey, groups []bridgeKey) Bridge {
	bridge := Bridge{
		ACO: key.aco, Category: key.category, AlignmentType: key.alignmentType,
		From: a.ends[key], To: b.ends[key], Lines: []BridgeLine{},
	}
	c := &chain{total: key.isTotal(), groups: map[bridgeKey]leaves{}}
	var both []bridgeKey
	for _, g := range groups {
		before, calculable := a.leaves[g]
		if !calculable {
			continue
		}
		c.groups[g] = before
		if _, still := b.leaves[g]; still {
			both = append(both, g)
		}
	}
	c.at = c.comesTo()
	start := c.at

	c.leave(groups, b)
	for _, k := range links {
		c.follow(k, both, a, b)
	}
	c.join(groups, a, b)

	c.add(remainder(bridge, start, c.at), false)
	bridge.Lines = append(bridge.Lines, c.lines...)
	return bridge
}

// remainder is what the ends differ by beyond what the rules make of the steps:
// rounding, or where it is more than roundings can come to, a rule of another
// version.
func remainder(bridge Bridge, start, end BridgeEnd) BridgeLine {
	beyond := func(from, to, start, end *decimal.Decimal) (rest, most decimal.Decimal) {
		rest = orZero(to).Sub(orZero(from)).Sub(orZero(end).Sub(orZero(start)))
		size := orZero(from).Abs().Add(orZero(to).Abs())
		return rest, size.Shift(-roundingPlaces).Add(decimal.New(2, -2)) // and a cent at either end
	}
	pbpm, mostPBPM := beyond(bridge.From.PBPM, bridge.To.PBPM, start.PBPM, end.PBPM)
	dollars, mostDollars := beyond(bridge.From.Dollars, bridge.To.Dollars, start.Dollars, end.Dollars)
	line := BridgeLine{Step: bridgeRounding, Label: "Rounding of the shown steps", PBPM: pbpm, Dollars: dollars}
	if pbpm.Abs().GreaterThan(mostPBPM) || dollars.Abs().GreaterThan(mostDollars) {
		line.Step, line.Label = bridgeUnexplained, "Not explained by these steps"
	}
	return line
}

// roundingPlaces is where ten factors that were each rounded at the eighth
// place begin to show.
const roundingPlaces = 7

// leave takes off the groups that the later run cannot calculate.
func (c *chain) leave(groups []bridgeKey, b bridgeSide) {
	for _, kind := range []struct {
		step, label string
		published   bool
	}{
		{bridgeDisappeared, "Group is no longer there", false},
		{bridgeNotCalculable, "Group is no longer calculable", true},
	} {
		changed := false
		for _, g := range groups {
			_, held := c.groups[g]
			if _, still := b.leaves[g]; held && !still && b.ends[g].IsPublished == kind.published {
				delete(c.groups, g)
				changed = true
			}
		}
		c.step(BridgeLine{Step: kind.step, Label: kind.label}, changed)
	}
}

// join adds the groups that the earlier run could not calculate.
func (c *chain) join(groups []bridgeKey, a, b bridgeSide) {
	for _, kind := range []struct {
		step, label string
		published   bool
	}{
		{bridgeAppeared, "Group is new", false},
		{bridgeCalculable, "Group has become calculable", true},
	} {
		changed := false
		for _, g := range groups {
			now, calculable := b.leaves[g]
			if _, before := a.leaves[g]; calculable && !before && a.ends[g].IsPublished == kind.published {
				c.groups[g] = now
				changed = true
			}
		}
		c.step(BridgeLine{Step: kind.step, Label: kind.label}, changed)
	}
}

// follow takes one link over in every group that both runs calculate.
func (c *chain) follow(k link, both []bridgeKey, a, b bridgeSide) {
	line := BridgeLine{Step: k.step, Label: k.label, Unit: k.unit}
	changed := false
	var from, to []decimal.Decimal
	for _, g := range both {
		before, after := k.value(a.leaves[g]), k.value(b.leaves[g])
		from, to = append(from, before), append(to, after)
		changed = changed || !before.Equal(after)
		now := c.groups[g]
		k.take(&now, b.leaves[g])
		c.groups[g] = now
	}
	if c.total && k.step == bridgeMonths {
		line.Label = "Eligible months and their mix"
		from, to = []decimal.Decimal{sumOf(from)}, []decimal.Decimal{sumOf(to)}
	}
	line.From, line.To = common(from), common(to)
	c.step(line, changed)
}

// step writes a line with the difference that the groups have made.
func (c *chain) step(line BridgeLine, changed bool) {
	now := c.comesTo()
	line.PBPM = orZero(now.PBPM).Sub(orZero(c.at.PBPM))
	line.Dollars = orZero(now.Dollars).Sub(orZero(c.at.Dollars))
	c.at = now
	c.add(line, changed)
}

// add keeps a line that has an effect, or whose value has changed.
func (c *chain) add(line BridgeLine, changed bool) {
	if changed || !line.PBPM.IsZero() || !line.Dollars.IsZero() {
		c.lines = append(c.lines, line)
	}
}

// comesTo is the settlement benchmark of the groups: a group's own, or the mean
// over the ACO's by months (R18).
func (c *chain) comesTo() BridgeEnd {
	var dollars schemas.USD
	var months schemas.PersonMonths
	var own schemas.PBPM
	for _, l := range c.groups {
		own = l.settlement()
		months += l.months
		dollars = dollars.Plus(schemas.ForMonths(own, l.months))
	}
	if c.total {
		own = schemas.PBPM{}
		if months > 0 {
			own = schemas.PerMonth(dollars, months)
		}
	}
	mean, whole := own.Cents(), dollars.Cents()
	return BridgeEnd{PBPM: &mean, Dollars: &whole}
}

func orZero(number *decimal.Decimal) decimal.Decimal {
	if number == nil {
		return decimal.Decimal{}
	}
	return *number
}

func sumOf(numbers []decimal.Decimal) decimal.Decimal {
	return decimal.Sum(decimal.Decimal{}, numbers...)
}

// common is the number that all are, if they are one.
func common(numbers []decimal.Decimal) *decimal.Decimal {
	other := func(n decimal.Decimal) bool { return !n.Equal(numbers[0]) }
	if len(numbers) == 0 || slices.ContainsFunc(numbers, other) {
		return nil
	}
	return &numbers[0]
}
