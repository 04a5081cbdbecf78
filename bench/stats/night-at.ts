import { orderParameterVariance } from '../../lib/stats/intervals/parameter-variance.ts';
import { atHorizon, missVariance, widenedQuantile } from '../../lib/stats/intervals/past-misses.ts';
import type { TotalForecast } from '../../lib/stats/intervals/total-interval.ts';
import { type BackTestRow, backTest, type Cut } from '../../lib/stats/judging/back-test.ts';
import { planBackTest } from '../../lib/stats/judging/back-test-plan.ts';
import { basketFactor } from '../../lib/stats/judging/basket-drift.ts';
import { judgeStack } from '../../lib/stats/judging/judge-stack.ts';
import { aliveMapOf, meanSlope } from '../../lib/stats/judging/learn-alive-map.ts';
import { forecastQuality, type Quality } from '../../lib/stats/judging/quality.ts';
import { scaleOf, stackAhead } from '../../lib/stats/judging/stack-at-cut.ts';
import { championOf, stackWeights, type Weights } from '../../lib/stats/judging/stack-weights.ts';
import { coarsenCounts } from '../../lib/stats/models/coarsen-counts.ts';
import { countLikelihood } from '../../lib/stats/models/count-likelihood.ts';
import { DROP_OUT_PRIOR } from '../../lib/stats/models/drop-out.ts';
import { isDropOutTold } from '../../lib/stats/models/drop-out-interval.ts';
import type { CountModel } from '../../lib/stats/models/fit.ts';
import { drawPosterior } from '../../lib/stats/random/posterior.ts';
import type { AliveMap } from '../../lib/stats/scoring/alive-map.ts';
import { WEEKS_OF_MONTH } from '../../lib/stats/scoring/discount.ts';

/** A cut, and what its occasions were worth: ones where no money is known. */
export interface KnownCut {
  readonly cut: Cut;
  readonly occasionValue: Float64Array;
  readonly actualValue: Float64Array;
}

/** A total, its 80 % interval, and what came. */
export interface HeldTotal {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly actual: number;
}

export interface NightAt {
  readonly horizonDays: number;
  readonly countCuts: number;
  readonly weights: Weights;
  readonly champion: CountModel;
  readonly map: AliveMap | null;
  readonly basketFactor: number;
  readonly rows: readonly BackTestRow[];
  /** Orders of each customer as the stack says, before the map of P(alive) too. */
  readonly forecast: Float64Array;
  readonly unmapped: Float64Array;
  /** P(alive) before the map. */
  readonly alive: Float64Array;
  /** P(any order) under the stack, on average, and the share of customers who ordered. */
  readonly someExpected: number;
  readonly someCame: number;
  /** Is a head-count published? */
  readonly isDropOutTold: boolean;
  readonly quality: Quality;
  readonly valueQuality: Quality;
  readonly orders: HeldTotal;
  readonly sales: HeldTotal;
  readonly months: readonly HeldTotal[];
}

