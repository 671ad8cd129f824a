package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"leadline/aggregate"
	"leadline/alignment"
	"leadline/benchmark"
	"leadline/pipeline/cache"
	"leadline/pipeline/engine"
	"leadline/pipeline/input"
	"leadline/pipeline/publish"
	"leadline/schemas"
)

// contractVersion is the version of the inputs and outputs that a result keeps.
const contractVersion = "1"

// parameterSet is every parameter of the methodology, with the run file's
// overrides.
func parameterSet(overrides map[string]any) (schemas.Parameters, error) {
	var sets []schemas.Parameters
	for _, read := range []func() (schemas.Parameters, error){
		alignment.Parameters, aggregate.Parameters, benchmark.Parameters, runParameters,
	} {
		set, err := read()
		if err != nil {
			return set, err
		}
		sets = append(sets, set)
	}
	all, err := schemas.MergeParameters(sets...)
	if err != nil {
		return all, err
	}
	for _, name := range slices.Sorted(maps.Keys(overrides)) {
		if all, err = all.Override(name, overrides[name]); err != nil {
			return all, Exitf(ExitConfig, "parameters: %w", err)
		}
	}
	return all, nil
}

// prepared is a run before any row is read.
type prepared struct {
	request    Request
	parameters schemas.Parameters
	sources    []input.Source
	files      []InputFile
	digests    *digests
	findings   []input.Finding
	runID      string
	made       string // digest of the program, without the rules
	store      *cache.Store
	stages     *stages
	headline   string // what the run did, in a line

	placeWarnings bool // find the first row of warnings too, at the price of a scan each
	readOnly      bool // keep nothing
	isAlone       bool // compare with no earlier run
	keepsAll      bool // drop no result of a step: a test looks at them
}

// prepare resolves the inputs, takes their digests and names the result that
// they lead to.
func prepare(ctx context.Context, r Request) (*prepared, error) {
	store := cache.Open(r.Config.Cache)
	p := &prepared{
		request: r, digests: openDigests(store, r.Config.Rehash), store: store,
		stages: &stages{log: r.Log, progress: r.Progress},
	}
	store.Guard = p.unmoved
	store.Warn = func(step, why string) {
		r.Log.Warn("a kept result is damaged and is not used", "step", step, "why", why)
	}
	var err error
	if p.made, err = methodDigest(schemas.SourceText, SourceText); err != nil {
		return nil, err
	}
	if p.parameters, err = parameterSet(r.Config.Parameters); err != nil {
		return nil, err
	}
	p.sources, p.findings = input.ResolveAll(r.Config.Inputs, "")
	if p.files, err = p.digests.of(ctx, p.sources); err != nil {
		return nil, err
	}
	p.runID, err = p.resultID()
	return p, err
}

// resultID is made of everything that the result rests on, and of nothing
// else: the contents of the inputs, the parameters, the text of the method and
// the contract. Threads, memory and paths are not among them.
func (p *prepared) resultID() (string, error) {
	method, err := methodDigest(alignment.SourceText, aggregate.SourceText, benchmark.SourceText, schemas.SourceText, SourceText)
	if err != nil {
		return "", err
	}
	text, err := publish.CanonicalJSON(map[string]any{
		"contract":         contractVersion,
		"performance_year": p.request.Config.PerformanceYear,
		"publish":          p.request.Config.Publish,
		"inputs":           contentDigests(p.files),
		"parameters":       p.request.Config.Parameters,
		"method":           method,
	})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8]), nil
}

