import { describe, expect, test } from 'vitest';
import { COUNT_MODELS } from '../../../lib/stats/judging/back-test.ts';
import { scoreCounts } from '../../../lib/stats/scoring/score.ts';
import { scorerOf } from '../../../lib/stats/scoring/scorer.ts';
import { groupsOf, relativeError } from '../single.ts';

const parameters = { k: 3, r: 0.6, alpha: 5, a: 0.9, b: 2, s: 0.6, beta: 12 };
const customers = [
  { frequency: 0, recency: 0, age: 38.86 },
  { frequency: 2, recency: 30.43, age: 38.86 },
  { frequency: 12, recency: 38, age: 39 },
  { frequency: 60, recency: 100, age: 103.57 },
];

describe.each(COUNT_MODELS)('the discounted residual of %s', (model) => {
  const scorer = scorerOf(model, parameters);

  test('is what a sum over weeks comes to, each discounted at its middle', () => {
    // 70 % a year, so that the sum has an end: after 3,000 weeks e^−30 is left
    const perWeek = 0.01;
    for (const { frequency, age } of customers) {
      for (let phase = 0; phase < scorer.phases; phase++) {
        const { mean, discountedResidual } = scorer.ordersOfLiving(frequency, phase);
        let sum = 0;
        let before = 0;
        for (let week = 0; week < 3000; week++) {
          const upTo = mean(age, week + 1);
          sum += (upTo - before) * Math.exp(-perWeek * (week + 0.5));
          before = upTo;
        }
        expect(relativeError(discountedResidual(age, perWeek), sum)).toBeLessThan(5e-5);
      }
    }
  });

  test('is more than three years of it and less than all undiscounted orders of 300 years', () => {
    const scores = scoreCounts(groupsOf(customers), {
      model,
      parameters,
      monthsOfHorizon: [36],
      annualDiscountRate: 0.1,
    });
    for (const [i, { frequency, age }] of customers.entries()) {
      expect(scores.discountedResidual![i]!).toBeGreaterThan(scores.discountedOrders[0]![i]!);
      const everything = scorer.ordersOfLiving(frequency, 0).mean(age, 300 * 52);
      expect(scores.discountedResidual![i]!).toBeLessThan(everything);
    }
  });

  test('has no end without a discount', () => {
    const scores = scoreCounts(groupsOf(customers), {
      model,
      parameters,
      monthsOfHorizon: [12],
      annualDiscountRate: 0,
    });
    expect(scores.discountedResidual).toBeNull();
  });
});

/*
 * Source: golden/models.py, quad over λ ~ Gamma(r+x, α+T) of E[λ/(δ + pλ)] over p ~ Beta(a, b+x+1), which
 * is λ/δ · ₂F₁(1, a; a+b+x+1; −λ/δ); CDNOW's MBG/NBD, δ = ln 1.1 · 7/365.25.
 */
test.each([
  { frequency: 0, age: 0, truth: 5.972504793162762 },
  { frequency: 0, age: 38.86, truth: 2.327859058171107 },
  { frequency: 2, age: 38.86, truth: 8.454131767609852 },
  { frequency: 40, age: 260, truth: 41.59093912799602 },
  { frequency: 3, age: 0.5, truth: 23.38110027946373 },
])('agrees with mpmath for x = $frequency, T = $age', ({ frequency, age, truth }) => {
  const scorer = scorerOf('mbg_nbd', { r: 0.52484, alpha: 6.18309, a: 0.89139, b: 1.61405 });
  const residual = scorer
    .ordersOfLiving(frequency, 0)
    .discountedResidual(age, (Math.log(1.1) * 7) / 365.25);
  expect(relativeError(residual, truth)).toBeLessThan(1e-9);
});

test('scoreCounts() gives the Pareto/NBD’s published residual, a rate of 10 % being a year’s', () => {
  // docs MODELS: 8.175 for CDNOW’s customer 1, not the 0.425 of 10 % a week
  const cdnow = { r: 0.55327, alpha: 10.5778, s: 0.60602, beta: 11.66391 };
  const customer = { frequency: 2, recency: 30.43, age: 38.86 };
  const scores = scoreCounts(groupsOf([customer]), {
    model: 'pareto_nbd',
    parameters: cdnow,
    monthsOfHorizon: [12],
    annualDiscountRate: 0.1,
  });
  expect(scores.discountedResidual![0]).toBeCloseTo(8.175, 2);
});
