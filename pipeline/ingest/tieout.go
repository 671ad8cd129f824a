package ingest

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/shopspring/decimal"
)

// A comparison sums the imported claims of a service in one way and holds the
// sum of each person-year against CMS's own annual total.
type comparison struct {
	measure   string
	dateBasis string
	claimType string
	payment   func(paidClaim) int64
	day       func(paidClaim) int32
	total     func(personYear) int64
}

func paidOnly(c paidClaim) int64             { return c.PaidAmount }
func paidAndThrough(c paidClaim) int64       { return c.PaidAmount + c.PassThroughAmount }
func fromDay(c paidClaim) int32              { return c.FromDate }
func thruDay(c paidClaim) int32              { return c.ThruDate }
func inpatientOf(of personYear) int64        { return of.inpatient }
func outpatientOf(of personYear) int64       { return of.outpatient }
func (c comparison) counts(p paidClaim) bool { return c.claimType == p.ClaimTypeCode }

// Measures and date bases of the tie-out.
const (
	InpatientPayment         = "inpatient_payment"
	InpatientWithPassThrough = "inpatient_payment_and_pass_through"
	OutpatientPayment        = "outpatient_payment"

	ByFromDate = "from_date"
	ByThruDate = "thru_date"
)

var comparisons = [...]comparison{
	{InpatientPayment, ByFromDate, inpatientClaim, paidOnly, fromDay, inpatientOf},
	{InpatientPayment, ByThruDate, inpatientClaim, paidOnly, thruDay, inpatientOf},
	{InpatientWithPassThrough, ByFromDate, inpatientClaim, paidAndThrough, fromDay, inpatientOf},
	{InpatientWithPassThrough, ByThruDate, inpatientClaim, paidAndThrough, thruDay, inpatientOf},
	{OutpatientPayment, ByFromDate, outpatientClaim, paidOnly, fromDay, outpatientOf},
	{OutpatientPayment, ByThruDate, outpatientClaim, paidOnly, thruDay, outpatientOf},
}

// TieOut is one comparison of one year: the sums of the imported Parquet
// against CMS's MEDREIMB_IP or MEDREIMB_OP, person-year by person-year.
type TieOut struct {
	Measure     string          `json:"measure"`
	DateBasis   string          `json:"date_basis"`
	Year        int             `json:"year"`        // as imported
	SourceYear  int             `json:"source_year"` // as in CMS's files
	PersonYears int64           `json:"person_years"`
	Equal       int64           `json:"equal"`
	Unequal     int64           `json:"unequal"`
	Imported    decimal.Decimal `json:"imported_dollars"`
	CMS         decimal.Decimal `json:"cms_dollars"`
}

// Unmatched are claims of one comparison whose person and year no summary
// lists: they are imported, and no total of CMS's can be held against them.
type Unmatched struct {
	Measure   string `json:"measure"`
	DateBasis string `json:"date_basis"`
	Amount
}

// paidClaim is what the tie-out reads back of institutional_claim.
type paidClaim struct {
	BeneID            string `parquet:"bene_id"`
	ClaimTypeCode     string `parquet:"claim_type_code"`
	FromDate          int32  `parquet:"from_date,date"`
	ThruDate          int32  `parquet:"thru_date,date"`
	PaidAmount        int64  `parquet:"paid_amount,decimal(2:12)"`
	PassThroughAmount int64  `parquet:"pass_through_amount,optional,decimal(2:12)"`
}

// sums are a person-year's cents by comparison.
type sums [len(comparisons)]int64

// tieOut sums the Parquet just written, compares, and writes what disagrees.
func (im *importer) tieOut(ctx context.Context) error {
	imported := make([]sums, len(im.people.years))
	var unmatched [len(comparisons)]tallied
	err := eachPaidClaim(ctx, filepath.Join(im.folder, parquetName("institutional_claim")), func(c paidClaim) {
		for i, how := range comparisons {
			if !how.counts(c) {
				continue
			}
			at := im.people.yearOf(c.BeneID, yearOf(how.day(c))-im.options.ShiftYears)
			if at < 0 {
				unmatched[i].add(1, how.payment(c))
				continue
			}
			imported[at][i] += how.payment(c)
		}
	})
	if err != nil {
		return err
	}
	for i, how := range comparisons {
		im.report.TieOut = append(im.report.TieOut, im.compare(i, how, imported)...)
		im.report.Unmatched = append(im.report.Unmatched, Unmatched{how.measure, how.dateBasis, unmatched[i].amount()})
	}
	return im.writeReconciliation(imported)
}

// compare is one comparison, a row a year.
func (im *importer) compare(i int, how comparison, imported []sums) []TieOut {
	var ties []TieOut
	for _, year := range im.sourceYears() {
		t := TieOut{Measure: how.measure, DateBasis: how.dateBasis, Year: year + im.options.ShiftYears, SourceYear: year}
		var ours, theirs int64
		for at, of := range im.people.years {
			if of.year != year {
				continue
			}
			t.PersonYears++
			if imported[at][i] == how.total(of) {
				t.Equal++
			}
			ours += imported[at][i]
			theirs += how.total(of)
		}
		t.Unequal = t.PersonYears - t.Equal
		t.Imported, t.CMS = dollars(ours), dollars(theirs)
		ties = append(ties, t)
	}
	return ties
}

// sourceYears are the years of the summaries, in order, each once.
func (im *importer) sourceYears() []int {
	var years []int
	for _, f := range im.source.files[summaryLayout] {
		if len(years) == 0 || years[len(years)-1] != f.year {
			years = append(years, f.year)
		}
	}
	return years
}

// eachPaidClaim reads institutional_claim back, in batches.
func eachPaidClaim(ctx context.Context, path string, do func(paidClaim)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := parquet.NewGenericReader[paidClaim](f)
	defer r.Close()
	batch := make([]paidClaim, rowsPerBatch)
	for {
		n, err := r.Read(batch)
		for _, c := range batch[:n] {
			do(c)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
	}
}

var reconciliationHeader = []string{"measure", "date_basis", "year", "summary_file", "summary_row",
	"imported_dollars", "cms_dollars", "difference_dollars"}

// writeReconciliation lists the person-years that do not agree. A person is
// named only by the row of CMS's summary.
func (im *importer) writeReconciliation(imported []sums) error {
	return writeCSV(filepath.Join(im.folder, reconciliationFile), reconciliationHeader, func(w *csv.Writer) error {
		for i, how := range comparisons {
			for at, of := range im.people.years {
				ours, theirs := imported[at][i], how.total(of)
				if ours == theirs {
					continue
				}
				err := w.Write([]string{how.measure, how.dateBasis, strconv.Itoa(of.year + im.options.ShiftYears),
					of.file, strconv.FormatInt(of.row, 10),
					dollars(ours).StringFixed(2), dollars(theirs).StringFixed(2), dollars(ours - theirs).StringFixed(2)})
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}
