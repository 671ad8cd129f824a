package alignment_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leadline/alignment"
	"leadline/pipeline/engine/steptest"
	"leadline/schemas"
)

// dates reads an interval; a blank end is open.
func dates(t *testing.T, from, to string) (first, last *time.Time) {
	t.Helper()
	if from != "" {
		d := day(t, from)
		first = &d
	}
	if to != "" {
		d := day(t, to)
		last = &d
	}
	return first, last
}

// R8: effective_date null or not after the day, end_date null or not before it.
// A10: for the mid-year run of 1 July also the new TINs of hybrid ACOs, effective
// after 1 January and not after 1 July, not ended before 1 July.
func TestParticipantInForce(t *testing.T) {
	const (
		none    = ""
		january = "january"
		both    = "january mid_year"
		midYear = "mid_year"
	)
	tests := []struct{ name, from, to, hybrid, prospective string }{
		{"no dates", "", "", both, both},
		{"from before", "2026-12-31", "", both, both},
		{"from 1 January", "2027-01-01", "", both, both},
		{"from 2 January", "2027-01-02", "", midYear, none},
		{"from 1 July", "2027-07-01", "", midYear, none},
		{"from 2 July", "2027-07-02", "", none, none},
		{"to 31 December before", "2020-01-01", "2026-12-31", none, none},
		{"to 1 January", "2020-01-01", "2027-01-01", both, both},
		{"to the spring: old TINs stay for the year", "2020-01-01", "2027-03-31", both, both},
		{"new, but ended on 30 June", "2027-02-01", "2027-06-30", none, none},
		{"new, to 1 July", "2027-02-01", "2027-07-01", midYear, none},
	}
	s := settings(t, runWith(map[string]string{"mid_year_month": "2027-07-01"}))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			from, to := dates(t, tt.from, tt.to)
			for aco, want := range map[string]string{"H0001": tt.hybrid, "A0001": tt.prospective} {
				p := alignment.Participant{ACO: aco, TIN: "000000001", Effective: from, End: to}
				l := alignment.Lists{Participants: []alignment.Participant{p}, Hybrid: map[string]bool{"H0001": true, "A0001": false}}
				got := ""
				for _, row := range relation(t, s, l, "participant").Rows {
					if row[1] != "TIN:000000001" || row[2] != aco {
						t.Errorf("row %v, want TIN:000000001 of %s", row, aco)
					}
					if got != "" {
						got += " "
					}
					got += row[0].(string)
				}
				if got != want {
					t.Errorf("%s takes part in %q, want %q", aco, got, want)
				}
				if inForce := p.InForce(day(t, "2027-01-01")); inForce != (want == january || want == both) {
					t.Errorf("%s is in force on 1 January: %v", aco, inForce)
				}
			}
		})
	}
}

// Without a mid-year run nobody takes part in one.
func TestParticipantsWithoutMidYear(t *testing.T) {
	from := day(t, "2027-02-01")
	l := alignment.Lists{Hybrid: map[string]bool{"H0001": true}, Participants: []alignment.Participant{
		{ACO: "H0001", TIN: "000000001"}, {ACO: "H0001", TIN: "000000002", Effective: &from},
	}}
	s := settings(t, steptest.DefaultRun())
	want := [][]any{{"january", "TIN:000000001", "H0001"}}
	if diff := cmp.Diff(want, relation(t, s, l, "participant").Rows); diff != "" {
		t.Errorf("participant (-want +got):\n%s", diff)
	}
	for _, row := range relation(t, s, l, "test_month").Rows {
		if row[0] == alignment.MidYear {
			t.Errorf("the mid-year run is tested in %v, want no such run", row[2])
		}
	}
}

