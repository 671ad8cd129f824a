package ingest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// importer is one import under way.
type importer struct {
	options     Options
	folder      string // the folder aside
	source      *source
	done        int64 // bytes of the files read
	counties    *counties
	specialties map[string]string // by NPI
	people      *people
	tins        tinCount
	report      Report
}

// ImportDESynPUF reads CMS's DE-SynPUF and writes the contract's tables, a
// Participant TIN list and ACOs to start from, and a run file over them. See
// the package doc for its readings.
//
// Errors: [ErrOptions] the options; [ErrOutputInUse] the output folder holds
// something; [*InputError] a file of the source or an override; the context's
// own; anything else comes from the file system. On an error nothing stands
// under Options.Out that did not stand there before.
func ImportDESynPUF(ctx context.Context, o Options) (Report, error) {
	if err := o.check(); err != nil {
		return Report{}, err
	}
	if err := checkOutput(o.Out, o.Force); err != nil {
		return Report{}, err
	}
	aside, err := makeAside(o.Out)
	if err != nil {
		return Report{}, err
	}
	defer os.RemoveAll(aside)
	im := &importer{options: o, folder: filepath.Join(aside, "import"), tins: make(tinCount)}
	if err := os.Mkdir(im.folder, privateFolder); err != nil {
		return Report{}, err
	}
	im.report.Folder = filepath.Base(filepath.Clean(o.Out))
	im.report.Rules = o.rules()
	im.report.Skipped = []SkippedFile{}
	if err := im.prepare(ctx, aside); err != nil {
		return Report{}, err
	}
	for _, step := range []func(context.Context) error{
		im.readSummaries, im.writePeople, im.importCarrier, im.importInstitutional, im.tieOut,
	} {
		if err := step(ctx); err != nil {
			return Report{}, err
		}
	}
	if err := im.finish(); err != nil {
		return Report{}, err
	}
	return im.report, takePlace(im.folder, o.Out)
}

// prepare opens the source and reads the overrides.
func (im *importer) prepare(ctx context.Context, aside string) error {
	var err error
	if im.specialties, err = readPairs(ctx, im.options.SpecialtyFile, npiColumn, specialtyColumn); err != nil {
		return err
	}
	crosswalk, err := readPairs(ctx, im.options.CountyFile, ssaColumn, fipsColumn)
	if err != nil {
		return err
	}
	im.counties = &counties{crosswalk: crosswalk, known: make(map[string]string)}
	im.source, err = openSource(ctx, im.options.Source, aside)
	if err != nil {
		return err
	}
	for _, f := range im.source.skipped {
		im.report.Skipped = append(im.report.Skipped, SkippedFile{f.name, string(f.layout)})
	}
	return nil
}

// open opens a file of the source and reports its progress.
func (im *importer) open(f sourceFile) (*records, error) {
	r, err := openRecords(f.path, f.name)
	if err != nil {
		return nil, err
	}
	before := im.done
	im.done += f.bytes
	if im.options.Progress != nil {
		r.report = func(rows, bytes int64) {
			im.options.Progress(Progress{File: f.name, Rows: rows, Bytes: before + bytes, Total: im.source.total})
		}
	}
	return r, nil
}

// finish completes the report and writes what stands beside the tables.
func (im *importer) finish() error {
	im.report.People = int64(len(im.people.persons))
	im.report.PersonYears = int64(len(im.people.years))
	im.report.Counties = im.counties.use
	if err := im.writeRunFiles(); err != nil {
		return err
	}
	if err := im.writeReport(); err != nil {
		return err
	}
	return syncFolder(im.folder)
}

// rules are the readings that these options follow.
func (o Options) rules() []Rule {
	d := DefaultOptions()
	specialty, county := o.SpecialtyCode, "placeholder"
	if o.SpecialtyFile != "" {
		specialty = strings.Join([]string{filepath.Base(o.SpecialtyFile), "else", o.SpecialtyCode}, " ")
	}
	if o.CountyFile != "" {
		county = filepath.Base(o.CountyFile) + " else placeholder"
	}
	fixed := func(number, name, value, says string) Rule { return Rule{number, name, value, true, says} }
	return []Rule{
		{"P1", "shift_years", fmt.Sprint(o.ShiftYears), o.ShiftYears == d.ShiftYears, "every date moves by this many years; 29 February meets 28 where there is none"},
		{"P2", "segments", string(o.Segments), o.Segments == d.Segments, "claim rows without any date: set aside, or dated by the claim's first segment"},
		fixed("P3", "claim_id", "segment_suffix", "a segment other than the first has its number behind the claim's"),
		fixed("P4", "lines", "used_slots", "a slot with a code or an amount is a line; denied lines are kept with their indicator"),
		{"P5", "specialty", specialty, specialty == d.SpecialtyCode, "the layout has no specialty: this code on every line, or by NPI"},
		{"P6", "months", string(o.Months), o.Months == d.Months, "yearly counts of covered months are laid onto the calendar; none after the month of death"},
		fixed("P7", "medicare_status", "11 or 10", "the ESRD flag of the year; no disability, dual status or primary payer"),
		{"P8", "county", county, o.CountyFile == "", "state FIPS with SSA's county digits, not the county's own FIPS; null outside the states and territories"},
		fixed("P9", "pass_through", "per_diem_times_days", "CMS's annual inpatient reimbursement holds it; paid_amount does not"),
		fixed("P10", "diagnoses", "icd9", "lists in ICD-10 find nothing in them"),
		{"P11", "participant_tins", fmt.Sprint(o.ParticipantTINs), o.ParticipantTINs == d.ParticipantTINs, "a made-up list: the TINs with the most lines, dealt to two ACOs"},
	}
}
