import { describe, expect, test } from 'vitest';
import { COUNT_MODELS } from '../../lib/stats/back-test.ts';
import {
  momentsOfMass,
  quantileOfMass,
  wholePredictiveMass,
} from '../../lib/stats/predictive-moments.ts';
import { scoreSpread } from '../../lib/stats/score-spread.ts';
import { scorerOf } from '../../lib/stats/scorer.ts';
import { groupsOf, relativeError } from './single.ts';

const parameters = { k: 3, r: 0.6, alpha: 5, a: 0.9, b: 2, s: 0.6, beta: 12 };
const customers = [
  { frequency: 0, recency: 0, age: 38.86 },
  { frequency: 2, recency: 30.43, age: 38.86 },
  { frequency: 2, recency: 5, age: 38.86 },
  { frequency: 12, recency: 38, age: 39 },
  { frequency: 221, recency: 103.43, age: 103.57 },
];

describe.each(COUNT_MODELS)('scoreSpread() of %s', (model) => {
  test('is the spread of each customer’s whole distribution', () => {
    const spread = scoreSpread(groupsOf(customers), { model, parameters, weeks: 52 });
    const scorer = scorerOf(model, parameters);
    for (const [i, customer] of customers.entries()) {
      const mass = wholePredictiveMass(scorer, { ...customer, weeks: 52 });
      const { mean, variance } = momentsOfMass(mass);
      expect(relativeError(spread.mean[i]!, mean)).toBeLessThan(1e-6);
      expect(relativeError(spread.meanSquare[i]!, variance + mean * mean)).toBeLessThan(1e-5);
      expect(Math.abs(spread.probabilityNone[i]! - mass[0]!)).toBeLessThan(1e-12);
      expect(spread.p10[i]).toBe(quantileOfMass(mass, 0.1));
      expect(spread.p90[i]).toBe(quantileOfMass(mass, 0.9));
    }
    // the spread is one: a frequent buyer's P90 lies above the P10
    expect(spread.p90[3]!).toBeGreaterThan(spread.p10[3]!);
  });
});
