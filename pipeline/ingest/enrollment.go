package ingest

import "context"

const (
	statusAged = "10" // aged, not ESRD
	statusESRD = "11" // aged, with ESRD
)

// coveredMonths lays a count of covered months onto the months 1 to last of a
// year (P6). An empty stretch has from above to.
func (m MonthRule) coveredMonths(count, last int) (from, to int) {
	count = min(count, last)
	if m == MonthsToDecember {
		return last - count + 1, last
	}
	return 1, count
}

// lastMonth is the last month of a year that a person lives to see, 0 if none.
func (p person) lastMonth(year int) int {
	switch {
	case p.death.isZero() || p.death.year > year:
		return monthsInYear
	case p.death.year < year:
		return 0
	}
	return p.death.month
}

// monthsOf are the enrollment rows of one person-year, in order.
func (im *importer) monthsOf(who person, of personYear) []enrollmentMonth {
	last := who.lastMonth(of.year)
	covers := func(count int) func(int) bool {
		from, to := im.options.Months.coveredMonths(count, last)
		return func(month int) bool { return from <= month && month <= to }
	}
	partA, partB, hmo := covers(of.partA), covers(of.partB), covers(of.hmo)
	status := statusAged
	if of.esrd {
		status = statusESRD
	}
	fips := unlessBlank(of.fips)
	rows := make([]enrollmentMonth, 0, monthsInYear)
	for month := 1; month <= last; month++ {
		rows = append(rows, enrollmentMonth{
			BeneID:             who.bene,
			Month:              civil{of.year + im.options.ShiftYears, month, 1}.days(),
			PartA:              partA(month),
			PartB:              partB(month),
			MedicareAdvantage:  hmo(month),
			MedicareStatusCode: status,
			CountyFIPS:         fips,
		})
	}
	return rows
}

// writePeople writes beneficiary and enrollment_month.
func (im *importer) writePeople(ctx context.Context) error {
	persons, err := newSink[beneficiary](im.folder, "beneficiary")
	if err != nil {
		return err
	}
	defer persons.abandon()
	months, err := newSink[enrollmentMonth](im.folder, "enrollment_month")
	if err != nil {
		return err
	}
	defer months.abandon()
	for i, who := range im.people.persons {
		if i%rowsPerReport == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := im.writePerson(who, persons, months); err != nil {
			return err
		}
	}
	if err := persons.finish(); err != nil {
		return err
	}
	if err := months.finish(); err != nil {
		return err
	}
	im.wrote(persons.table, persons.rows, 0)
	im.wrote(months.table, months.rows, 0)
	return nil
}

func (im *importer) writePerson(who person, persons *sink[beneficiary], months *sink[enrollmentMonth]) error {
	shift := im.options.ShiftYears
	err := persons.add(beneficiary{
		BeneID:    who.bene,
		BirthDate: orNull(who.birth.shifted(shift)),
		DeathDate: orNull(who.death.shifted(shift)),
		SexCode:   unlessBlank(who.sex),
	})
	if err != nil {
		return err
	}
	for _, i := range who.years {
		of := im.people.years[i]
		im.report.MonthsAfterDeath += int64(monthsInYear - who.lastMonth(of.year))
		for _, row := range im.monthsOf(who, of) {
			if err := months.add(row); err != nil {
				return err
			}
		}
	}
	return nil
}
