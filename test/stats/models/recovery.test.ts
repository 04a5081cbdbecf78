import { describe, expect, test } from 'vitest';
import { fitCountModel } from '../../../lib/stats/judging/back-test.ts';
import { logFactorOfIntervals } from '../../../lib/stats/models/cnbd-k.ts';
import { countLikelihood } from '../../../lib/stats/models/count-likelihood.ts';
import { expectedOrders } from '../../../lib/stats/scoring/expected-orders.ts';
import { historiesAt, intervalsAt, ordersBetween, simulateShop } from '../../reference/simulate.ts';

const TRUTHS = [
  { model: 'bg_nbd', truth: { r: 0.25, alpha: 4.4, a: 0.8, b: 2.4 } },
  { model: 'mbg_nbd', truth: { r: 0.52, alpha: 6.2, a: 0.9, b: 1.6 } },
  { model: 'pareto_nbd', truth: { r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 } },
  { model: 'bg_cnbd_k', truth: { k: 2, r: 0.6, alpha: 3, a: 0.8, b: 2.4 } },
  { model: 'mbg_cnbd_k', truth: { k: 3, r: 0.8, alpha: 3, a: 0.9, b: 2.5 } },
] as const;

// A hundred seeds a model with coverage counts: bench/stats/calibration.ts.
describe.each(TRUTHS)('fit of $model to its own simulated customers', ({ model, truth }) => {
  const known: Readonly<Record<string, number>> = truth;
  const names = Object.keys(truth).filter((name) => name !== 'k');
  const runs = [1, 2, 3, 4].map((seed) => {
    const shop = simulateShop({
      model,
      parameters: truth,
      countCustomers: 2000,
      acquisitionWeeks: 26,
      weeks: 117,
      seed,
    });
    const { groups, customer } = historiesAt(shop, 78);
    const intervals = intervalsAt(shop, 78);
    const fit = fitCountModel(model, { groups, intervals });
    return { shop, groups, customer, intervals, fit };
  });

  test('lies within 3.5 standard errors of the truth, in logarithms', () => {
    for (const { fit } of runs) {
      expect(fit.status).toBe('converged');
      for (const name of names) {
        const error = fit.standardErrors[name]! / fit.parameters[name]!;
        const distance = Math.abs(Math.log(fit.parameters[name]! / known[name]!));
        expect(distance, name).toBeLessThan(3.5 * error);
      }
    }
  });

  test('finds a likelihood not below that of the truth', () => {
    for (const { fit, groups, intervals } of runs) {
      const k = known.k ?? 1;
      const at = Float64Array.from(names, (name) => known[name]!);
      const ofTruth = countLikelihood(groups, { model, k })(at, new Float64Array(names.length));
      const factor = 'k' in known ? logFactorOfIntervals(k, intervals) : 0;
      expect(fit.logLikelihood!).toBeGreaterThanOrEqual(ofTruth + factor);
    }
  });

  test('forecasts the total of what came within 15 %', () => {
    for (const { shop, fit, groups, customer } of runs) {
      const actual = ordersBetween(shop, { customer, from: 78, to: 117 });
      const forecast = expectedOrders(groups, { model, parameters: fit.parameters, weeks: 39 });
      const total = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0);
      expect(Math.abs(total(forecast) / total(actual) - 1)).toBeLessThan(0.15);
    }
  });

  test('is the same to the bit when it is done again', () => {
    const { groups, intervals, fit } = runs[0]!;
    expect(fitCountModel(model, { groups, intervals })).toEqual(fit);
  });
});