// R8: active if it starts on or before 1 January of P and does not end before.
// A10: a later start in P counts for hybrid ACOs alone, from the first of the
// next month, if it has not ended by then. An ACO that is not in the run has no
// part in it.
func TestDesignations(t *testing.T) {
	tests := []struct{ name, aco, start, end, firstMonth string }{ // firstMonth blank: left out
		{"years ago", "A0001", "2020-05-05", "", "2027-01-01"},
		{"on 1 January", "A0001", "2027-01-01", "", "2027-01-01"},
		{"ends on 1 January", "A0001", "2026-05-05", "2027-01-01", "2027-01-01"},
		{"ended on 31 December", "A0001", "2026-05-05", "2026-12-31", ""},
		{"on 2 January, prospective", "A0001", "2027-01-02", "", ""},
		{"on 2 January, hybrid", "H0001", "2027-01-02", "", "2027-02-01"},
		{"on 31 January, hybrid", "H0001", "2027-01-31", "", "2027-02-01"},
		{"on 1 February, hybrid: the next month", "H0001", "2027-02-01", "", "2027-03-01"},
		{"on 30 November, hybrid", "H0001", "2027-11-30", "", "2027-12-01"},
		{"on 1 December, hybrid: not in this year", "H0001", "2027-12-01", "", ""},
		{"hybrid, ended the day before it takes effect", "H0001", "2027-02-10", "2027-02-28", ""},
		{"hybrid, ends on the day it takes effect", "H0001", "2027-02-10", "2027-03-01", "2027-03-01"},
		{"hybrid, on 1 January", "H0001", "2027-01-01", "", "2027-01-01"},
		{"an ACO that is not in the run", "Z0001", "2026-05-05", "", ""},
		{"after the year", "H0001", "2028-01-01", "", ""},
	}
	s := settings(t, steptest.DefaultRun())
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, end := dates(t, "", tt.end)
			l := alignment.Lists{Hybrid: map[string]bool{"H0001": true, "A0001": false}, Designations: []alignment.Designation{
				{Beneficiary: "b1", ACO: tt.aco, Start: day(t, tt.start), End: end},
			}}
			var want [][]any
			if tt.firstMonth != "" {
				want = [][]any{{"b1", tt.aco, day(t, tt.start), day(t, tt.firstMonth), tt.firstMonth != "2027-01-01"}}
			}
			if diff := cmp.Diff(want, relation(t, s, l, "voluntary_designation").Rows); diff != "" {
				t.Errorf("voluntary_designation (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHybridACOsAndCrosswalk(t *testing.T) {
	l := alignment.Lists{
		Hybrid:   map[string]bool{"H0002": true, "A0001": false, "H0001": true},
		CCNToTIN: map[string]string{"110002": "000000002", "110001": "012345678"},
	}
	s := settings(t, steptest.DefaultRun())
	if diff := cmp.Diff([][]any{{"H0001"}, {"H0002"}}, relation(t, s, l, "hybrid_aco").Rows); diff != "" {
		t.Errorf("hybrid_aco (-want +got):\n%s", diff)
	}
	want := [][]any{{"110001", "012345678"}, {"110002", "000000002"}}
	if diff := cmp.Diff(want, relation(t, s, l, "ccn_to_tin").Rows); diff != "" {
		t.Errorf("ccn_to_tin (-want +got):\n%s", diff)
	}
}

// R22: a list of the run stands in for the default of its name, whole, with its
// dates and restrictions; a list of another name changes nothing.
func TestQualifiedServices(t *testing.T) {
	own := schemas.CodeList{Name: "pqem", Codes: []schemas.ListedCode{
		{Code: "99999", Effective: day(t, "2025-01-01"), End: day(t, "2025-06-30"), Restriction: "not_in_snf"},
		{Code: "99998", Effective: schemas.Always, End: schemas.Forever},
	}}
	tests := []struct {
		name, set, list string
		rows            int
		first           []any
	}{
		{"the default", "pqem", "", 63, []any{"99201", schemas.Always, schemas.Forever, nil}},
		{"the run's", "pqem", "pqem", 2, []any{"99999", day(t, "2025-01-01"), day(t, "2025-06-30"), "not_in_snf"}},
		{"the run's list of another name", "pqem", "mssp_425_400c", 63, []any{"99201", schemas.Always, schemas.Forever, nil}},
		{"the run's list of the other set", "mssp_425_400c", "mssp_425_400c", 2,
			[]any{"99999", day(t, "2025-01-01"), day(t, "2025-06-30"), "not_in_snf"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defaults, err := alignment.Parameters()
			if err != nil {
				t.Fatal(err)
			}
			run := runWith(map[string]string{"qualified_service_set": tt.set})
			p, err := run.Set(defaults)
			if err != nil {
				t.Fatal(err)
			}
			s, err := alignment.ReadSettings(p.Reader(2027), run.Years, run.Span, map[string]schemas.CodeList{tt.list: own})
			if err != nil {
				t.Fatal(err)
			}
			rows := relation(t, s, alignment.Lists{}, "qualified_code").Rows
			if len(rows) != tt.rows {
				t.Errorf("%d codes, want %d", len(rows), tt.rows)
			}
			if diff := cmp.Diff(tt.first, rows[0]); diff != "" {
				t.Errorf("first code (-want +got):\n%s", diff)
			}
		})
	}
}

// A2: the dates of mssp_425_400c are performance years, so that its rows hold
// for the whole run; restrictions stay.
func TestMSSPServices(t *testing.T) {
	s := settings(t, runWith(map[string]string{"qualified_service_set": "mssp_425_400c"}))
	restricted := map[string]any{}
	for _, row := range relation(t, s, alignment.Lists{}, "qualified_code").Rows {
		if row[1] != schemas.Always || row[2] != schemas.Forever {
			t.Errorf("code %v is in force from %v to %v, want always", row[0], row[1], row[2])
		}
		restricted[row[0].(string)] = row[3]
	}
	for code, want := range map[string]any{
		"99213": nil, "99304": "not_in_snf", "99354": "base_code_listed", "99497": "not_inpatient", "G0463": "eta_only", "99441": "phe_window",
	} {
		if got, listed := restricted[code]; !listed || got != want {
			t.Errorf("%s has restriction %v (listed: %v), want %v", code, got, listed, want)
		}
	}
}
