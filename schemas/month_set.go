package schemas

import "time"

// Months are the months from one through another of the same year as one
// number: January is 1, February 2, December 2048. SQL steps keep a person's
// months of a year like this, one row where there would be twelve: & gives the
// months that two sets share, bit_count how many there are, and a sum joins sets
// that share none.
func Months(from, through time.Month) int64 {
	return int64(1)<<through - int64(1)<<(from-1)
}
