import { describe, expect, test } from 'vitest';
import { orderQuantile } from '../../../lib/stats/intervals/order-interval.ts';
import { scoreSpread } from '../../../lib/stats/intervals/score-spread.ts';
import { COUNT_MODELS, fitCountModel } from '../../../lib/stats/judging/back-test.ts';
import { countLikelihood } from '../../../lib/stats/models/count-likelihood.ts';
import type { CountGroups } from '../../../lib/stats/models/counts.ts';
import type { CountModel } from '../../../lib/stats/models/fit.ts';
import { drawPosterior, informationAt } from '../../../lib/stats/random/posterior.ts';
import { scorerOf } from '../../../lib/stats/scoring/scorer.ts';
import { wholePredictiveMass } from '../../reference/predictive-moments.ts';
import { historiesAt, intervalsAt, simulateShop } from '../../reference/simulate.ts';
import { cdnowFromTransactions, countsOf, hasCdnow, intervalsOf } from '../cdnow.ts';
import { groupsOf, mixtureOf } from '../single.ts';

type Draws = readonly Readonly<Record<string, number>>[];

/** By how much of the level the definition, F(q − 1) < level ≤ F(q), may be missed. */
interface Misses {
  p10: number;
  p90: number;
  /** Of both, for customers of at most five repeats. */
  few: number;
}

function expectSmall({ p10, p90, few }: Misses): void {
  expect(p10).toBeLessThan(0.1);
  expect(p90).toBeLessThan(0.035);
  expect(few).toBeLessThan(0.02);
}

function drawsFor(
  model: CountModel,
  counts: Parameters<typeof fitCountModel>[1],
): { readonly model: CountModel; readonly draws: Draws } {
  const { parameters } = fitCountModel(model, counts);
  const logLikelihood = countLikelihood(counts.groups, { model, k: parameters.k ?? 1 });
  const information = informationAt(parameters, logLikelihood);
  const fit = { parameters, information };
  return { model, draws: drawPosterior(fit, { logLikelihood, countDraws: 20, seed: 1 }).draws };
}

/** P(Y ≤ 0), P(Y ≤ 1), … of a group, each draw as likely as the others, from the masses themselves. */
function exactLevels(
  history: { frequency: number; recency: number; age: number },
  { model, draws, weeks }: { model: CountModel; draws: Draws; weeks: number },
): number[] {
  const masses = draws.map((draw) =>
    wholePredictiveMass(scorerOf(model, draw), { ...history, weeks }),
  );
  const length = Math.max(...masses.map((mass) => mass.length));
  let cumulative = 0;
  return Array.from({ length }, (_, y) => {
    cumulative += masses.reduce((sum, mass) => sum + (mass[y] ?? 0), 0) / masses.length;
    return cumulative;
  });
}

/** How far the levels of P10 and P90 of every `step`-th group are from what they say. */
function worstMiss(
  groups: CountGroups,
  { model, draws, step }: { model: CountModel; draws: Draws; step: number },
): Misses {
  const worst = { p10: 0, p90: 0, few: 0 };
  for (const weeks of [52, 156]) {
    const [spread] = scoreSpread(groups, {
      mixture: mixtureOf(model, ...draws),
      weeksOfHorizons: [weeks],
    });
    for (let i = 0; i < groups.frequency.length; i += step) {
      const history = {
        frequency: groups.frequency[i]!,
        recency: groups.recency[i]!,
        age: groups.age[i]!,
      };
      const levels = exactLevels(history, { model, draws, weeks });
      const moments = {
        probabilitySome: spread!.probabilitySome[i]!,
        mean: spread!.mean[i]!,
        meanSquare: spread!.meanSquare[i]!,
      };
      for (const [name, level] of [
        ['p10', 0.1],
        ['p90', 0.9],
      ] as const) {
        const found = orderQuantile(moments, level);
        const short = level - (levels[found] ?? 1);
        const beyond = found === 0 ? 0 : (levels[found - 1] ?? 1) - level;
        const miss = Math.max(short, beyond);
        worst[name] = Math.max(worst[name], miss);
        if (history.frequency <= 5) worst.few = Math.max(worst.few, miss);
      }
    }
  }
  return worst;
}

