package aggregate_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"leadline/aggregate"
	"leadline/schemas"
)

// C5: thresholds alone cut nothing; the switch is off by default.
func TestTruncationIsASwitch(t *testing.T) {
	tables := aggregate.Tables{Thresholds: map[aggregate.ThresholdKey]decimal.Decimal{
		{Year: 2026, Category: schemas.AgedDisabled}: decimal.NewFromInt(150_000),
	}}
	for want, parameters := range []map[string]string{nil, {"truncation": "true"}} {
		s, err := settingsOf(runWith(parameters), nil, tables)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Thresholds) != want {
			t.Errorf("with %v, %d thresholds hold, want %d", parameters, len(s.Thresholds), want)
		}
	}
}