// methodDigest is the SHA-256 of the packages that make the result: rules,
// steps, parameters and lists, without their tests.
func methodDigest(sources ...fs.FS) (string, error) {
	h := sha256.New()
	for _, source := range sources {
		err := fs.WalkDir(source, ".", func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := fs.ReadFile(source, path)
			fmt.Fprintf(h, "%s %d\n", path, len(text))
			h.Write(text)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// check reads footers and small tables, binds what is sound and checks its
// rows, unless the same rows were found sound before. All findings come back
// together, errors first.
func (p *prepared) check(ctx context.Context, e engine.Engine) (extract, error) {
	x, err := p.readLists(ctx)
	if err != nil {
		return x, err
	}
	x.binding = newBinding(e, x)
	var rows verdict
	if x.years.FirstPerformance > 0 {
		if rows, err = p.checkRows(ctx, e, x); err != nil {
			if err = p.whatIsUnreadable(ctx, e, x, err); err != nil {
				return x, err
			}
		}
	}
	p.findings = append(p.findings, rows.Findings...)
	if err := p.judge(); err != nil {
		return x, err
	}
	return x, p.rememberVerdict(rows, x)
}

// readLists reads what is small: footers, lists and reference tables.
func (p *prepared) readLists(ctx context.Context) (extract, error) {
	x := extract{}
	footers, found, err := input.CheckFooters(ctx, p.sources)
	if err != nil {
		return x, err
	}
	p.findings = append(p.findings, found...)
	tables, found, err := input.ReadSmall(ctx, p.sources, p.request.Config.PerformanceYear)
	if err != nil {
		return x, err
	}
	p.findings = append(p.findings, found...)
	p.findings = append(p.findings, input.CheckLists(tables, p.request.Config.PerformanceYear)...)
	small := lists(tables)
	x.lists = small
	x.years = schemas.Years{Performance: p.request.Config.PerformanceYear, FirstPerformance: x.lists.firstPerformanceYear()}
	if rows := small["mbi_crosswalk"]; rows != nil {
		x.current, found = input.ResolveCrosswalk(rows)
		p.findings = append(p.findings, found...)
	}
	x.aligns = small.alignmentLists(x.current)
	x.footers = input.Checkable(footers, p.findings)
	return x, nil
}

// whatIsUnreadable turns a failure to read the extract into findings that name
// the file and column; any other failure stays what it is.
func (p *prepared) whatIsUnreadable(ctx context.Context, e engine.Engine, x extract, failed error) error {
	var data *engine.Error
	if !errors.As(failed, &data) || data.Kind != engine.Data {
		return failed
	}
	found, err := unreadable(ctx, e, x)
	if err != nil {
		return errors.Join(failed, err)
	}
	if len(found) == 0 {
		return failed
	}
	p.findings = append(p.findings, found...)
	return nil
}

func (p *prepared) checkRows(ctx context.Context, e engine.Engine, x extract) (verdict, error) {
	if v, known := p.knownVerdict(x); known {
		p.stages.reuse(checkReused)
		return v, nil
	}
	var v verdict
	if err := x.binding.all(ctx); err != nil {
		return v, err
	}
	err := p.stages.timed(checkRuns, func(stage *Stage) (err error) {
		for _, t := range x.footers {
			stage.Rows += t.Rows
		}
		v.Findings, err = input.CheckData(ctx, querier{e}, input.Extract{
			Years: x.years, Tables: x.footers, Small: x.lists, Scan: e.ScanRows,
			GroupKey:      func(expression string) string { return "hash(" + expression + ")" },
			Mapped:        len(x.current) > 0,
			PlaceWarnings: p.placeWarnings,
		})
		return err
	})
	return v, err
}

// judge sorts the findings and fails if one is an error.
func (p *prepared) judge() error {
	promoted, err := p.promoted()
	if err != nil {
		return err
	}
	if err := input.Promote(p.findings, promoted); err != nil {
		return Exitf(ExitConfig, "parameter warnings_as_errors: %w", err)
	}
	input.SortFindings(p.findings)
	if input.CountErrors(p.findings) > 0 {
		return &InputError{p.findings}
	}
	return nil
}

// querier hands the checks' queries to the engine.
type querier struct{ engine engine.Engine }

func (q querier) QueryRows(ctx context.Context, query string) ([]string, [][]any, error) {
	result, err := q.engine.Query(ctx, query)
	if err != nil {
		return nil, nil, fmt.Errorf("check of the inputs: %w", err)
	}
	defer result.Release()
	rows, err := result.Values()
	return result.Columns(), rows, err
}
