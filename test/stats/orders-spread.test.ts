import { describe, expect, test } from 'vitest';
import { WEEKS_OF_MONTH } from '../../lib/stats/discount.ts';
import { ordersSpread } from '../../lib/stats/orders-spread.ts';
import { momentsOfMass, wholePredictiveMass } from '../../lib/stats/predictive-moments.ts';
import { scorerOf } from '../../lib/stats/scorer.ts';

/* CDNOW parameters; three customers of its first ten, one who was silent long after many orders. */
const groups = {
  frequency: Float64Array.of(2, 0, 7, 26),
  recency: Float64Array.of(30.43, 0, 29.43, 10),
  age: Float64Array.of(38.86, 38.86, 38.86, 38.86),
  count: Float64Array.of(1, 1, 1, 1),
};
const mbg = {
  model: 'mbg_nbd',
  parameters: { r: 0.52484, alpha: 6.18309, a: 0.89139, b: 1.61405 },
} as const;
const regular = { model: 'mbg_cnbd_k', parameters: { k: 2, ...mbg.parameters } } as const;

describe.each([mbg, regular])('ordersSpread() of $model', ({ model, parameters }) => {
  test('gives the moments of the whole distribution of each customer', () => {
    const scorer = scorerOf(model, parameters);
    const { probabilityNone, meanSquare } = ordersSpread(groups, { model, parameters, months: 12 });
    groups.frequency.forEach((frequency, i) => {
      const history = { frequency, recency: groups.recency[i]!, age: groups.age[i]! };
      const mass = wholePredictiveMass(scorer, { ...history, weeks: 12 * WEEKS_OF_MONTH });
      const { mean, variance } = momentsOfMass(mass);
      expect(probabilityNone[i]).toBeCloseTo(mass[0]!, 7);
      const square = variance + mean * mean;
      expect(Math.abs(meanSquare[i]! - square)).toBeLessThan(1e-5 * (1 + square));
    });
  });
});
