package benchmark

import (
	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// Result is a run's worksheet and what it comes to, sorted by key.
type Result struct {
	Baselines  []Baseline
	Steps      []Step
	Benchmarks []Benchmark
	Consulted  []schemas.ConsultedParameter
}

// Baseline is a row of the published table baseline: six places.
type Baseline struct {
	ACO           string
	Category      schemas.Category
	AlignmentType schemas.AlignmentType
	Years         [3]BaseYearRow // BY1, BY2, BY3
	PBPM          *decimal.Decimal
	IsCalculable  bool
	Reason        string // why not; or, of a value that is there, what must be known of it
}

// BaseYearRow is one base year of a baseline.
type BaseYearRow struct {
	Year      int
	PBPM      *decimal.Decimal
	Weight    *decimal.Decimal
	Trend     *decimal.Decimal
	RiskRatio *decimal.Decimal
}

// Step is a row of the published table benchmark_step: eight places.
type Step struct {
	ACO             string
	PerformanceYear int
	Category        schemas.Category
	AlignmentType   schemas.AlignmentType
	Line            int
	Step            string
	Label           string
	Value           *decimal.Decimal
	Unit            string
	Formula         string
	Source          string
	Status          schemas.Status
	IsCalculable    bool
	Reason          string // as in Baseline
}

// Benchmark is a row of the published table benchmark: cents.
type Benchmark struct {
	ACO             string
	PerformanceYear int
	Category        schemas.Category
	AlignmentType   schemas.AlignmentType
	PBPM            BenchmarkAmounts
	Dollars         BenchmarkAmounts // unrounded PBPM times months, rounded once
	DiscountRate    *decimal.Decimal
	SpendingGroup   SpendingGroup // empty where it is not calculable
	EligibleMonths  schemas.PersonMonths
	IsCalculable    bool
	Reason          string // as in Baseline
}

// BenchmarkAmounts are the amounts of a benchmark line.
type BenchmarkAmounts struct {
	BeforeDiscount      *decimal.Decimal
	AfterDiscount       *decimal.Decimal
	QualityWithhold     *decimal.Decimal
	SettlementBenchmark *decimal.Decimal
	AdministrativeAddOn *decimal.Decimal
}