const parametersOf: Readonly<Record<CountModel, Readonly<Record<string, number>>>> = {
  bg_nbd: { r: 0.6, alpha: 6, a: 0.8, b: 2.4 },
  mbg_nbd: { r: 0.6, alpha: 6, a: 0.7, b: 2.2 },
  pareto_nbd: { r: 0.6, alpha: 6, s: 0.6, beta: 12 },
  bg_cnbd_k: { k: 2, r: 0.8, alpha: 4, a: 0.8, b: 2.4 },
  mbg_cnbd_k: { k: 2, r: 0.8, alpha: 4, a: 0.7, b: 2.2 },
};

describe.each(COUNT_MODELS)('orderQuantile() of %s', (model) => {
  test('is the percentile of the whole distribution in a simulated shop, or off by little', () => {
    const shop = simulateShop({
      model,
      parameters: parametersOf[model],
      countCustomers: 1000,
      acquisitionWeeks: 52,
      weeks: 104,
      seed: 4,
    });
    const { groups } = historiesAt(shop, 104);
    const drawn = drawsFor(model, { groups, intervals: intervalsAt(shop, 104) });
    expectSmall(worstMiss(groups, { ...drawn, step: 10 }));
  });
});

test.skipIf(!hasCdnow)('orderQuantile() is the percentile, or off by little, on CDNOW', () => {
  const customers = cdnowFromTransactions();
  const groups = countsOf(customers);
  const drawn = drawsFor('mbg_nbd', { groups, intervals: intervalsOf(customers) });
  expectSmall(worstMiss(groups, { ...drawn, step: 20 }));
});

// Source: negative binomial by hand, size 1: P(N ≤ n) = 1 − (μ/(1+μ))^(n+1), with μ = 3.
test.each([
  [0.1, 1 + 0],
  [0.5, 1 + 2],
  [0.9, 1 + 8],
])('orderQuantile() of level %d of one more than a geometric of mean 3 is %d', (level, y) => {
  const moments = { probabilitySome: 1, mean: 4, meanSquare: 12 + 16 };
  expect(orderQuantile(moments, level)).toBe(y);
});

// Source: Poisson of mean 2 by hand: P(0 … 4) = 0.135, 0.406, 0.677, 0.857, 0.947.
test('orderQuantile() of one more than a Poisson of mean 2, half of the customers gone', () => {
  const moments = { probabilitySome: 0.5, mean: 1.5, meanSquare: 0.5 * (2 + 9) };
  expect([0.1, 0.5, 0.55, 0.9].map((level) => orderQuantile(moments, level))).toEqual([0, 0, 1, 4]);
});

test('orderQuantile() never falls as the level rises', () => {
  for (const mean of [0.01, 0.8, 30, 499, 502, 4000]) {
    const moments = {
      probabilitySome: 0.7 * Math.min(1, mean),
      mean,
      meanSquare: mean + 3 * mean * mean,
    };
    const found = Array.from({ length: 99 }, (_, i) => orderQuantile(moments, (i + 1) / 100));
    expect(found.every((y, i) => y >= (found[i - 1] ?? 0))).toBe(true);
  }
});

test.each([
  ['10,000 orders in ten years', { frequency: 10_000, recency: 500, age: 520 }],
  ['a million orders', { frequency: 1e6, recency: 500, age: 520 }],
  ['new today', { frequency: 0, recency: 0, age: 0 }],
  ['gone for ever', { frequency: 300, recency: 10, age: 520 }],
])('orderQuantile() of a customer with %s is a whole number', (_, customer) => {
  const parameters = { r: 0.5, alpha: 6, a: 0.9, b: 1.6 };
  const [spread] = scoreSpread(groupsOf([customer]), {
    mixture: mixtureOf('mbg_nbd', parameters),
    weeksOfHorizons: [156],
  });
  const moments = {
    probabilitySome: spread!.probabilitySome[0]!,
    mean: spread!.mean[0]!,
    meanSquare: spread!.meanSquare[0]!,
  };
  const [low, high] = [0.1, 0.9].map((level) => orderQuantile(moments, level));
  expect(Number.isSafeInteger(low) && Number.isSafeInteger(high)).toBe(true);
  expect(low).toBeGreaterThanOrEqual(0);
  expect(high).toBeGreaterThanOrEqual(low!);
});
