package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// The goals: the most that a measure may be of what it is held against.
const (
	floorGoal   = 1.5
	memoryGoal  = 4 << 30 // bytes, under memoryLimit
	changedGoal = 1.0 / 100
	eachGoal    = 1.0 / 200
	monthGoal   = 1.0 / 20
	growthGoal  = 1.2
)

// row is a line of the report.
type row struct {
	measure string
	took    series
	ratio   float64 // of medians
	onCPU   float64 // the same of processor time, which a busy machine moves less
	goal    float64 // 0: none
}

func (t times) rows(lines, tenthLines int64) []row {
	times := func(measure string, s, base series, goal float64) row {
		return row{measure, s, ratio(s, base, wall), ratio(s, base, processor), goal}
	}
	growth := times("full run on a tenth; growth of time a line", t.tenth, t.full, growthGoal)
	part := float64(tenthLines) / float64(lines)
	growth.ratio, growth.onCPU = part/growth.ratio, part/growth.onCPU
	return []row{
		times("floor: the columns read once", t.floor, t.floor, 0),
		times("full run, over the floor", t.full, t.floor, floorGoal),
		times("run after one changed TIN, over the full run", t.changed, t.full, changedGoal),
		times(fmt.Sprintf("whatif --each of %d TINs, a TIN", listedTINs), t.each, t.full, eachGoal),
		times("one new month of claims", t.month, t.full, monthGoal),
		growth,
		times("full run with tables of people", t.rowLevel, t.full, 0),
		times("full run within "+tightLimit, t.tight, t.full, 0),
	}
}

func ratio(s, base series, of func(sample) time.Duration) float64 {
	return s.median(of).Seconds() / base.median(of).Seconds()
}

func (t times) write(w io.Writer, lines, tenthLines int64) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d professional claim lines; %s; engine's limit %s\n\n", lines, machine(), memoryLimit)
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "MEASURE\tMEDIAN s\tMIN\tMAX\tRATIO\tOF CPU TIME\tGOAL\tMET\tPEAK")
	for _, r := range t.rows(lines, tenthLines) {
		fmt.Fprintln(table, strings.Join(r.cells(), "\t"))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(&b, "\npeak memory of the full run: %s; goal %s: %s\n", gibibytes(t.full.peak()), gibibytes(memoryGoal), met(t.full.peak() <= memoryGoal))
	fmt.Fprintf(&b, "writing the tables of people takes %.2f s more, %.2f s of processor time\n",
		(t.rowLevel.median(wall) - t.full.median(wall)).Seconds(), (t.rowLevel.median(processor) - t.full.median(processor)).Seconds())
	fmt.Fprintf(&b, "within %s: peak memory %s, spilled %s; goal the same bytes published: %s\n",
		tightLimit, gibibytes(t.tight.peak()), gibibytes(t.spilled), met(t.isSame))
	b.WriteString("\nWhere the full run's time goes\n")
	b.WriteString(t.shares())
	_, err := io.WriteString(w, b.String())
	return err
}

func (r row) cells() []string {
	goal, verdict, peak := "", "", ""
	if r.goal != 0 {
		goal, verdict = ratioText(r.goal), met(r.ratio <= r.goal)
	}
	if r.took.peak() > 0 { // unknown of what runs in this process
		peak = gibibytes(r.took.peak())
	}
	return []string{
		r.measure, seconds(r.took.median(wall)), seconds(r.took.fastest()), seconds(r.took.slowest()),
		ratioText(r.ratio), ratioText(r.onCPU), goal, verdict, peak,
	}
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }

// ratioText writes a small ratio as one over a number.
func ratioText(r float64) string {
	const small = 0.1
	if r < small {
		return fmt.Sprintf("1/%.0f", 1/r)
	}
	return fmt.Sprintf("%.2f", r)
}

func met(isMet bool) string {
	if isMet {
		return "met"
	}
	return "not met"
}

func gibibytes(bytes int64) string { return fmt.Sprintf("%.2f GiB", float64(bytes)/(1<<30)) }

// shares are the stages that take longest, and what no stage holds, such as the
// digests of the inputs.
func (t times) shares() string {
	const shown = 10
	var all, rest float64
	for _, one := range t.full {
		all += one.wall.Seconds()
	}
	rest = all
	took := map[string]float64{}
	for _, s := range t.stages {
		took[s.Name] += s.Seconds
		rest -= s.Seconds
	}
	names := slices.SortedFunc(maps.Keys(took), func(a, b string) int {
		return cmp.Or(cmp.Compare(took[b], took[a]), cmp.Compare(a, b))
	})
	var b strings.Builder
	const percent = 100
	for _, name := range names[:min(shown, len(names))] {
		fmt.Fprintf(&b, "%5.1f%%  %s\n", percent*took[name]/all, name)
		delete(took, name)
	}
	others := 0.0
	for _, s := range took {
		others += s
	}
	fmt.Fprintf(&b, "%5.1f%%  %d other stages\n", percent*others/all, len(took))
	fmt.Fprintf(&b, "%5.1f%%  outside of stages\n", percent*rest/all)
	return b.String()
}

// machine is what can be told of it without asking more than Linux gives.
func machine() string {
	text := fmt.Sprintf("%d processors (%s)", runtime.NumCPU(), runtime.GOARCH)
	var kibibytes int64
	if file, err := os.ReadFile("/proc/meminfo"); err == nil {
		if _, err := fmt.Sscanf(string(file), "MemTotal: %d kB", &kibibytes); err == nil {
			text += ", " + gibibytes(kibibytes<<10) + " of memory"
		}
	}
	if file, err := os.ReadFile("/proc/loadavg"); err == nil {
		text += ", load " + strings.Join(strings.Fields(string(file))[:3], " ")
	}
	return text
}
