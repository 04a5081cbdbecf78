// biome-ignore-all lint/performance/noBarrelFile: the one door of a library within; what is not named here may change
/*
 * What the rest of the product may use of the statistics. All else in the wings is their own affair.
 */

export { orderQuantile } from './intervals/order-interval.ts';
export { quantileGivenSome } from './intervals/quantile-given-some.ts';
export { scoreSpread } from './intervals/score-spread.ts';
export { spendSpread } from './intervals/spend-spread.ts';
export { forecastOfAll, type SpendTotals } from './intervals/total-forecast.ts';
export { type TotalForecast, totalQuantile } from './intervals/total-interval.ts';
export { type BackTestRow, backTest, COUNT_MODELS, fitCountModel } from './judging/back-test.ts';
export { planBackTest } from './judging/back-test-plan.ts';
export type { Baseline } from './judging/baselines.ts';
export { calibrationOf } from './judging/calibration.ts';
export { type CANDIDATES, chooseChampion } from './judging/champion.ts';
export { type HistoryFacts, missingForModels } from './judging/data-gate.ts';
export { forecastQuality, type Quality } from './judging/quality.ts';
export { expectedCumulativeOrders, weekEnds } from './judging/tracking.ts';
export type { IntervalCounts } from './models/cnbd-k.ts';
export { coarsenCounts } from './models/coarsen-counts.ts';
export { countLikelihood } from './models/count-likelihood.ts';
export type { CountGroups, SpendGroups } from './models/counts.ts';
export {
  type CountModel,
  type Fit,
  type FitStatus,
  isUsableFit,
  type ModelName,
  PARAMETERS_OF,
} from './models/fit.ts';
export {
  fitGammaGamma,
  type GammaGammaParameters,
  gammaGammaExpectedSpend,
  gammaGammaLikelihood,
} from './models/gamma-gamma.ts';
export { LARGEST_CORRELATION, spendFrequencyCorrelation } from './models/spend-independence.ts';
export type { Note, NoteCode } from './note.ts';
export { drawPosterior, informationAt } from './random/posterior.ts';
export { WEEKS_OF_MONTH } from './scoring/discount.ts';
export { medianWeeksToNextOrder } from './scoring/next-order.ts';
export { scoreCounts } from './scoring/score.ts';
export { scorerOf } from './scoring/scorer.ts';
