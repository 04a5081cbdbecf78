import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ParetoHazard,
  paretoHazard,
  paretoHazardByQuadrature,
} from '../../../lib/stats/models/pareto-hazard.ts';
import {
  fitParetoNbd,
  paretoNbdExpectedOrdersOfNew,
} from '../../../lib/stats/models/pareto-nbd.ts';
import { prepareCounts } from '../../../lib/stats/models/prepared-counts.ts';
import { exponentialIntegral } from '../../../lib/stats/special/exponential-integral.ts';
import { anyCustomers, positive } from '../arbitraries.ts';
import { cdnowFromTransactions, cdnowSummary, countsOf, hasCdnow } from '../cdnow.ts';
import { expectGradient } from '../gradient.ts';
import { groupsOf, relativeError } from '../single.ts';
import { aliveOf, likelihoodOf, ordersOf, residualOf } from '../what-runs.ts';

const parameters = fc.record({
  r: positive(0.02, 50),
  alpha: positive(0.1, 200),
  s: positive(0.02, 50),
  beta: positive(0.1, 500),
});

describe('paretoHazard()', () => {
  const empty = (): ParetoHazard => ({ value: 0, byR: 0, byAlpha: 0, byS: 0, byBeta: 0 });

  // Source: golden/models.py, ₂F₁ at 40 digits: r, α, s, β, x, t, G.
  test.each([
    [0.55, 10.58, 0.61, 11.67, 2, 30.43, 0.18994933705944247],
    [0.55, 10.58, 0.61, 11.67, 0, 0, 0.5127230670212004],
    [1.5, 40, 0.3, 2, 7, 10, 0.10467067202567419],
    [0.25, 3, 2.5, 900, 0, 50, 0.6350037383792695],
    [0.25, 3, 2.5, 900, 40, 50, 0.0035354507204573035],
    [0.55, 10.58, 0.61, 11.67, 1000, 200, 0.0006061606637841971],
    [2, 0.5, 30, 20000, 0, 1, 0.0022211901581086894],
    [0.5, 10, 0.6, 10, 3, 5, 0.14634146341463414],
  ])('agrees with mpmath at r %d, α %d, s %d, β %d, x %d, t %d', (...row) => {
    const [r, alpha, s, beta, frequency, time, truth] = row;
    const result = empty();
    paretoHazard([r, alpha, s, beta], { frequency, time }, result);
    expect(relativeError(result.value, truth)).toBeLessThan(1e-12);
    paretoHazardByQuadrature([r, alpha, s, beta], { frequency, time }, result);
    expect(relativeError(result.value, truth)).toBeLessThan(1e-12);
  });

  test('is the same by series and by integral, derivatives too', () => {
    fc.assert(
      fc.property(parameters, fc.nat(300), positive(0.1, 500), (at, frequency, time) => {
        const list = [at.r, at.alpha, at.s, at.beta];
        const series = empty();
        const integral = empty();
        paretoHazard(list, { frequency, time }, series);
        paretoHazardByQuadrature(list, { frequency, time }, integral);
        expect(relativeError(series.value, integral.value)).toBeLessThan(1e-10);
        expect(relativeError(series.byS, integral.byS)).toBeLessThan(1e-7);
        expect(relativeError(series.byR, integral.byR)).toBeLessThan(1e-7);
      }),
      { seed: 8, numRuns: 200 },
    );
  });
});

// Source: golden/special_functions.py, e^w E_s(w): s, w, value.
test.each([
  [0.61, 0.1, 3.4194677097404464],
  [0.61, 2.5, 0.3359334375268222],
  [1, 0.001, 6.337874070325488],
  [3, 40, 0.023292063702861018],
  [0, 0.5, 2],
  [2000, 1, 0.0004999998749375626],
])('exponentialIntegral() agrees with mpmath at s %d, w %d', (s, w, truth) => {
  expect(relativeError(exponentialIntegral(s, w), truth)).toBeLessThan(1e-12);
});

describe('Pareto/NBD golden values', () => {
  // Source: the BTYD manual, pnbd parameters .55, 10.56, .61, 11.64.
  test('paretoNbdExpectedOrdersOfNew() in 0 to 9 weeks', () => {
    const at = { r: 0.55, alpha: 10.56, s: 0.61, beta: 11.64 };
    const golden = [
      0, 0.05077821, 0.09916088, 0.14542507, 0.1897993, 0.23247466, 0.27361274, 0.31335159,
      0.35181024, 0.38909211,
    ];
    for (const [weeks, orders] of golden.entries()) {
      expect(Math.abs(paretoNbdExpectedOrdersOfNew(at, weeks) - orders)).toBeLessThan(1e-8);
    }
  });

  // Source: BTYD.
  test('customer (26, 30.86, 31): P(alive) .9979, 25.46 orders in 52 weeks', () => {
    const at = { r: 0.5534, alpha: 10.5802, s: 0.6061, beta: 11.6562 };
    const customer = { frequency: 26, recency: 30.86, age: 31 };
    expect(Math.abs(aliveOf('pareto_nbd', at, customer) - 0.9979)).toBeLessThan(5e-5);
    const orders = ordersOf('pareto_nbd', at, { ...customer, weeks: 52 });
    expect(Math.abs(orders - 25.46)).toBeLessThan(0.0055);
  });

  // Source: the lifetimes tests; naive code underflows between the two.
  test('x = 132 and x = 133 at T = 200 go on smoothly', () => {
    const at = { r: 0.55, alpha: 10.58, s: 0.61, beta: 11.67 };
    const orders = (frequency: number) =>
      ordersOf('pareto_nbd', at, { frequency, recency: 200, age: 200, weeks: 10 });
    expect(relativeError(orders(132), 6.20605)).toBeLessThan(1e-6);
    expect(relativeError(orders(133), 6.25287)).toBeLessThan(1e-6);
  });
});

