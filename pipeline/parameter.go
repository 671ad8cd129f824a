package pipeline

import (
	"embed"
	"strings"

	"leadline/schemas"
)

//go:embed params/*.yaml
var params embed.FS

// runParameters are the switches of the run itself.
func runParameters() (schemas.Parameters, error) { return schemas.ReadParameters(params, "params") }

// promoted names the warnings that the run treats as errors.
func (p *prepared) promoted() ([]string, error) {
	row, err := p.parameters.Reader(p.request.Config.PerformanceYear).Row("warnings_as_errors")
	if err != nil || row.Value.None() {
		return nil, err
	}
	return strings.Fields(row.Value.String()), nil
}
