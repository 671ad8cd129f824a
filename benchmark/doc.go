// Package benchmark computes an ACO's performance year benchmark.
//
// In the RFA's order, each step a line of the worksheet:
//
//	§VIII.A  HistoricalBaseline, VoluntaryLimit
//	§VIII.B  SpendingDistance, RegionalEfficiencyAdjustment,
//	         PriorSavingsAdjustment, HigherAdjustment, AdjustmentCap,
//	         CappedAdjustment
//	§VIII.C  NationalWeight, RegionalExpenditure, TwoWayTrend, GuardedACPT,
//	         AnnualGuardedACPT, Update
//	§VIII.D  RiskMean, CappedRiskRatio, TrendedBenchmark
//	§VIII.G  RegionalRate, RateBookBlend
//	§VIII.E  AfterDiscount, QualityWithhold, SettlementBenchmark,
//	         AdministrativeAddOn
//	         settlement: GrossSavings, SharedSavings, Sequestration
//
// Compute reads no file, clock or database: tables come in, a worksheet goes
// out. Its numbers stand in params/*.yaml, which is part of the program, each
// with its source and status. Money is decimal: a quotient keeps 30 places,
// half even; products are exact; only what is shown is rounded.
//
// # Readings
//
// R1. Base years are the three calendar years before first_performance_year,
// whatever the performance year: nothing is rebased.
//
// R9. A risk mean weighs scores by eligible months, over those who have a
// score; without any it does not exist. A mean of zero is treated alike, since
// nothing can be divided by it.
//
// R10. Regional expenditure weighs the counties by the claims-aligned months of
// the category, over the counties that have a reference row. A county row whose
// risk score is zero counts as none.
//
// R11. The national weight is renormalised over the counties with an assignable
// figure above zero. Where P's enrollment ends early, person-years are months
// over the months held. A P without claims-aligned months takes the shares and
// the weight of BY3.
//
// R12. Nothing is rounded before it is shown: steps to 8 places, the baseline
// to 6, the benchmark to the cent, half away from zero.
//
// R13. The weight of a base year without months is spread over the others. A
// base year with months needs its risk mean, its regional and its national
// expenditure, BY3 too, where the trend itself is 1.
//
// R14. One spending group per ACO, by the sign of the distance to the region at
// BY3's mix; zero is higher-spending.
//
// R15. The adjustment is one PBPM per ACO. Switches: adjustment_cap_basis =
// by_category caps each category by its own USPCC; adjustment_allocation =
// by_category gives each category an amount in proportion to its baseline, the
// same dollars at BY3's mix. That proportion is this package's choice.
//
// R16. The voluntary limit works on the baseline at a risk of 1, before the
// adjustment. The group's own history needs the trends of the claims group.
//
// R17. The risk ratio is the group's own; where a mean is missing it is 1.
//
// R18. Totals weigh the calculable lines by P's eligible months, and name the
// lines left out.
//
// R19. Order within a line: baseline, adjustment, update, risk ratio, CIF, rate
// book, discount, withhold. The text names no treatment of counties without a
// rate: the shares are renormalised over those with one, as in R10, and BY3's
// shares stand in for a P without months, as in R11. A rate_book row without
// weight takes the year's.
//
// R23. The annual reading of the guardrail is computed beside the cumulative
// one; guardrail_reading says which of them moves the benchmark. Its years use
// P's shares and weight, and BY3's shares for BY3.
//
// R24. Settlement runs once per ACO over its calculable lines: their benchmark
// dollars against their own spending.
//
// Settled by: CMS's methodology paper, when it can be had.
//
// Not modelled: stop-loss (C6), the retrospective trend adjustment that LEAD
// does not have (F5), provisional settlement.
package benchmark
