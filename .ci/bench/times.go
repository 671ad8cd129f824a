package main

import (
	"cmp"
	"slices"
	"time"

	"leadline/pipeline"
)

// sample is what one call of the program took.
type sample struct {
	wall, processor time.Duration
	memory          int64 // bytes, the most that it held
}

// over shares a sample among n equal parts of the work.
func (s sample) over(n int) sample {
	return sample{s.wall / time.Duration(n), s.processor / time.Duration(n), s.memory}
}

type series []sample

// median takes the lower of the two in the middle of an even number: a time
// that was measured.
func (s series) median(of func(sample) time.Duration) time.Duration {
	var all []time.Duration
	for _, one := range s {
		all = append(all, of(one))
	}
	slices.Sort(all)
	return all[(len(all)-1)/2]
}

func wall(s sample) time.Duration      { return s.wall }
func processor(s sample) time.Duration { return s.processor }

func (s series) fastest() time.Duration { return slices.MinFunc(s, byWall).wall }
func (s series) slowest() time.Duration { return slices.MaxFunc(s, byWall).wall }

func byWall(a, b sample) int { return cmp.Compare(a.wall, b.wall) }

// peak is the most memory of all.
func (s series) peak() int64 {
	return slices.MaxFunc(s, func(a, b sample) int { return cmp.Compare(a.memory, b.memory) }).memory
}

// times are all that was measured.
type times struct {
	floor, full, changed, each, month, tenth series

	rowLevel, tight series            // of one sample
	spilled         int64             // bytes on disk, under the tight limit
	isSame          bool              // what was published under it
	result          map[string]string // digests of what a full run published
	stages          []pipeline.Stage  // of all full runs
}
