package compare

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"leadline/benchmark"
)

const textWidth = 100

// printer writes lines and keeps the first error.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) line(format string, words ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.out, strings.TrimRight(fmt.Sprintf(format, words...), " "))
	}
}

// list writes words after a heading, wrapped.
func (p *printer) list(heading string, words []string) {
	if len(words) == 0 {
		return
	}
	const indent = 14
	line := fmt.Sprintf("  %-*s", indent-2, heading)
	for i, word := range words {
		if i < len(words)-1 {
			word += ","
		}
		if len(line)+1+len(word) > textWidth {
			p.line("%s", line)
			line = strings.Repeat(" ", indent)
		}
		line += " " + word
	}
	p.line("%s", line)
}

// WriteText prints the diff for a terminal of a hundred columns.
func (d Diff) WriteText(out io.Writer) error {
	p := &printer{out: out}
	p.line("Performance year %d", d.From.PerformanceYear)
	p.line("  from  %-20s %s", d.From.RunID, d.From.Path)
	p.line("  to    %-20s %s", d.To.RunID, d.To.Path)
	d.Basis.write(p)
	d.Kept.write(p)
	d.writePeopleSource(p)
	for _, aco := range d.acos() {
		d.writeACO(p, aco)
	}
	return p.err
}

func (b Basis) write(p *printer) {
	p.line("\nWhat changed in what they rest on")
	if len(b.Inputs) == 0 && len(b.Parameters) == 0 && b.TINList.IsSame {
		p.line("  nothing: the same inputs and parameters")
	}
	for _, i := range b.Inputs {
		p.line("  input      %-34s files: %s removed, %s added, %s kept", i.Table, count(int64(i.Removed)), count(int64(i.Added)), count(int64(i.Kept)))
	}
	for _, c := range b.Parameters {
		p.line("  parameter  %-34s %s -> %s", c.Name, c.From, c.To)
	}
	if !b.TINList.IsKnown {
		p.line("  TIN list   changed; neither manifest compares it with the other run's list")
	}
	for _, t := range b.TINList.Changes {
		p.line("  TIN list   %-34s TINs: %s removed, %s added", "ACO "+t.ACO, count(int64(t.Removed)), count(int64(t.Added)))
	}
}

func (k Kept) write(p *printer) {
	p.line("\nWhat kept its bytes")
	for _, state := range []struct {
		state   State
		heading string
	}{{Identical, "identical"}, {Changed, "changed"}, {OnlyFrom, "only from"}, {OnlyTo, "only to"}} {
		var names []string
		for _, f := range k.Files {
			if f.State == state.state {
				names = append(names, shortName(f.Path))
			}
		}
		p.list(state.heading, names)
	}
	if k.BaseYearsUnchanged() && k.ACPT.unchanged() {
		p.line("  Base years and ACPT unchanged.")
		return
	}
	for _, r := range k.BaseYears {
		if !r.unchanged() {
			p.line("  Base years changed: %s, %s rows gone, %s new (claims-aligned).", r.Table, count(r.OnlyFrom), count(r.OnlyTo))
		}
	}
	switch {
	case k.BaseYearsUnchanged():
		p.line("  Base years unchanged. ACPT changed: %s rows gone, %s new.", count(k.ACPT.OnlyFrom), count(k.ACPT.OnlyTo))
	case k.ACPT.unchanged():
		p.line("  ACPT unchanged.")
	default:
		p.line("  ACPT changed: %s rows gone, %s new.", count(k.ACPT.OnlyFrom), count(k.ACPT.OnlyTo))
	}
}

// shortName is a file by its table, and by its own name where that says more.
func shortName(path string) string {
	table, file, _ := strings.Cut(strings.TrimSuffix(path, ".parquet"), "/")
	if strings.HasPrefix(file, table) {
		return file
	}
	return strings.TrimSuffix(path, ".parquet")
}

func (d Diff) writePeopleSource(p *printer) {
	switch d.People.Source {
	case FromReverse:
		p.line("\nPeople are counted from the transition back, read backwards.")
	case FromAlignment:
		p.line("\nPeople are counted from the runs' own alignment tables. Months, dollars and causes need the")
		p.line("transition's table, changes/%s__%s/alignment_change_total.parquet.", d.From.RunID, d.To.RunID)
	case FromNothing:
		p.line("\nPeople are not counted: there is no transition's table, and a run was published without tables of")
		p.line("people (publish: row_level).")
	}
}

