package ingest

import (
	"context"
	"slices"
	"strings"
)

const (
	carrierClaim     = "71" // carrier, not durable equipment
	lineSlots        = 13
	carrierDiagnoses = 8
	maskedDiagnosis  = "OTHER" // CMS's stand-in for a code too rare to show
	amountsOfSlot    = 5
)

// carrierColumns are the columns of a carrier claim, those of lines by slot.
type carrierColumns struct {
	bene, claim, from, thru int
	diagnoses               []int
	npi, tin, hcpcs         []int
	indicator, diagnosis    []int
	amounts                 [amountsOfSlot][]int // paid and allowed first
}

// Amounts of a slot, in the order of carrierColumns.amounts. Those that the
// contract has no column for only tell whether the slot is a line.
const (
	paidOfSlot = iota
	allowedOfSlot
)

var slotAmounts = [amountsOfSlot]string{
	paidOfSlot:    "LINE_NCH_PMT_AMT",
	allowedOfSlot: "LINE_ALOWD_CHRG_AMT",
	2:             "LINE_BENE_PTB_DDCTBL_AMT",
	3:             "LINE_BENE_PRMRY_PYR_PD_AMT",
	4:             "LINE_COINSRNC_AMT",
}

func bindCarrier(r *records) (carrierColumns, error) {
	b := r.binder()
	c := carrierColumns{
		bene: b.column("DESYNPUF_ID"), claim: b.column("CLM_ID"),
		from: b.column("CLM_FROM_DT"), thru: b.column("CLM_THRU_DT"),
		diagnoses: b.columns("ICD9_DGNS_CD", carrierDiagnoses),
		npi:       b.columns("PRF_PHYSN_NPI", lineSlots), tin: b.columns("TAX_NUM", lineSlots),
		hcpcs: b.columns("HCPCS_CD", lineSlots), indicator: b.columns("LINE_PRCSG_IND_CD", lineSlots),
		diagnosis: b.columns("LINE_ICD9_DGNS_CD", lineSlots),
	}
	for i, prefix := range slotAmounts {
		c.amounts[i] = b.columns(prefix, lineSlots)
	}
	return c, r.check(b)
}

// importCarrier writes professional_claim_line.
func (im *importer) importCarrier(ctx context.Context) error {
	lines, err := newSink[professionalClaimLine](im.folder, "professional_claim_line")
	if err != nil {
		return err
	}
	defer lines.abandon()
	var paid int64
	claims := newClaimKeys()
	for _, f := range im.source.files[carrierLayout] {
		kept, err := im.importCarrierFile(ctx, f, claims, lines)
		if err != nil {
			return err
		}
		paid += kept
	}
	if err := lines.finish(); err != nil {
		return err
	}
	im.wrote(lines.table, lines.rows, paid)
	return nil
}

func (im *importer) importCarrierFile(ctx context.Context, f sourceFile, claims *claimKeys, lines *sink[professionalClaimLine]) (int64, error) {
	r, err := im.open(f)
	if err != nil {
		return 0, err
	}
	defer r.close()
	c, err := bindCarrier(r)
	if err != nil {
		return 0, err
	}
	tally := newTally(f)
	for {
		ok, err := r.next(ctx)
		if err != nil {
			return 0, err
		}
		if !ok {
			im.report.Files = append(im.report.Files, tally.report())
			return tally.kept.cents, nil
		}
		if err := im.importCarrierClaim(r, c, tally, claims, lines); err != nil {
			return 0, err
		}
	}
}

// importCarrierClaim spreads one claim over its lines.
func (im *importer) importCarrierClaim(r *records, c carrierColumns, tally *tally, claims *claimKeys, lines *sink[professionalClaimLine]) error {
	tally.rows++
	claim, err := im.readClaim(r, claimColumns{bene: c.bene, claim: c.claim, from: c.from, thru: c.thru, segment: noColumn})
	if err != nil {
		return err
	}
	whole := ""
	if claim.undated {
		whole = NoServiceDate
	} else if !claims.add(claim.id, "") {
		whole = RepeatedClaim
	} else if claim.dateFilled {
		tally.datesFilled++
	}
	for slot := range lineSlots {
		line, used, err := readSlot(r, c, slot)
		if err != nil {
			return err
		}
		if !used {
			continue
		}
		tally.read(1, line.PaidAmount)
		reason := whole
		if reason == "" && line.TIN == "" {
			reason = LineWithoutTIN
		}
		if reason != "" {
			tally.setAside(reason, 1, line.PaidAmount)
			continue
		}
		tally.keep(1, line.PaidAmount)
		im.completeLine(&line, claim, slot, readDiagnoses(r, c.diagnoses, c.diagnosis[slot]))
		if err := lines.add(line); err != nil {
			return err
		}
	}
	return nil
}

// completeLine gives a line what the claim and the readings know of it.
func (im *importer) completeLine(line *professionalClaimLine, claim claimHead, slot int, diagnoses []string) {
	line.ClaimID, line.BeneID = claim.id, claim.bene
	line.LineNumber = int32(slot + 1)
	line.ClaimTypeCode = carrierClaim
	line.FromDate, line.ThruDate = claim.from, claim.thru
	line.DiagnosisCodes = diagnoses
	line.SpecialtyCode = im.options.SpecialtyCode
	if line.NPI != nil {
		if given, ok := im.specialties[*line.NPI]; ok {
			line.SpecialtyCode = given
			im.report.LinesWithSpecialty++
		}
	}
	im.tins.add(line.TIN)
}

// readSlot reads one of the 13 slots of a claim and says whether it is a line (P4).
func readSlot(r *records, c carrierColumns, slot int) (line professionalClaimLine, used bool, err error) {
	if line.TIN, err = r.identifier(c.tin[slot], tinLength); err != nil {
		return line, false, err
	}
	npi, err := r.identifier(c.npi[slot], npiLength)
	if err != nil {
		return line, false, err
	}
	line.NPI = unlessBlank(npi)
	line.HCPCSCode = unlessBlank(r.text(c.hcpcs[slot]))
	line.ProcessingIndicatorCode = unlessBlank(r.text(c.indicator[slot]))
	used = line.TIN != "" || line.NPI != nil || line.HCPCSCode != nil ||
		line.ProcessingIndicatorCode != nil || r.text(c.diagnosis[slot]) != ""
	var amounts [amountsOfSlot]int64
	for i := range amounts {
		if amounts[i], err = r.cents(c.amounts[i][slot]); err != nil {
			return line, false, err
		}
		used = used || amounts[i] != 0
	}
	line.PaidAmount, line.AllowedAmount = amounts[paidOfSlot], amounts[allowedOfSlot]
	return line, used, nil
}

// readDiagnoses lists the codes of the columns in order, each once (P10).
func readDiagnoses(r *records, columns []int, more ...int) []string {
	codes := make([]string, 0, len(columns)+len(more))
	for _, at := range [2][]int{columns, more} {
		for _, column := range at {
			s := r.text(column)
			if s != "" && s != maskedDiagnosis && !slices.Contains(codes, s) {
				codes = append(codes, s)
			}
		}
	}
	return codes
}

// A tinCount counts the lines of each TIN, for the made-up list (P11).
type tinCount map[string]int64

func (t tinCount) add(tin string) {
	if _, ok := t[tin]; !ok {
		tin = strings.Clone(tin) // not the whole row behind it
	}
	t[tin]++
}
