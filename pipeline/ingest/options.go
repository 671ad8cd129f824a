package ingest

import (
	"errors"
	"fmt"
	"strings"
)

// DefaultShiftYears makes 2008 to 2010 the base years of a 2027 start.
const DefaultShiftYears = 16

// DefaultParticipantTINs is the length of the made-up Participant TIN list.
const DefaultParticipantTINs = 20

// DefaultSpecialtyCode is internal medicine, a primary care specialty.
const DefaultSpecialtyCode = "11"

// A MonthRule lays a yearly count of covered months onto the calendar (P6).
type MonthRule string

const (
	MonthsFromJanuary MonthRule = "from_january"
	MonthsToDecember  MonthRule = "to_december"
)

// A SegmentRule says what becomes of a claim segment without dates (P2).
type SegmentRule string

const (
	UndatedSetAside     SegmentRule = "set_aside"
	DatedByFirstSegment SegmentRule = "dated_by_first_segment"
)

// Options are what one import reads, where it writes, and its readings.
type Options struct {
	Source string // a folder of CMS's CSV files or zips, or one archive (zip, tar, tar.gz, tar.bz2)
	Out    string // the folder to make
	Force  bool   // replace an earlier import's files in Out

	ShiftYears      int         // P1; taken as given, 0 is no shift
	Months          MonthRule   // P6
	Segments        SegmentRule // P2
	SpecialtyCode   string      // P5
	SpecialtyFile   string      // P5: CSV npi,specialty_code
	CountyFile      string      // P8: CSV ssa,fips (state and county, five digits each)
	ParticipantTINs int         // P11

	Progress func(Progress) // called now and then from the importing goroutine; may be nil
}

// Progress is how far an import has come.
type Progress struct {
	File  string // base name of the file being read
	Rows  int64  // rows of that file so far
	Bytes int64  // bytes of all files so far
	Total int64  // bytes of all files
}

// DefaultOptions are the readings of the package doc, without source and output.
func DefaultOptions() Options {
	return Options{
		ShiftYears:      DefaultShiftYears,
		Months:          MonthsFromJanuary,
		Segments:        UndatedSetAside,
		SpecialtyCode:   DefaultSpecialtyCode,
		ParticipantTINs: DefaultParticipantTINs,
	}
}

// ErrOptions marks an import that was asked for wrongly: a usage error.
var ErrOptions = errors.New("import desynpuf")

// ErrOutputInUse marks an output folder that holds something already.
var ErrOutputInUse = errors.New("output folder is not empty")

// check refuses options that no import can follow.
func (o Options) check() error {
	var wrong []string
	say := func(bad bool, format string, args ...any) {
		if bad {
			wrong = append(wrong, fmt.Sprintf(format, args...))
		}
	}
	say(o.Source == "", "no source given: name CMS's folder or archive")
	say(o.Out == "", "no output folder given")
	say(o.ShiftYears < 0 || o.ShiftYears > maxShiftYears, "shift of %d years: give 0 to %d", o.ShiftYears, maxShiftYears)
	say(o.Months != MonthsFromJanuary && o.Months != MonthsToDecember,
		"months rule %q: give %s or %s", o.Months, MonthsFromJanuary, MonthsToDecember)
	say(o.Segments != UndatedSetAside && o.Segments != DatedByFirstSegment,
		"segments rule %q: give %s or %s", o.Segments, UndatedSetAside, DatedByFirstSegment)
	say(!isCode(o.SpecialtyCode, specialtyLength), "specialty code %q: give CMS's two characters, such as %s", o.SpecialtyCode, DefaultSpecialtyCode)
	say(o.ParticipantTINs < acoCount, "%d participant TINs: give at least %d, one for each ACO", o.ParticipantTINs, acoCount)
	if len(wrong) > 0 {
		return fmt.Errorf("%w: %s", ErrOptions, strings.Join(wrong, "; "))
	}
	return nil
}

const (
	maxShiftYears   = 100
	specialtyLength = 2
)

// InputError is something wrong in a file: what, where, and what to do. It
// never holds a value of the file.
type InputError struct {
	File   string
	Row    int64 // 1 is the first row under the header; 0 the file as a whole
	Column string
	What   string
	Remedy string
}

func (e *InputError) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Row > 0 {
		fmt.Fprintf(&b, ", row %d", e.Row)
	}
	if e.Column != "" {
		fmt.Fprintf(&b, ", column %s", e.Column)
	}
	fmt.Fprintf(&b, ": %s", e.What)
	if e.Remedy != "" {
		fmt.Fprintf(&b, "; %s", e.Remedy)
	}
	return b.String()
}