describe.skipIf(!hasCdnow)('on CDNOW', () => {
  const exact = hasCdnow ? cdnowFromTransactions() : [];
  const published = hasCdnow ? cdnowSummary() : [];
  const fit = hasCdnow ? fitParetoNbd(countsOf(exact)) : null;
  const at = fit?.parameters as never;

  test('fitParetoNbd() finds the published parameters, likelihood and standard errors', () => {
    expect(fit!.status).toBe('converged');
    const golden = { r: 0.55327, alpha: 10.5778, s: 0.60602 };
    for (const [name, value] of Object.entries(golden)) {
      expect(relativeError(fit!.parameters[name]!, value), name).toBeLessThan(1e-3);
    }
    expect(relativeError(fit!.parameters.beta!, 11.66391)).toBeLessThan(1e-2);
    expect(Math.abs(fit!.logLikelihood! - -9594.9762)).toBeLessThan(1e-3);
    // Source: CLVTools test_correctness_pnbd.
    const errors = { r: 0.0476264, alpha: 0.8427222, s: 0.1872594, beta: 6.2105448 };
    for (const [name, value] of Object.entries(errors)) {
      expect(relativeError(fit!.standardErrors[name]!, value), name).toBeLessThan(1e-3);
    }
  });

  // The values re-computed by golden/cdnow.py below were made at β = 11.66391, a flat optimum: hence four digits.
  test('P(alive) of customers 1 to 10 is as re-computed', () => {
    const golden = [
      0.86912, 0.1679, 0.29515, 0.29515, 0.29515, 0.74942, 0.25518, 0.29515, 0.95845, 0.29515,
    ];
    for (const [i, value] of golden.entries()) {
      expect(Math.abs(aliveOf('pareto_nbd', at, published[i]!) - value)).toBeLessThan(1e-4);
    }
  });

  test('the orders of 39 weeks is as re-computed', () => {
    const golden = { 1: 1.45508, 2: 0.171, 3: 0.10706, 6: 3.71179, 7: 0.25989, 9: 1.60463 };
    for (const [id, orders] of Object.entries(golden)) {
      const customer = published[Number(id) - 1]!;
      const found = ordersOf('pareto_nbd', at, { ...customer, weeks: 39 });
      expect(relativeError(found, orders)).toBeLessThan(2e-4);
    }
  });

  test('the discounted residual at 15 % a year is as re-computed', () => {
    const golden = { 1: 6.48198, 2: 0.76177, 3: 0.47692, 6: 16.53498, 9: 7.14817 };
    const residual = (id: number) =>
      residualOf('pareto_nbd', at, { ...published[id - 1]!, perWeek: 0.0027 });
    for (const [id, value] of Object.entries(golden)) {
      expect(relativeError(residual(Number(id)), value)).toBeLessThan(2e-4);
    }
    const sum = published.reduce((total, _, i) => total + residual(i + 1), 0);
    expect(relativeError(sum / published.length, 3.04885)).toBeLessThan(2e-4);
  });

  test('a discount of 10 % belongs to the year: taken per week 8.175 becomes 0.425', () => {
    const yearly = (Math.log(1.1) * 7) / 365.25;
    const residual = (perWeek: number) =>
      residualOf('pareto_nbd', at, { ...published[0]!, perWeek });
    expect(relativeError(residual(yearly), 8.175)).toBeLessThan(1e-3);
    expect(relativeError(residual(Math.log(1.1)), 0.425)).toBeLessThan(1e-3);
  });
});

describe('log-likelihood of pareto_nbd', () => {
  test('has the gradient that finite differences show', () => {
    fc.assert(
      fc.property(parameters, anyCustomers, (at, list) => {
        const groups = groupsOf(list);
        expectGradient(
          ([r, alpha, s, beta]) =>
            likelihoodOf('pareto_nbd', { r: r!, alpha: alpha!, s: s!, beta: beta! }, groups),
          [at.r, at.alpha, at.s, at.beta],
        );
      }),
      { seed: 9, numRuns: 150 },
    );
  });

  test('is the same for grouped and single customers, in any order, to the bit', () => {
    fc.assert(
      fc.property(parameters, anyCustomers, (at, list) => {
        const doubled = [...list, ...list];
        const one = likelihoodOf('pareto_nbd', at, groupsOf(list));
        const inGroups = likelihoodOf('pareto_nbd', at, prepareCounts(groupsOf(doubled)).groups);
        const backwards = likelihoodOf('pareto_nbd', at, groupsOf(doubled.toReversed()));
        expect(backwards.value).toBe(inGroups.value);
        expect([...backwards.gradient]).toEqual([...inGroups.gradient]);
        expect(relativeError(inGroups.value, 2 * one.value)).toBeLessThan(1e-12);
      }),
      { seed: 10, numRuns: 100 },
    );
  });

  test('stays finite on the rows that overflow naive code', () => {
    const at = { r: 0.55, alpha: 10.58, s: 0.61, beta: 11.67 };
    for (const row of [
      { frequency: 221, recency: 103.43, age: 103.57 },
      { frequency: 1000, recency: 10, age: 100 },
      { frequency: 10_000, recency: 1, age: 520 },
      { frequency: 133, recency: 200, age: 200 },
    ]) {
      const { value, gradient } = likelihoodOf('pareto_nbd', at, groupsOf([row]));
      expect(Number.isFinite(value)).toBe(true);
      expect(gradient.every(Number.isFinite)).toBe(true);
    }
  });
});
