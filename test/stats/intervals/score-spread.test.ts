import { describe, expect, test } from 'vitest';
import { scoreSpread } from '../../../lib/stats/intervals/score-spread.ts';
import { COUNT_MODELS } from '../../../lib/stats/judging/back-test.ts';
import {
  momentsOfMass,
  wholePredictiveMass,
} from '../../../lib/stats/scoring/predictive-moments.ts';
import { scorerOf } from '../../../lib/stats/scoring/scorer.ts';
import { groupsOf, relativeError } from '../single.ts';

const parameters = { k: 3, r: 0.6, alpha: 5, a: 0.9, b: 2, s: 0.6, beta: 12 };
const customers = [
  { frequency: 0, recency: 0, age: 38.86 },
  { frequency: 2, recency: 30.43, age: 38.86 },
  { frequency: 2, recency: 5, age: 38.86 },
  { frequency: 12, recency: 38, age: 39 },
  { frequency: 221, recency: 103.43, age: 103.57 },
];

describe.each(COUNT_MODELS)('scoreSpread() of %s', (model) => {
  const scorer = scorerOf(model, parameters);
  const horizons = [2, 52, 156];

  test('has the moments of each customer’s whole distribution, for one parameter set', () => {
    const spreads = scoreSpread(groupsOf(customers), {
      model,
      draws: [parameters],
      weeksOfHorizons: horizons,
    });
    for (const [h, weeks] of horizons.entries()) {
      const spread = spreads[h]!;
      for (const [i, customer] of customers.entries()) {
        const mass = wholePredictiveMass(scorer, { ...customer, weeks });
        const { mean, variance } = momentsOfMass(mass);
        expect(relativeError(spread.mean[i]!, mean)).toBeLessThan(1e-6);
        expect(relativeError(spread.meanSquare[i]!, variance + mean * mean)).toBeLessThan(1e-5);
        expect(Math.abs(1 - spread.probabilitySome[i]! - mass[0]!)).toBeLessThan(1e-12);
      }
    }
  });

  test('adds the variance between parameter sets to the mean variance within them', () => {
    const draws = [0.8, 1, 1.3].map((factor) => ({
      ...parameters,
      r: 0.6 * factor,
      b: 2 * factor,
    }));
    const of = (sets: typeof draws) =>
      scoreSpread(groupsOf(customers), { model, draws: sets, weeksOfHorizons: [52] })[0]!;
    const together = of(draws);
    const alone = draws.map((draw) => of([draw]));
    const average = (values: readonly number[]) =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const i of customers.keys()) {
      const means = alone.map(({ mean }) => mean[i]!);
      const within = average(alone.map(({ mean, meanSquare }) => meanSquare[i]! - mean[i]! ** 2));
      const between = average(means.map((mean) => (mean - average(means)) ** 2));
      const whole = together.meanSquare[i]! - together.mean[i]! ** 2;
      expect(relativeError(together.mean[i]!, average(means))).toBeLessThan(1e-12);
      expect(relativeError(whole, within + between)).toBeLessThan(1e-9);
      expect(between).toBeGreaterThan(0);
    }
  });
});

// Source: golden/models.py, E[λ] ∫ S + E[λ²] ∫ 2u S by quad, S = ((β+T)/(β+T+u))^s.
test.each([
  {
    r: 0.55,
    alpha: 10.58,
    s: 0.6,
    beta: 11.7,
    x: 2,
    age: 38.86,
    weeks: 52,
    truth: 9.53394582575329,
  },
  {
    r: 0.55,
    alpha: 10.58,
    s: 2,
    beta: 11.7,
    x: 2,
    age: 38.86,
    weeks: 156,
    truth: 14.3186263917511,
  },
  { r: 0.55, alpha: 10.58, s: 1, beta: 1e6, x: 2, age: 38.86, weeks: 52, truth: 12.6958689179539 },
  {
    r: 0.55,
    alpha: 10.58,
    s: 5000,
    beta: 11.7,
    x: 0,
    age: 38.86,
    weeks: 52,
    truth: 0.000112585780049798,
  },
  { r: 0.5, alpha: 1, s: 40, beta: 3, x: 7, age: 0.1, weeks: 520, truth: 1.22524007093385 },
])('E[Y²] of a living Pareto/NBD customer agrees with mpmath for %o', (row) => {
  const { x, age, weeks, truth, ...own } = row;
  const square = scorerOf('pareto_nbd', own).ordersOfLiving(x, 0).meanSquare(age, weeks);
  expect(relativeError(square, truth)).toBeLessThan(1e-11);
});
