// biome-ignore-all lint/performance/noBarrelFile: the one door of a library within; what is not named here may change
/*
 * What the rest of the product may use of the statistics. All else in the wings is their own affair.
 */

export { orderQuantile } from './intervals/order-interval.ts';
export { orderParameterVariance, spendParameterVariance } from './intervals/parameter-variance.ts';
export { atHorizon, missVariance, widenedQuantile } from './intervals/past-misses.ts';
export { quantileGivenSome } from './intervals/quantile-given-some.ts';
export { scoreSpread } from './intervals/score-spread.ts';
export { spendSpread } from './intervals/spend-spread.ts';
export {
  forecastOfParts,
  type PartForecast,
  type Partition,
  type SpendTotals,
  type TotalMember,
} from './intervals/total-forecast.ts';
export { type BackTestRow, backTest, COUNT_MODELS, fitCountModel } from './judging/back-test.ts';
export { planBackTest } from './judging/back-test-plan.ts';
export type { Baseline } from './judging/baselines.ts';
export { basketFactor } from './judging/basket-drift.ts';
export { type HistoryFacts, missingForModels } from './judging/data-gate.ts';
export { type CutToJudge, judgeStack, type StackAtCut } from './judging/judge-stack.ts';
export { aliveMapOf, meanSlope } from './judging/learn-alive-map.ts';
export { forecastQuality, type Quality } from './judging/quality.ts';
export {
  championOf,
  stackWeights,
  staysWithin,
  type Weights,
  withAlive,
} from './judging/stack-weights.ts';
export { expectedCumulativeOrders, weekEnds } from './judging/tracking.ts';
export type { IntervalCounts } from './models/cnbd-k.ts';
export { coarsenCounts } from './models/coarsen-counts.ts';
export { countLikelihood } from './models/count-likelihood.ts';
export type { CountGroups, SpendGroups } from './models/counts.ts';
export { DROP_OUT_PRIOR, dropOutOf } from './models/drop-out.ts';
export { isDropOutTold } from './models/drop-out-interval.ts';
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
export { spendModelOf } from './models/spend-model.ts';
export type { Note, NoteCode } from './note.ts';
export { drawPosterior, informationAt } from './random/posterior.ts';
export { withAliveMap } from './scoring/alive-map.ts';
export { WEEKS_OF_MONTH } from './scoring/discount.ts';
export type { MixtureMember } from './scoring/mixture.ts';
export { medianWeeksToNextOrder } from './scoring/next-order.ts';
export { scoreCounts } from './scoring/score.ts';
export { scorerOf } from './scoring/scorer.ts';
