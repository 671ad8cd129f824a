package pipeline

import (
	"context"
	"strconv"
	"time"

	"leadline/pipeline/engine"
	"leadline/pipeline/input"
	"leadline/schemas"
)

// verdict is what the check of the rows found: warnings, or nothing. Rows with
// an error among them are checked again.
type verdict struct{ Findings []input.Finding }

// facts are what the settings of a run ask of the extract's rows.
type facts struct {
	Span       schemas.Span
	FirstClaim time.Time
}

// The check of the rows, as a stage.
var (
	checkRuns   = Stage{Name: "check", Why: "these rows were not checked before"}
	checkReused = Stage{Name: "check", Why: "the same rows were found sound before"}
)

const (
	verdictKind = "verdict"
	factsKind   = "facts"
)

// rowsKey names all that the check of the rows and the facts rest on: every
// large table, and what they are held against. Names of files are part of it,
// since findings print them.
func (p *prepared) rowsKey(x extract) string {
	parts := []string{p.made, strconv.Itoa(x.years.FirstPerformance), strconv.Itoa(x.years.Performance)}
	i := 0
	for _, s := range p.sources {
		for _, f := range s.Files {
			if !s.Table.CSV || s.Table.Name == "county_expenditure" || s.Table.Name == "mbi_crosswalk" {
				parts = append(parts, s.Table.Name, f.Name, p.files[i].content())
			}
			i++
		}
	}
	return digestOf(parts...)
}

// knownVerdict is what was found when the same rows were checked before.
// validate always looks again.
func (p *prepared) knownVerdict(x extract) (verdict, bool) {
	var v verdict
	return v, !p.placeWarnings && p.store.Get(verdictKind, p.rowsKey(x), &v)
}

func (p *prepared) rememberVerdict(v verdict, x extract) error {
	if p.placeWarnings {
		return nil
	}
	return p.keepOfRows(verdictKind, p.rowsKey(x), v)
}

// facts are known, or asked of the engine; plan asks too, and keeps nothing.
func (p *prepared) facts(ctx context.Context, e engine.Engine, x extract) (facts, error) {
	var f facts
	key := p.rowsKey(x)
	if p.store.Get(factsKind, key, &f) {
		return f, nil
	}
	for _, table := range []string{"enrollment_month", "professional_claim_line", "institutional_claim"} {
		if err := x.binding.read(ctx, table); err != nil {
			return f, err
		}
	}
	var err error
	if f.Span, err = enrollmentSpan(ctx, e, x.years.Performance); err != nil {
		return f, err
	}
	if f.FirstClaim, err = firstClaim(ctx, e, x.footers); err != nil || p.readOnly {
		return f, err
	}
	return f, p.keepOfRows(factsKind, key, f)
}

// keepOfRows keeps what was found in the extract's rows, if they are still those
// that the key names.
func (p *prepared) keepOfRows(kind, key string, value any) error {
	if err := p.unchanged(); err != nil {
		return err
	}
	return p.store.Save(kind, key, value)
}
