package benchmark

import (
	"fmt"

	"leadline/schemas"
)

// GrossSavings is what the ACO spent below its benchmark; below zero, above it.
//
// Source:  secondary source on the PY2027 paper.
// Rule:    I, benchmark dollars - performance year dollars.
// Reading: R24.
func GrossSavings(benchmark, expenditure schemas.USD) schemas.USD {
	return benchmark.Minus(expenditure)
}

// SharingBand is a band of gross savings or losses, as a share of the benchmark.
type SharingBand struct {
	Begins schemas.Ratio
	Share  schemas.Ratio // that the ACO keeps or owes
}

// SharedSavings is the ACO's part of the gross, band by band; losses are below
// zero. A band ends where the next begins, the last has no end.
//
// Source:  secondary source on the PY2027 paper; params/sharing_band.yaml,
// params/sharing_rate.yaml.
// Rule:    I, the sum over bands of share * the part of the gross in the band.
// Reading: R24, the bands cut |gross| / benchmark.
func SharedSavings(gross, benchmark schemas.USD, bands []SharingBand) (schemas.USD, error) {
	if benchmark.Sign() <= 0 {
		return schemas.USD{}, fmt.Errorf("no benchmark dollars to cut into bands")
	}
	size := gross.Magnitude()
	var shared schemas.USD
	for i, band := range bands {
		end := size
		if i+1 < len(bands) {
			end = size.Least(benchmark.Times(bands[i+1].Begins))
		}
		inBand := end.Minus(benchmark.Times(band.Begins)).Greatest(schemas.USD{})
		shared = shared.Plus(inBand.Times(band.Share))
	}
	if gross.Sign() < 0 {
		return schemas.USD{}.Minus(shared), nil
	}
	return shared, nil
}

// Sequestration is what is taken off shared savings; below zero it lessens
// shared losses.
//
// Source:  secondary source on the PY2027 paper; params/sequestration_rate.yaml.
// Rule:    I, 2% of positive shared amounts.
// Reading: R24; of losses only with the switch sequestration_on_losses.
func Sequestration(shared schemas.USD, rate schemas.Ratio, onLosses bool) schemas.USD {
	if shared.Sign() < 0 && !onLosses {
		return schemas.USD{}
	}
	return shared.Times(rate)
}
