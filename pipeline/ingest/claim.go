package ingest

import "strings"

// claimColumns are the columns that every claim layout has.
type claimColumns struct{ bene, claim, from, thru, segment int }

// noColumn is the segment column of a layout without segments.
const noColumn = -1

// A claimHead is whose claim it is, which, and when.
type claimHead struct {
	bene, id   string
	segment    string // blank for the first
	from, thru int32
	undated    bool // neither date is given
	dateFilled bool // one date stands for both (P2)
}

// readClaim reads the head of a claim; its dates come out shifted (P1).
func (im *importer) readClaim(r *records, c claimColumns) (claimHead, error) {
	h := claimHead{bene: r.text(c.bene), id: r.text(c.claim)}
	if h.bene == "" {
		return h, r.wrong(c.bene, "is blank", "")
	}
	if h.id == "" || !isDigits(h.id) {
		return h, r.wrong(c.claim, "is not a number of digits only",
			"a spreadsheet that saved the file has shortened it: take CMS's file again")
	}
	if c.segment != noColumn {
		n, err := r.count(c.segment, maxSegment)
		if err != nil {
			return h, err
		}
		if n > 1 {
			h.segment = strings.TrimLeft(r.text(c.segment), "0")
		}
	}
	from, err := r.date(c.from)
	if err != nil {
		return h, err
	}
	thru, err := r.date(c.thru)
	if err != nil {
		return h, err
	}
	h.date(from, thru, im.options.ShiftYears)
	return h, nil
}

// date sets the claim's days, one date standing in for the other.
func (h *claimHead) date(from, thru civil, shift int) {
	switch {
	case from.isZero() && thru.isZero():
		h.undated = true
		return
	case from.isZero():
		from, h.dateFilled = thru, true
	case thru.isZero():
		thru, h.dateFilled = from, true
	}
	h.from, h.thru = from.shifted(shift).days(), thru.shifted(shift).days()
}

// key is the claim id of the contract: segments are rows of their own (P3).
func (h claimHead) key() string {
	if h.segment == "" {
		return h.id
	}
	return h.id + "-" + h.segment
}

// claimKeys remembers the claims met. A number takes eight bytes where the text
// would take forty, and nearly all ids are numbers of 15 digits.
type claimKeys struct {
	numbers map[uint64]struct{}
	texts   map[string]struct{}
}

const (
	maxSegment      = 99
	maxPackedDigits = 17 // and two for the segment fit into 64 bits
)

func newClaimKeys() *claimKeys {
	return &claimKeys{make(map[uint64]struct{}), make(map[string]struct{})}
}

// add is false where the claim and segment were met before.
func (k *claimKeys) add(id, segment string) bool {
	if len(id) > maxPackedDigits || id[0] == '0' {
		text := strings.Clone(id) + "-" + segment
		_, met := k.texts[text]
		k.texts[text] = struct{}{}
		return !met
	}
	n := uint64(number(id))*(maxSegment+1) + uint64(number(segment))
	_, met := k.numbers[n]
	k.numbers[n] = struct{}{}
	return !met
}
