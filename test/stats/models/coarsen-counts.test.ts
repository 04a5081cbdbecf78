import { describe, expect, test } from 'vitest';
import { coarsenCounts } from '../../../lib/stats/models/coarsen-counts.ts';
import { countLikelihood } from '../../../lib/stats/models/count-likelihood.ts';
import type { CountGroups } from '../../../lib/stats/models/counts.ts';
import { fitMbgNbd } from '../../../lib/stats/models/mbg-nbd.ts';
import { fitParetoNbd } from '../../../lib/stats/models/pareto-nbd.ts';
import { invertPositiveDefinite } from '../../../lib/stats/optimise/cholesky.ts';
import { hessianByDifferences } from '../../../lib/stats/optimise/minimise.ts';
import { historiesAt, simulateShop } from '../../reference/simulate.ts';
import { relativeError } from '../single.ts';

const { groups } = historiesAt(
  simulateShop({
    model: 'mbg_nbd',
    parameters: { r: 0.5, alpha: 6, a: 0.9, b: 1.6 },
    countCustomers: 20_000,
    acquisitionWeeks: 100,
    weeks: 156,
    seed: 5,
  }),
  156,
);

describe('coarsenCounts()', () => {
  const coarse = coarsenCounts(groups, 6000);

  test('keeps the bound, the customers, and the totals of x, t_x and T', () => {
    expect(coarse.frequency.length).toBeLessThanOrEqual(6000);
    const total = ({ count }: CountGroups, column: Float64Array) =>
      column.reduce((sum, value, i) => sum + value * count[i]!, 0);
    expect(total(coarse, new Float64Array(coarse.count.length).fill(1))).toBe(20_000);
    for (const name of ['frequency', 'recency', 'age'] as const) {
      expect(relativeError(total(coarse, coarse[name]), total(groups, groups[name]))).toBeLessThan(
        1e-12,
      );
    }
  });

  test('leaves groups within the bound alone', () => {
    expect(coarsenCounts(coarse, 6000)).toBe(coarse);
  });

  test('moves the parameters by less than a tenth of their standard error', () => {
    for (const fitModel of [fitMbgNbd, fitParetoNbd]) {
      const exact = fitModel(groups);
      const approximate = fitModel(coarse);
      for (const [name, value] of Object.entries(exact.parameters)) {
        const error = exact.standardErrors[name]!;
        expect(Math.abs(approximate.parameters[name]! - value)).toBeLessThan(0.1 * error);
      }
    }
  });

  test('keeps one group a frequency where the bound is below their number', () => {
    const fewest = coarsenCounts(groups, 1);
    expect(new Set(fewest.frequency).size).toBe(fewest.frequency.length);
    expect(new Set(fewest.frequency)).toEqual(new Set(groups.frequency));
  });
});

test('a fit of more groups than give its curvature has their maximum, and standard errors to a hundredth', () => {
  const { groups: many } = historiesAt(
    simulateShop({
      model: 'mbg_nbd',
      parameters: { r: 0.5, alpha: 6, a: 0.9, b: 1.6 },
      countCustomers: 80_000,
      acquisitionWeeks: 100,
      weeks: 156,
      seed: 6,
    }),
    156,
  );
  const fit = fitMbgNbd(many);
  const names = Object.keys(fit.parameters);
  const likelihood = countLikelihood(many, { model: 'mbg_nbd' });
  const inLogs = (logs: Float64Array, gradient: Float64Array) => {
    const parameters = logs.map(Math.exp);
    const value = likelihood(parameters, gradient);
    for (let i = 0; i < logs.length; i++) gradient[i]! *= -parameters[i]!;
    return -value;
  };
  const maximum = Float64Array.from(names, (name) => Math.log(fit.parameters[name]!));
  const gradient = new Float64Array(names.length);
  inLogs(maximum, gradient);
  // of 80,000 customers together, at rounding
  for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-5);
  const covariance = invertPositiveDefinite(hessianByDifferences(inLogs, maximum))!;
  for (const [i, name] of names.entries()) {
    const error = fit.parameters[name]! * Math.sqrt(covariance[i]![i]!);
    expect(Math.abs(fit.standardErrors[name]! / error - 1), name).toBeLessThan(0.01);
  }
});