// acos are the ACOs of the bridges, each once.
func (d Diff) acos() []string {
	var acos []string
	for _, b := range d.Bridges {
		acos = append(acos, b.ACO)
	}
	return slices.Compact(acos)
}

func (d Diff) writeACO(p *printer, aco string) {
	p.line("\nACO %s", aco)
	for _, b := range d.Bridges {
		if b.ACO == aco {
			writeBridge(p, b)
		}
	}
	d.writePeople(p, aco)
	d.writeGroups(p, aco)
}

// writeBridge prints the way from one benchmark to the other; a group of which
// nothing changed is left out, the ACO's total never.
func writeBridge(p *printer, b benchmark.Bridge) {
	isTotal := b.Category == "all"
	if !isTotal && len(b.Lines) == 0 {
		return
	}
	name := fmt.Sprintf("%s %s", b.Category, b.AlignmentType)
	if isTotal {
		name = "All groups; spending group " + spendingGroups(b)
	}
	p.line("\n  %-60s %16s %19s", name, "PBPM", "dollars")
	p.line("    %-58s %16s %19s", "settlement benchmark from", orNone(b.From.PBPM), orNone(b.From.Dollars))
	for _, l := range b.Lines {
		p.line("    %-32s %-25s %16s %19s", l.Label, fromTo(l), signed(l.PBPM), signed(l.Dollars))
	}
	if len(b.Lines) == 0 {
		p.line("    no change")
	}
	p.line("    %-58s %16s %19s", "settlement benchmark to", orNone(b.To.PBPM), orNone(b.To.Dollars))
	if b.To.IsPublished && !b.To.IsCalculable {
		p.list("  not calc.:", strings.Fields(b.To.Reason))
	}
}

func spendingGroups(b benchmark.Bridge) string {
	from, to := string(b.From.SpendingGroup), string(b.To.SpendingGroup)
	for _, group := range []*string{&from, &to} {
		if *group == "" {
			*group = "none"
		}
	}
	if from == to {
		return from + ", as before"
	}
	return from + " -> " + to
}

func (d Diff) writePeople(p *printer, aco string) {
	of := func(c PeopleChange) bool { return c.ACO == aco }
	if d.People.Source == FromNothing {
		return
	}
	p.line("")
	if !slices.ContainsFunc(d.People.Changes, of) {
		p.line("  People: no one gained, lost or moved")
		return
	}
	p.line("  %-35s %12s %12s %16s %19s", "People", "aligned year", "people", "months", "dollars")
	for _, c := range d.People.Changes {
		if !of(c) {
			continue
		}
		months, dollars := "", ""
		if c.Months != nil {
			months, dollars = signedCount(*c.Months), signed(*c.Dollars)
		}
		p.line("    %-33s %12d %12s %16s %19s", changeWords[c.Change], c.AlignedYear, count(c.People), months, dollars)
	}
	heading := true
	for _, c := range d.People.Causes {
		if c.ACO != aco {
			continue
		}
		if heading {
			p.line("\n  %-48s %12s %16s %19s", "Causes that carried most, all aligned years", "people", "months", "dollars")
			heading = false
		}
		p.line("    %-46s %12s %16s %19s", c.Cause, count(c.People), signedCount(c.Months), signed(c.Dollars))
	}
}

var changeWords = map[string]string{
	"gained": "gained", "lost": "lost", "moved_in": "moved in from another ACO", "moved_out": "moved out to another ACO",
	"changed_type": "changed alignment type", "changed_category": "changed category", "changed_months": "changed months",
}

func (d Diff) writeGroups(p *printer, aco string) {
	same, heading := 0, true
	for _, g := range d.Groups {
		if g.ACO != aco {
			continue
		}
		if g.unchanged() {
			same++
			continue
		}
		if heading {
			p.line("\n  %-19s %28s %49s", "Groups that changed", "months: from, to, change", "completed dollars: from, to, change")
			heading = false
		}
		p.line("  %d %-4s %-9s%9s %9s %9s %16s %16s %15s", g.Year, g.Category, g.AlignmentType,
			count(g.From.EligibleMonths), count(g.To.EligibleMonths), signedCount(g.Difference.EligibleMonths),
			money(g.From.Dollars), money(g.To.Dollars), signed(g.Difference.Dollars))
	}
	if same > 0 {
		p.line("  Exposure and expenditure of %d groups and years are unchanged.", same)
	}
}
