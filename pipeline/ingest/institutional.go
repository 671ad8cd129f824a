package ingest

import (
	"context"
	"strings"
)

const (
	inpatientClaim         = "60"
	outpatientClaim        = "40"
	institutionalDiagnoses = 10
	maxDays                = 9999
)

// institutionalColumns are the columns of an inpatient or outpatient claim;
// the stay's are those of an inpatient one only.
type institutionalColumns struct {
	claimColumns
	provider, paid, perDiem, days int
	admission, discharge          int
	diagnoses                     []int
	stay                          bool
}

func bindInstitutional(r *records, l layout) (institutionalColumns, error) {
	b := r.binder()
	c := institutionalColumns{
		claimColumns: claimColumns{
			bene: b.column("DESYNPUF_ID"), claim: b.column("CLM_ID"), segment: b.column("SEGMENT"),
			from: b.column("CLM_FROM_DT"), thru: b.column("CLM_THRU_DT"),
		},
		provider: b.column("PRVDR_NUM"), paid: b.column("CLM_PMT_AMT"),
		diagnoses: b.columns("ICD9_DGNS_CD", institutionalDiagnoses),
		stay:      l == inpatientLayout,
	}
	if c.stay {
		c.admission, c.discharge = b.column("CLM_ADMSN_DT"), b.column("NCH_BENE_DSCHRG_DT")
		c.perDiem, c.days = b.column("CLM_PASS_THRU_PER_DIEM_AMT"), b.column("CLM_UTLZTN_DAY_CNT")
	}
	return c, r.check(b)
}

// institutions is the writing of institutional_claim.
type institutions struct {
	im     *importer
	claims *claimKeys
	rows   *sink[institutionalClaim]
	paid   int64
}

// importInstitutional writes institutional_claim: inpatient, then outpatient.
func (im *importer) importInstitutional(ctx context.Context) error {
	rows, err := newSink[institutionalClaim](im.folder, "institutional_claim")
	if err != nil {
		return err
	}
	defer rows.abandon()
	w := &institutions{im: im, claims: newClaimKeys(), rows: rows}
	for _, l := range []layout{inpatientLayout, outpatientLayout} {
		for _, f := range im.source.files[l] {
			if err := w.importFile(ctx, f); err != nil {
				return err
			}
		}
	}
	if err := rows.finish(); err != nil {
		return err
	}
	im.wrote(rows.table, rows.rows, w.paid)
	return nil
}

// importFile takes one file. Rows without dates wait until its end, since the
// segment that dates them may stand anywhere in it.
func (w *institutions) importFile(ctx context.Context, f sourceFile) error {
	tally := newTally(f)
	var undated []undatedRow
	err := w.eachRow(ctx, f, w.im.open, func(h claimHead, row institutionalClaim) error {
		tally.rows++
		tally.read(1, row.PaidAmount)
		if h.undated {
			if w.im.options.Segments == DatedByFirstSegment {
				undated = append(undated, undatedRow{h, row})
			} else {
				tally.setAside(NoServiceDate, 1, row.PaidAmount)
			}
			return nil
		}
		return w.keep(h, row, tally)
	})
	if err == nil && len(undated) > 0 {
		err = w.dateAndKeep(ctx, f, undated, tally)
	}
	if err != nil {
		return err
	}
	w.im.report.Files = append(w.im.report.Files, tally.report())
	w.paid += tally.kept.cents
	return nil
}

// keep writes a dated row, unless its claim and segment were met before.
func (w *institutions) keep(h claimHead, row institutionalClaim, tally *tally) error {
	if !w.claims.add(h.id, h.segment) {
		tally.setAside(RepeatedClaim, 1, row.PaidAmount)
		return nil
	}
	if h.dateFilled {
		tally.datesFilled++
	}
	tally.keep(1, row.PaidAmount)
	row.ClaimID = h.key()
	row.FromDate, row.ThruDate = h.from, h.thru
	return w.rows.add(row)
}