/** What a night at the cut would say of the horizon after it, from the history before it alone. */
export function nightAt(
  { cut, occasionValue, actualValue }: KnownCut,
  {
    historyDays,
    earlier,
  }: {
    readonly historyDays: number;
    /** The same shop, cut so many days earlier. */
    readonly earlier: (daysAgo: number, horizonDays: number) => KnownCut;
  },
): NightAt {
  const plan = planBackTest(historyDays);
  const cuts = (plan?.cutsDaysAgo ?? [])
    .toReversed()
    .map((daysAgo) => earlier(daysAgo, plan!.horizonDays))
    .map((known) => ({ ...known, rows: backTest(known.cut, DROP_OUT_PRIOR) }));
  const stacks = judgeStack(cuts, { seed: 1 });
  const rows = backTest(cut, DROP_OUT_PRIOR);
  const ahead = new Map(
    rows.filter((row) => row.ahead !== null).map((row) => [row.model as CountModel, row.ahead!]),
  );
  const errors = cuts.map(
    (known) =>
      new Map(
        known.rows
          .filter((row) => row.ahead !== null)
          .map((row) => [row.model as CountModel, row.quality!.rmse]),
      ),
  );
  const weights = stackWeights(errors, new Set(ahead.keys()));
  const slope = meanSlope(stacks.map((one) => one.aliveSlope).filter((one) => one !== null));
  const map = slope === null ? null : aliveMapOf(slope);
  const factor = basketFactor(stacks.map((one) => one.basket).filter((one) => one !== null));
  const horizons = (cut.weeks * 7) / (plan?.horizonDays ?? 365);
  const of = (misses: readonly (number | null)[]) =>
    atHorizon(missVariance(misses.filter((miss) => miss !== null)), horizons);
  const { groups, actualOrders } = cut;
  const whole = { part: new Int32Array(groups.count.length), countParts: 1 };
  const part = Int32Array.from(groups.age, (age) => Math.floor(age / WEEKS_OF_MONTH));
  const countParts = part.reduce((most, month) => Math.max(most, month), 0) + 1;
  const stack = stackAhead(groups, { ahead, weights, map, ...whole });
  const months = stackAhead(groups, { ahead, weights, map, part, countParts });
  const shared = parameterVariance(cut, { rows, weights });
  const total = withShared(stack.totals[0]!, shared);
  const sum = (each: (i: number) => number) =>
    groups.count.reduce((all, n, i) => all + n * each(i), 0);
  const sales = sum((i) => stack.mean[i]! * occasionValue[i]! * factor);
  const cameInMonth = new Float64Array(countParts);
  groups.count.forEach((n, i) => {
    cameInMonth[part[i]!]! += n * actualOrders[i]!;
  });
  const alive = new Float64Array(groups.count.length);
  for (const [model, { alive: ofModel }] of ahead) {
    const weight = weights.get(model)!.alive;
    ofModel.forEach((chance, i) => {
      alive[i]! += weight * chance;
    });
  }
  return {
    horizonDays: plan?.horizonDays ?? 0,
    countCuts: cuts.length,
    weights,
    champion: championOf(weights)!,
    map,
    basketFactor: factor,
    rows,
    ...someOf(cut, { rows, weights, map }),
    isDropOutTold: toldAt(cut, { rows, weights }),
    forecast: stack.mean,
    unmapped: stackAhead(groups, { ahead, weights, map: null, ...whole }).mean,
    alive,
    quality: forecastQuality({
      forecast: stack.mean,
      actual: actualOrders,
      count: groups.count,
    }),
    valueQuality: forecastQuality({
      forecast: stack.mean.map((orders, i) => orders * occasionValue[i]! * factor),
      actual: actualValue,
      count: groups.count,
    }),
    orders: held(total, {
      variance: of(stacks.map((one) => one.missOfOrders)),
      actual: sum((i) => actualOrders[i]!),
      isCount: true,
    }),
    sales: held(
      { mean: sales, variance: total.variance * (sales / total.mean) ** 2 },
      {
        variance: of(stacks.map((one) => one.missOfSales)),
        actual: sum((i) => actualValue[i]!),
        isCount: false,
      },
    ),
    months: months.totals
      .map((month, j) =>
        held(withShared(month, shared), {
          variance: of(stacks.map((one) => one.missOfMonths)),
          actual: cameInMonth[j]!,
          isCount: true,
        }),
      )
      .filter(({ mean }) => mean > 0),
  };
}

function someOf(
  { groups, actualOrders }: Cut,
  {
    rows,
    weights,
    map,
  }: {
    readonly rows: readonly BackTestRow[];
    readonly weights: Weights;
    readonly map: AliveMap | null;
  },
): { readonly someExpected: number; readonly someCame: number } {
  let expected = 0;
  let came = 0;
  let customers = 0;
  groups.count.forEach((n, i) => {
    customers += n;
    if (actualOrders[i]! > 0) came += n;
    for (const { model, ahead } of rows) {
      if (ahead === null) continue;
      const scale = groups.frequency[i] === 0 ? 1 : scaleOf(ahead.alive[i]!, map);
      expected += n * (weights.get(model as CountModel)?.orders ?? 0) * scale * ahead.some[i]!;
    }
  });
  return { someExpected: expected / customers, someCame: came / customers };
}

function toldAt(
  { groups }: Cut,
  { rows, weights }: { readonly rows: readonly BackTestRow[]; readonly weights: Weights },
): boolean {
  const heaviest = rows
    .filter(({ ahead }) => ahead !== null)
    .toSorted(
      (left, right) =>
        weights.get(right.model as CountModel)!.alive -
        weights.get(left.model as CountModel)!.alive,
    )[0];
  return isDropOutTold(coarsenCounts(groups, 1500), { scoring: heaviest!.fit! });
}

/** Of the total's mean, over the parameters of each model, by weight. */
function parameterVariance(
  { groups, weeks }: Cut,
  { rows, weights }: { readonly rows: readonly BackTestRow[]; readonly weights: Weights },
): number {
  const coarse = coarsenCounts(groups, 1500);
  return rows.reduce((sum, { fit, ahead }) => {
    if (fit === null || ahead === null) return sum;
    const model = fit.model as CountModel;
    const logLikelihood = countLikelihood(coarse, {
      model,
      k: fit.parameters.k ?? 1,
      prior: DROP_OUT_PRIOR,
    });
    const { draws } = drawPosterior(fit, { logLikelihood, countDraws: 20, seed: 1 });
    const [variance] = orderParameterVariance(coarse, { model, draws, weeksOfHorizons: [weeks] });
    return sum + (weights.get(model)?.orders ?? 0) * variance!;
  }, 0);
}

function withShared({ mean, variance }: TotalForecast, shared: number): TotalForecast {
  return { mean, variance: variance + shared * mean * mean };
}

function held(
  total: TotalForecast,
  { variance, actual, isCount }: { variance: number; actual: number; isCount: boolean },
): HeldTotal {
  const at = (level: number) => {
    const quantile = widenedQuantile(total, { level, variance });
    return isCount ? Math.round(quantile) : quantile;
  };
  return { mean: total.mean, low: at(0.1), high: at(0.9), actual };
}

export function isHeld({ low, high, actual }: HeldTotal): boolean {
  return actual >= low && actual <= high;
}
