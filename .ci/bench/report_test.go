package main

import (
	"strings"
	"testing"
	"time"

	"leadline/pipeline"
)

// ofSeconds is a series of wall times; processor time is twice that.
func ofSeconds(walls ...float64) series {
	var s series
	for _, w := range walls {
		took := time.Duration(w * float64(time.Second))
		s = append(s, sample{wall: took, processor: 2 * took, memory: 1 << 30})
	}
	return s
}

func TestMedian(t *testing.T) {
	tests := []struct {
		name  string
		walls []float64
		want  float64
	}{
		{"one", []float64{7}, 7},
		{"odd, unsorted", []float64{9, 1, 3}, 3},
		{"even: the lower of the middle two", []float64{4, 1, 9, 3}, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := ofSeconds(tt.walls...)
			if got := s.median(wall).Seconds(); got != tt.want {
				t.Errorf("median of wall times = %v, want %v", got, tt.want)
			}
			if got := s.median(processor).Seconds(); got != 2*tt.want {
				t.Errorf("median of processor times = %v, want %v", got, 2*tt.want)
			}
		})
	}
}

// measured has a floor of 10 s, and meets every goal exactly, but that of growth
// by 0.01, which no number of seconds meets exactly in binary.
func measured() times {
	return times{
		floor: ofSeconds(10), full: ofSeconds(15, 12, 30), changed: ofSeconds(0.15), each: ofSeconds(0.075),
		month: ofSeconds(0.75), tenth: ofSeconds(1.26), rowLevel: ofSeconds(18), tight: ofSeconds(20), isSame: true,
		stages: []pipeline.Stage{{Name: "check", Seconds: 11.4}, {Name: "align", Seconds: 5.7}, {Name: "check", Seconds: 11.4}},
	}
}

// Goals are the most that is allowed: met there, not met a little above.
func TestRowsAgainstGoals(t *testing.T) {
	const above = 1.01
	tests := []struct {
		name   string
		row    int
		slower func(*times)
		ratio  string // at the goal
	}{
		{"full run", 1, func(m *times) { m.full = ofSeconds(15 * above) }, "1.50"},          // 15 / 10
		{"changed TIN", 2, func(m *times) { m.changed[0].wall += 2e6 }, "1/100"},            // 0.15 / 15
		{"each TIN", 3, func(m *times) { m.each[0].wall += 1e6 }, "1/200"},                  // 0.075 / 15
		{"new month", 4, func(m *times) { m.month[0].wall += 1e7 }, "1/20"},                 // 0.75 / 15
		{"growth", 5, func(m *times) { m.tenth = ofSeconds(1.26 / above / above) }, "1.19"}, // (15 / 1000) / (1.26 / 100); 1.21 above
		{"tables of people have no goal", 6, func(*times) {}, "1.20"},                       // 18 / 15
		{"a run within little memory is held to its bytes", 7, func(*times) {}, "1.33"},     // 20 / 15
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := measured()
			at := m.rows(1000, 100)[tt.row].cells()
			tt.slower(&m)
			over := m.rows(1000, 100)[tt.row].cells()
			const ratio, goal, verdict = 4, 6, 7
			if at[ratio] != tt.ratio {
				t.Errorf("ratio %q, want %q", at[ratio], tt.ratio)
			}
			wantAt, wantOver := "met", "not met"
			if at[goal] == "" {
				wantAt, wantOver = "", ""
			}
			if at[verdict] != wantAt || over[verdict] != wantOver {
				t.Errorf("at the goal %q, above it %q; want %q and %q", at[verdict], over[verdict], wantAt, wantOver)
			}
		})
	}
}

// 57 s of full runs: check 22.8 s (40%), align 5.7 s (10%), the rest no stage's.
func TestReport(t *testing.T) {
	var b strings.Builder
	if err := measured().write(&b, 1000, 100); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"1000 professional claim lines", "15.000    12.000  30.000", " 40.0%  check\n", " 10.0%  align\n",
		"  0.0%  0 other stages\n", " 50.0%  outside of stages\n", "tables of people takes 3.00 s more, 6.00 s of processor time",
		"peak memory of the full run: 1.00 GiB; goal 4.00 GiB: met", "the same bytes published: met",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, b.String())
		}
	}
}

func TestOtherBytesWithinLittleMemory(t *testing.T) {
	m := measured()
	m.isSame = false
	var b strings.Builder
	if err := m.write(&b, 1000, 100); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "the same bytes published: not met") {
		t.Errorf("the report hides other bytes:\n%s", b.String())
	}
}
