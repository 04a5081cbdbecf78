import { describe, expect, test } from 'vitest';
import { midMonthSchedule, WEEKS_OF_MONTH } from '../../../lib/stats/scoring/discount.ts';
import { scoreCounts } from '../../../lib/stats/scoring/score.ts';
import { bgNbdExpectedOrders, bgNbdProbabilityAlive } from '../../reference/bg-nbd.ts';
import { discountedOrders } from '../../reference/discounted-orders.ts';
import { mbgNbdExpectedOrders, mbgNbdProbabilityAlive } from '../../reference/mbg-nbd.ts';
import { groupsOf, relativeError } from '../single.ts';

const parameters = { r: 0.52484, alpha: 6.18309, a: 0.89139, b: 1.61405 };
const customers = [
  { frequency: 2, recency: 30.43, age: 38.86 },
  { frequency: 0, recency: 0, age: 38.86 },
  { frequency: 0, recency: 0, age: 0 },
  { frequency: 221, recency: 103.43, age: 103.57 },
  { frequency: 1000, recency: 10, age: 100 },
  { frequency: 7, recency: 100, age: 260 },
  { frequency: 2, recency: 1, age: 38.86 },
];
const MODELS = [
  { model: 'bg_nbd', alive: bgNbdProbabilityAlive, orders: bgNbdExpectedOrders },
  { model: 'mbg_nbd', alive: mbgNbdProbabilityAlive, orders: mbgNbdExpectedOrders },
] as const;

describe.each(MODELS)('scoreCounts() for $model', ({ model, alive, orders }) => {
  const scores = scoreCounts(groupsOf(customers), {
    model,
    parameters,
    monthsOfHorizon: [12, 24, 36],
    annualDiscountRate: 0.1,
  });

  test.each(customers.map((customer, i) => ({ customer, i })))(
    'equals the formulas of the paper for $customer',
    ({ customer, i }) => {
      expect(relativeError(scores.probabilityAlive[i]!, alive(parameters, customer))).toBeLessThan(
        1e-13,
      );
      for (const [h, months] of [12, 24, 36].entries()) {
        const upTo = (weeks: number) => orders(parameters, { ...customer, weeks });
        expect(
          relativeError(scores.expectedOrders[h]![i]!, upTo(months * WEEKS_OF_MONTH)),
        ).toBeLessThan(1e-9);
        expect(
          relativeError(
            scores.discountedOrders[h]![i]!,
            discountedOrders(upTo, midMonthSchedule(months, 0.1)),
          ),
        ).toBeLessThan(1e-9);
      }
    },
  );

  test('discounts less than everything and more than at the end of the horizon', () => {
    for (let i = 0; i < customers.length; i++) {
      const plain = scores.expectedOrders[2]![i]!;
      if (plain === 0) continue;
      expect(scores.discountedOrders[2]![i]!).toBeLessThan(plain);
      expect(scores.discountedOrders[2]![i]!).toBeGreaterThan(plain * 1.1 ** -3);
    }
  });
});

test('scoreCounts() refuses parameters of a fit that failed', () => {
  expect(() =>
    scoreCounts(groupsOf(customers), {
      model: 'mbg_nbd',
      parameters: {},
      monthsOfHorizon: [12],
      annualDiscountRate: 0.1,
    }),
  ).toThrow('Cannot score with mbg_nbd: r must be above 0: found undefined');
});

test('discountedOrders() with a rate of 0 is the plain sum, and a year at 10 % costs 4.7 %', () => {
  const evenly = (weeks: number) => weeks;
  expect(discountedOrders(evenly, midMonthSchedule(12, 0))).toBeCloseTo(365.25 / 7, 12);
  const share = discountedOrders(evenly, midMonthSchedule(12, 0.1)) / (365.25 / 7);
  // Σ_{m=1..12} v^{m−½} / 12 with v = 1.1^(−1/12), as a geometric series
  const v = 1.1 ** (-1 / 12);
  expect(share).toBeCloseTo((Math.sqrt(v) * (1 - 1 / 1.1)) / (1 - v) / 12, 12);
  expect(share).toBeCloseTo(0.9538, 3);
});