// An undatedRow is a claim segment that waits for a date.
type undatedRow struct {
	head claimHead
	row  institutionalClaim
}

// dateAndKeep reads the file again for the dates of the undated rows' claims.
func (w *institutions) dateAndKeep(ctx context.Context, f sourceFile, undated []undatedRow, tally *tally) error {
	dates := make(map[string]*claimHead, len(undated))
	for _, u := range undated {
		dates[u.head.id] = nil
	}
	again := func(f sourceFile) (*records, error) { return openRecords(f.path, f.name) }
	err := w.eachRow(ctx, f, again, func(h claimHead, _ institutionalClaim) error {
		if earlier, wanted := dates[h.id]; wanted && earlier == nil && !h.undated {
			dates[h.id] = &h
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, u := range undated {
		dated := dates[u.head.id]
		if dated == nil {
			tally.setAside(NoServiceDate, 1, u.row.PaidAmount)
			continue
		}
		u.head.from, u.head.thru, u.head.dateFilled = dated.from, dated.thru, true
		if err := w.keep(u.head, u.row, tally); err != nil {
			return err
		}
	}
	return nil
}

// eachRow reads the rows of one file.
func (w *institutions) eachRow(ctx context.Context, f sourceFile, open func(sourceFile) (*records, error), do func(claimHead, institutionalClaim) error) error {
	r, err := open(f)
	if err != nil {
		return err
	}
	defer r.close()
	c, err := bindInstitutional(r, f.layout)
	if err != nil {
		return err
	}
	for {
		ok, err := r.next(ctx)
		if err != nil || !ok {
			return err
		}
		h, err := w.im.readClaim(r, c.claimColumns)
		if err != nil {
			return err
		}
		row, err := w.im.readInstitutional(r, c, h)
		if err != nil {
			return err
		}
		if err := do(h, row); err != nil {
			return err
		}
	}
}

// readInstitutional reads all but the claim's id and days.
func (im *importer) readInstitutional(r *records, c institutionalColumns, h claimHead) (institutionalClaim, error) {
	row := institutionalClaim{
		BeneID: h.bene, CCN: unlessBlank(r.text(c.provider)), ClaimTypeCode: outpatientClaim,
		DiagnosisCodes: readDiagnoses(r, c.diagnoses),
	}
	var err error
	if row.PaidAmount, err = r.cents(c.paid); err != nil || !c.stay {
		return row, err
	}
	row.ClaimTypeCode = inpatientClaim
	return row, im.readStay(r, c, &row)
}

// readStay reads what only an inpatient claim has.
func (im *importer) readStay(r *records, c institutionalColumns, row *institutionalClaim) error {
	admission, err := r.date(c.admission)
	if err != nil {
		return err
	}
	discharge, err := r.date(c.discharge)
	if err != nil {
		return err
	}
	row.AdmissionDate = orNull(admission.shifted(im.options.ShiftYears))
	row.DischargeDate = orNull(discharge.shifted(im.options.ShiftYears))
	perDiem, err := r.cents(c.perDiem)
	if err != nil {
		return err
	}
	days, err := r.count(c.days, maxDays)
	if err != nil {
		return err
	}
	through := PassThrough(perDiem, days)
	if through > maxCents || through < -maxCents {
		return r.wrong(c.perDiem, "times the utilization days has more than ten digits before the point", "")
	}
	if strings.TrimSpace(r.cells[c.days]) != "" {
		covered := int32(days)
		row.CoveredDayCount = &covered
	}
	row.PassThroughAmount = &through
	return nil
}

// PassThrough is what Medicare paid a hospital for a stay beside the claim's
// payment, in cents.
//
// Source: CMS, DE-SynPUF 1.0 codebook (CLM_PASS_THRU_PER_DIEM_AMT, a per diem).
// Rule:   the per diem times the utilization days (P9).
func PassThrough(perDiemCents int64, days int) int64 { return perDiemCents * int64(days) }
