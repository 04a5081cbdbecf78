import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bgNbdExpectedOrdersOfNew } from '../../../lib/stats/models/bg-nbd.ts';
import { prepareCounts } from '../../../lib/stats/models/prepared-counts.ts';
import { anyCustomers, positive } from '../arbitraries.ts';
import { expectGradient } from '../gradient.ts';
import { groupsOf, relativeError } from '../single.ts';
import { aliveOf, likelihoodOf, ordersOf } from '../what-runs.ts';

const CDNOW = { r: 0.24259, alpha: 4.4136, a: 0.79292, b: 2.42589 };

describe('BG/NBD golden values', () => {
  // Source: Hardie's Excel sheet of the paper, to four places at its own rounded parameters.
  test.each([
    [0.1429, 0.0078],
    [1, 0.0532],
    [3, 0.1506],
    [31.8571, 1.0405],
    [32, 1.0437],
    [78, 1.8576],
  ])('bgNbdExpectedOrdersOfNew() in %d weeks is %d', (weeks, orders) => {
    expect(Math.abs(bgNbdExpectedOrdersOfNew(CDNOW, weeks) - orders)).toBeLessThan(4e-4);
  });

  test('customer 1 of CDNOW is expected to order 1.226 times in 39 weeks', () => {
    const orders = ordersOf('bg_nbd', CDNOW, {
      frequency: 2,
      recency: 30.43,
      age: 38.86,
      weeks: 39,
    });
    expect(Math.abs(orders - 1.226)).toBeLessThan(5e-4);
    expect(relativeError(orders, 1.225904)).toBeLessThan(1e-6);
  });

  // Source: the pymc-marketing tests; Hardie note 027.
  test.each([
    [{ frequency: 0, recency: 0, age: 40 }, -0.59947382],
    [{ frequency: 200, recency: 38, age: 40 }, 100.7957],
  ])('the log-likelihood of %o is %d', (customer, golden) => {
    const at = { r: 0.25, alpha: 4, a: 0.8, b: 2.5 };
    const { value } = likelihoodOf('bg_nbd', at, groupsOf([customer]));
    expect(relativeError(value, golden)).toBeLessThan(1e-6);
  });

  // Source: the lifetimes tests.
  test('P(alive) of (1000, 10, 100) is 0', () => {
    expect(aliveOf('bg_nbd', CDNOW, { frequency: 1000, recency: 10, age: 100 })).toBe(0);
  });
});

const MODELS = ['bg_nbd', 'mbg_nbd'] as const;

const parameters = fc.record({
  r: positive(0.02, 50),
  alpha: positive(0.1, 200),
  a: positive(0.02, 50),
  b: positive(0.02, 50),
});
describe.each(MODELS)('log-likelihood of %s', (model) => {
  test('has the gradient that finite differences show', () => {
    fc.assert(
      fc.property(parameters, anyCustomers, (at, list) => {
        const groups = groupsOf(list);
        expectGradient(
          ([r, alpha, a, b]) => likelihoodOf(model, { r: r!, alpha: alpha!, a: a!, b: b! }, groups),
          [at.r, at.alpha, at.a, at.b],
        );
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test('is the same for grouped and single anyCustomers, in any order, to the bit', () => {
    fc.assert(
      fc.property(parameters, anyCustomers, fc.infiniteStream(fc.nat()), (at, list, keys) => {
        const doubled = [...list, ...list];
        const shuffled = doubled
          .map((c) => ({ c, key: keys.next().value as number }))
          .sort((left, right) => left.key - right.key)
          .map(({ c }) => c);
        const grouped = prepareCounts(groupsOf(doubled)).groups;
        expect(grouped.frequency.length).toBeLessThanOrEqual(list.length);
        const one = likelihoodOf(model, at, groupsOf(list));
        const inGroups = likelihoodOf(model, at, grouped);
        const inDisorder = likelihoodOf(model, at, groupsOf(shuffled));
        expect(inDisorder.value).toBe(inGroups.value);
        expect([...inDisorder.gradient]).toEqual([...inGroups.gradient]);
        expect(relativeError(inGroups.value, 2 * one.value)).toBeLessThan(1e-12);
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  test('stays finite on the rows that overflow naive code', () => {
    const rows = [
      { frequency: 221, recency: 103.43, age: 103.57 },
      { frequency: 1000, recency: 10, age: 100 },
      { frequency: 132, recency: 200, age: 200 },
      { frequency: 10_000, recency: 1, age: 520 },
    ];
    for (const row of rows) {
      const { value, gradient } = likelihoodOf(model, CDNOW, groupsOf([row]));
      expect(Number.isFinite(value)).toBe(true);
      expect(gradient.every(Number.isFinite)).toBe(true);
      const orders = ordersOf(model, CDNOW, { ...row, weeks: 156 });
      expect(Number.isFinite(orders) && orders >= 0).toBe(true);
    }
  });
});
