import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COUNT_MODELS } from '../../../lib/stats/judging/back-test.ts';
import { fitCnbd } from '../../../lib/stats/models/cnbd-k.ts';
import { expectedOrders } from '../../../lib/stats/scoring/expected-orders.ts';
import { ordersMass } from '../../../lib/stats/scoring/orders-mass.ts';
import { ordersWhileAlive } from '../../../lib/stats/scoring/orders-while-alive.ts';
import {
  momentsOfMass,
  wholePredictiveMass,
} from '../../../lib/stats/scoring/predictive-moments.ts';
import { scorerOf } from '../../../lib/stats/scoring/scorer.ts';
import { historiesAt, intervalsAt, simulateShop } from '../../reference/simulate.ts';
import { anyCustomer, anyCustomers, positive } from '../arbitraries.ts';
import { expectGradient } from '../gradient.ts';
import { groupsOf, relativeError } from '../single.ts';
import { aliveOf, likelihoodOf } from '../what-runs.ts';

const parameters = fc.record({
  k: fc.integer({ min: 1, max: 5 }),
  r: positive(0.1, 10),
  alpha: positive(1, 50),
  a: positive(0.1, 10),
  b: positive(0.1, 10),
  s: positive(0.1, 10),
  beta: positive(1, 100),
});

describe.each(COUNT_MODELS)('forecast distribution of %s', (model) => {
  test('sums to 1 and has the expectation as its mean', () => {
    fc.assert(
      fc.property(parameters, anyCustomer, positive(0.5, 100), (at, customer, weeks) => {
        const scorer = scorerOf(model, at);
        const mass = wholePredictiveMass(scorer, { ...customer, weeks });
        expect(mass.every((p) => p >= 0)).toBe(true);
        expect(Math.abs(mass.reduce((sum, p) => sum + p, 0) - 1)).toBeLessThan(2e-9);
        const [expected] = expectedOrders(groupsOf([customer]), { model, parameters: at, weeks });
        // what is left beyond the last mass, 1e-9, is of customers with some hundred orders
        const slack = 1e-9 * (mass.length + 100);
        expect(Math.abs(momentsOfMass(mass).mean - expected!)).toBeLessThan(
          slack + 1e-8 * expected!,
        );
      }),
      { seed: 12, numRuns: 60 },
    );
  });

  test('expects more in longer horizons, and nothing in none', () => {
    fc.assert(
      fc.property(parameters, anyCustomer, positive(0.5, 100), (at, customer, weeks) => {
        const upTo = (horizon: number) =>
          expectedOrders(groupsOf([customer]), { model, parameters: at, weeks: horizon })[0]!;
        expect(upTo(0)).toBe(0);
        expect(upTo(weeks)).toBeLessThanOrEqual(upTo(1.5 * weeks));
      }),
      { seed: 13, numRuns: 60 },
    );
  });
});

describe('ordersMass() golden values', () => {
  // Source: the BTYD manual, bgnbd.pmf at .243, 4.414, .793, 2.426.
  const at = { shape: 0.243, rate: 4.414, a: 0.793, b: 2.426 };
  test('P(X(2) = 10) is 1.07869e-07', () => {
    const mass = ordersMass(at, { weeks: 2, upTo: 10 });
    expect(relativeError(mass[10]!, 1.07869e-7)).toBeLessThan(1e-5);
  });
  test('P(X(39) = 0) is .5737864', () => {
    const mass = ordersMass(at, { weeks: 39, upTo: 0 });
    expect(Math.abs(mass[0]! - 0.5737864)).toBeLessThan(5e-8);
  });
});

describe('limits between models', () => {
  test('without drop-out (a → 0) a living customer orders at the rate of the NBD', () => {
    fc.assert(
      fc.property(parameters, positive(1, 100), ({ r, alpha, b }, weeks) => {
        const orders = ordersWhileAlive({ shape: r, rate: alpha, a: 1e-12, b }, weeks);
        expect(relativeError(orders, (r / alpha) * weeks)).toBeLessThan(1e-7);
        expect(
          aliveOf(
            'bg_nbd',
            { r, alpha, a: 1e-12, b },
            { frequency: 3, recency: weeks, age: 1.2 * weeks },
          ),
        ).toBeGreaterThan(1 - 1e-6);
      }),
      { seed: 15, numRuns: 60 },
    );
  });
});

describe.each(['bg_cnbd_k', 'mbg_cnbd_k'] as const)('log-likelihood of %s', (model) => {
  test('has the gradient that finite differences show, for every k', () => {
    fc.assert(
      fc.property(parameters, anyCustomers, ({ k, ...at }, list) => {
        const groups = groupsOf(list);
        expectGradient(
          ([r, alpha, a, b]) =>
            likelihoodOf(model, { k, r: r!, alpha: alpha!, a: a!, b: b! }, groups),
          [at.r, at.alpha, at.a, at.b],
        );
      }),
      { seed: 16, numRuns: 100 },
    );
  });
});

describe.each(COUNT_MODELS)('P(alive) of %s', (model) => {
  test('falls strictly with silence, but for a one-time buyer of the BG models, who always is', () => {
    fc.assert(
      fc.property(
        parameters,
        fc.nat(40),
        positive(0.2, 100),
        fc.tuple(positive(0.2, 100), positive(1, 100)),
        (at, frequency, last, [quiet, longer]) => {
          const history = { frequency, recency: frequency === 0 ? 0 : last };
          const age = history.recency + quiet;
          const before = aliveOf(model, at, { ...history, age });
          const after = aliveOf(model, at, { ...history, age: age + longer });
          if (model.startsWith('bg_') && frequency === 0) expect([before, after]).toEqual([1, 1]);
          // down to where a double can tell; with many stages a short silence says nothing it could hold
          else expect(after < before || after === 0 || before > 1 - 1e-12).toBe(true);
        },
      ),
      { seed: 17, numRuns: 300 },
    );
  });
});

describe('fitCnbd()', () => {
  test.each([1, 2, 4])('finds k = %d of a simulated shop by likelihood', (k) => {
    const shop = simulateShop({
      model: 'mbg_cnbd_k',
      parameters: { k, r: 0.8, alpha: 6 / k, a: 0.9, b: 2.5 },
      countCustomers: 3000,
      acquisitionWeeks: 26,
      weeks: 78,
      seed: 6,
      isDaily: false,
    });
    const fit = fitCnbd(historiesAt(shop, 78).groups, {
      variant: 'mbg',
      intervals: intervalsAt(shop, 78),
    });
    expect(fit.status).toBe('converged');
    expect(fit.parameters.k).toBe(k);
  });
});
