package schemas

import (
	"testing"
	"time"
)

// January 1, February 2, March 4 ... December 2048; all twelve 4095.
func TestMonths(t *testing.T) {
	tests := []struct {
		from, through time.Month
		want          int64
	}{
		{time.January, time.January, 1},
		{time.February, time.February, 2},
		{time.December, time.December, 2048},
		{time.January, time.March, 7},       // 1 + 2 + 4
		{time.October, time.December, 3584}, // 512 + 1024 + 2048
		{time.January, time.December, 4095}, // 4096 - 1
	}
	for _, tt := range tests {
		if got := Months(tt.from, tt.through); got != tt.want {
			t.Errorf("Months(%s, %s) = %d, want %d", tt.from, tt.through, got, tt.want)
		}
	}
}
