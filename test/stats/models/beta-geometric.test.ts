import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bgNbdExpectedOrders,
  bgNbdExpectedOrdersOfNew,
  bgNbdLogLikelihood,
  bgNbdProbabilityAlive,
} from '../../../lib/stats/models/bg-nbd.ts';
import {
  mbgNbdExpectedOrders,
  mbgNbdLogLikelihood,
  mbgNbdProbabilityAlive,
} from '../../../lib/stats/models/mbg-nbd.ts';
import { prepareCounts } from '../../../lib/stats/models/prepared-counts.ts';
import { anyCustomers, positive } from '../arbitraries.ts';
import { expectGradient } from '../gradient.ts';
import { groupsOf, relativeError } from '../single.ts';

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

  test('bgNbdExpectedOrders() of customer 1 of CDNOW is 1.226', () => {
    const orders = bgNbdExpectedOrders(CDNOW, {
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
  ])('bgNbdLogLikelihood() of %o is %d', (customer, golden) => {
    const { value } = bgNbdLogLikelihood(
      { r: 0.25, alpha: 4, a: 0.8, b: 2.5 },
      groupsOf([customer]),
    );
    expect(relativeError(value, golden)).toBeLessThan(1e-6);
  });

  // Source: the lifetimes tests.
  test('bgNbdProbabilityAlive() of (1000, 10, 100) is 0', () => {
    expect(bgNbdProbabilityAlive(CDNOW, { frequency: 1000, recency: 10, age: 100 })).toBe(0);
  });
});

const MODELS = [
  { name: 'BG/NBD', likelihood: bgNbdLogLikelihood },
  { name: 'MBG/NBD', likelihood: mbgNbdLogLikelihood },
] as const;

const parameters = fc.record({
  r: positive(0.02, 50),
  alpha: positive(0.1, 200),
  a: positive(0.02, 50),
  b: positive(0.02, 50),
});
describe.each(MODELS)('$name log-likelihood', ({ likelihood }) => {
  test('has the gradient that finite differences show', () => {
    fc.assert(
      fc.property(parameters, anyCustomers, (at, list) => {
        const groups = groupsOf(list);
        expectGradient(
          ([r, alpha, a, b]) => likelihood({ r: r!, alpha: alpha!, a: a!, b: b! }, groups),
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
        const one = likelihood(at, groupsOf(list));
        const inGroups = likelihood(at, grouped);
        const inDisorder = likelihood(at, groupsOf(shuffled));
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
      const { value, gradient } = likelihood(CDNOW, groupsOf([row]));
      expect(Number.isFinite(value)).toBe(true);
      expect(gradient.every(Number.isFinite)).toBe(true);
      for (const expectedOrders of [bgNbdExpectedOrders, mbgNbdExpectedOrders]) {
        const orders = expectedOrders(CDNOW, { ...row, weeks: 156 });
        expect(Number.isFinite(orders) && orders >= 0).toBe(true);
      }
    }
  });
});

describe('P(alive) falls strictly with silence', () => {
  const silence = fc.record({
    at: parameters,
    frequency: fc.integer({ min: 0, max: 40 }),
    recency: positive(0.2, 100),
    quiet: fc.double({ min: 0.2, max: 100, noNaN: true }),
    longer: fc.double({ min: 1, max: 100, noNaN: true }),
  });
  test('mbgNbdProbabilityAlive() for every x', () => {
    fc.assert(
      fc.property(silence, ({ at, frequency, recency, quiet, longer }) => {
        const history = { frequency, recency: frequency === 0 ? 0 : recency };
        const age = history.recency + quiet;
        const before = mbgNbdProbabilityAlive(at, { ...history, age });
        const after = mbgNbdProbabilityAlive(at, { ...history, age: age + longer });
        // strictly, down to where a double can tell
        expect(after < before || (before === 0 && after === 0)).toBe(true);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
  test('bgNbdProbabilityAlive() for x > 0 only: one-time buyers are alive for ever', () => {
    fc.assert(
      fc.property(silence, ({ at, frequency, recency, quiet, longer }) => {
        const history = { frequency, recency: frequency === 0 ? 0 : recency };
        const age = history.recency + quiet;
        const before = bgNbdProbabilityAlive(at, { ...history, age });
        const after = bgNbdProbabilityAlive(at, { ...history, age: age + longer });
        if (frequency === 0) expect([before, after]).toEqual([1, 1]);
        else expect(after < before || (before === 0 && after === 0)).toBe(true);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
