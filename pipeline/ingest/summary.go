package ingest

import (
	"context"
	"fmt"
	"strings"
)

// people are those of the beneficiary summaries, in the order they are met.
type people struct {
	at      map[string]int32 // bene_id -> index into persons
	persons []person
	years   []personYear
}

// A person is what the latest summary says; a death once given stays.
type person struct {
	bene         string
	birth, death civil
	sex          string
	years        []int32 // indexes into people.years
}

// A personYear is one row of a summary.
type personYear struct {
	year                  int
	partA, partB, hmo     int // months
	esrd                  bool
	fips                  string
	inpatient, outpatient int64 // CMS's own totals, in cents
	file                  string
	row                   int64
}

// yearOf finds a person's row of a year's summary, -1 if none.
func (p *people) yearOf(bene string, year int) int32 {
	who, ok := p.at[bene]
	if !ok {
		return -1
	}
	for _, i := range p.persons[who].years {
		if p.years[i].year == year {
			return i
		}
	}
	return -1
}

type summaryColumns struct {
	bene, birth, death, sex, esrd, state, county int
	partA, partB, hmo, inpatient, outpatient     int
}

func bindSummary(r *records) (summaryColumns, error) {
	b := r.binder()
	c := summaryColumns{
		bene: b.column("DESYNPUF_ID"), birth: b.column("BENE_BIRTH_DT"), death: b.column("BENE_DEATH_DT"),
		sex: b.column("BENE_SEX_IDENT_CD"), esrd: b.column("BENE_ESRD_IND"),
		state: b.column("SP_STATE_CODE"), county: b.column("BENE_COUNTY_CD"),
		partA: b.column("BENE_HI_CVRAGE_TOT_MONS"), partB: b.column("BENE_SMI_CVRAGE_TOT_MONS"),
		hmo:       b.column("BENE_HMO_CVRAGE_TOT_MONS"),
		inpatient: b.column("MEDREIMB_IP"), outpatient: b.column("MEDREIMB_OP"),
	}
	return c, r.check(b)
}

// readSummaries reads every beneficiary summary, earliest year first.
func (im *importer) readSummaries(ctx context.Context) error {
	im.people = &people{at: make(map[string]int32)}
	for _, f := range im.source.files[summaryLayout] {
		if err := im.readSummary(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) readSummary(ctx context.Context, f sourceFile) error {
	r, err := im.open(f)
	if err != nil {
		return err
	}
	defer r.close()
	c, err := bindSummary(r)
	if err != nil {
		return err
	}
	tally := newTally(f)
	for {
		ok, err := r.next(ctx)
		if err != nil {
			return err
		}
		if !ok {
			im.report.Files = append(im.report.Files, tally.report())
			return nil
		}
		if err := im.addPersonYear(r, c, f.year, tally); err != nil {
			return err
		}
	}
}

// addPersonYear takes one row of a summary. The dollars that the tally counts
// are CMS's annual inpatient and outpatient reimbursement.
func (im *importer) addPersonYear(r *records, c summaryColumns, year int, tally *tally) error {
	who, err := readPerson(r, c)
	if err != nil {
		return err
	}
	of, err := im.readPersonYear(r, c, year)
	if err != nil {
		return err
	}
	tally.rows++
	tally.read(1, of.inpatient+of.outpatient)
	p := im.people
	if p.yearOf(who.bene, year) >= 0 {
		tally.setAside(RepeatedPersonYear, 1, of.inpatient+of.outpatient)
		return nil
	}
	tally.keep(1, of.inpatient+of.outpatient)
	at, ok := p.at[who.bene]
	if !ok {
		at = int32(len(p.persons))
		p.at[who.bene] = at
		p.persons = append(p.persons, who)
	}
	kept := &p.persons[at]
	if who.death.isZero() {
		who.death = kept.death
	}
	kept.birth, kept.death, kept.sex = who.birth, who.death, who.sex
	kept.years = append(kept.years, int32(len(p.years)))
	p.years = append(p.years, of)
	return nil
}

func readPerson(r *records, c summaryColumns) (who person, err error) {
	who.bene = strings.Clone(r.text(c.bene))
	who.sex = strings.Clone(r.text(c.sex))
	if who.bene == "" {
		return who, r.wrong(c.bene, "is blank", "")
	}
	if who.birth, err = r.date(c.birth); err != nil {
		return who, err
	}
	who.death, err = r.date(c.death)
	return who, err
}

func (im *importer) readPersonYear(r *records, c summaryColumns, year int) (of personYear, err error) {
	of = personYear{year: year, esrd: r.text(c.esrd) == "Y", file: r.file, row: r.row}
	for _, m := range []struct {
		into   *int
		column int
	}{{&of.partA, c.partA}, {&of.partB, c.partB}, {&of.hmo, c.hmo}} {
		if *m.into, err = r.count(m.column, monthsInYear); err != nil {
			return of, err
		}
	}
	if of.inpatient, err = r.cents(c.inpatient); err != nil {
		return of, err
	}
	if of.outpatient, err = r.cents(c.outpatient); err != nil {
		return of, err
	}
	state, err := code(r, c.state, stateLength)
	if err != nil {
		return of, err
	}
	county, err := code(r, c.county, countyLength)
	if err != nil {
		return of, err
	}
	of.fips = im.counties.fips(state, county)
	return of, nil
}

// code reads a numeric code of fixed width, whose leading zeros can be told
// even where they are lost.
func code(r *records, column, width int) (string, error) {
	s := r.text(column)
	if len(s) > width || !isDigits(s) {
		return "", r.wrong(column, fmt.Sprintf("not a code of %d digits", width), "")
	}
	return padded(s, width), nil
}
