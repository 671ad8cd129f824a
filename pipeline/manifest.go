package pipeline

import (
	"leadline/pipeline/engine"
	"leadline/pipeline/input"
	"leadline/pipeline/publish"
	"leadline/schemas"
)

// manifest is manifest.json: what a result rests on, how it was made, and what
// was found on the way. It names files and counts, never a person.
type manifest struct {
	RunID           string                       `json:"run_id"`
	Contract        string                       `json:"contract"`
	Version         string                       `json:"version"`
	PerformanceYear int                          `json:"performance_year"`
	BaseYears       []int                        `json:"base_years"`
	IsProjected     bool                         `json:"performance_year_is_projected"`
	Engine          manifestEngine               `json:"engine"`
	Inputs          []InputFile                  `json:"inputs"`
	TINList         tinList                      `json:"participant_tin"`
	Parameters      []schemas.ConsultedParameter `json:"parameters"`
	CodeLists       []manifestCodeList           `json:"code_lists"`
	NotEvaluated    []notEvaluated               `json:"rules_not_evaluated"`
	Findings        []input.Finding              `json:"findings"`
	Stages          []Stage                      `json:"stages"`
	Outputs         []publish.File               `json:"outputs"`
}

type manifestEngine struct {
	Name        string `json:"name"`
	Version     string `json:"version"`
	MemoryLimit int64  `json:"memory_limit_bytes"`
	Threads     int    `json:"threads"`
}

type manifestCodeList struct {
	Name   string `json:"name"`
	Codes  int    `json:"codes"`
	Source string `json:"source"`
	Status string `json:"status"`
}

func (p *prepared) manifest(e engine.Engine, c *computation, files []publish.File) manifest {
	config := p.request.Config
	m := manifest{
		RunID: p.runID, Contract: contractVersion, Version: p.request.Version,
		PerformanceYear: c.extract.years.Performance, BaseYears: c.extract.years.Base(),
		IsProjected:  c.extract.span.IsProjected(),
		Engine:       manifestEngine{e.Name(), e.Version(), config.MemoryLimit, config.Threads},
		Inputs:       p.withRows(c.extract),
		TINList:      c.tinList(p.files),
		Parameters:   c.consulted(),
		CodeLists:    c.codeLists(),
		NotEvaluated: c.notEvaluated(),
		Findings:     p.findings,
		Stages:       c.done,
		Outputs:      files,
	}
	if m.Findings == nil {
		m.Findings = []input.Finding{}
	}
	return m
}

func (p *prepared) withRows(x extract) []InputFile {
	rows := map[string]int64{}
	for _, t := range x.footers {
		for _, f := range t.Files {
			rows[f.Path] = f.Rows
		}
	}
	files := make([]InputFile, len(p.files))
	i := 0
	for _, s := range p.sources {
		for _, f := range s.Files {
			files[i] = p.files[i]
			files[i].Rows = rows[f.Path]
			i++
		}
	}
	return files
}

// consulted lists every parameter that the run rested on, with its status.
func (c *computation) consulted() []schemas.ConsultedParameter {
	all := c.parameters.Consulted()
	return append(all, c.results.benchmark.Consulted...)
}

func (c *computation) codeLists() []manifestCodeList {
	lists := []schemas.CodeList{c.alignment.QualifiedServices, c.alignment.Specialties, c.aggregate.Diagnoses, c.aggregate.Equipment}
	var all []manifestCodeList
	for _, l := range append(lists, c.aggregate.Excluded...) {
		all = append(all, manifestCodeList{l.Name, len(l.Codes), l.Source, l.Status})
	}
	return all
}
