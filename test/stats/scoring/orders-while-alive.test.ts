import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ordersByQuadrature } from '../../../lib/stats/scoring/orders-by-quadrature.ts';
import { ordersPolynomial } from '../../../lib/stats/scoring/orders-polynomial.ts';
import { ordersWhileAlive } from '../../../lib/stats/scoring/orders-while-alive.ts';

// Source: golden/models.py, at 60 digits the closed form with 2F1 of Fader, Hardie & Lee (2005):
// shape, rate, a, b, weeks, orders. At a = 1 the form is taken at a = 1 + 1e-30.
const GOLDEN = [
  [0.25, 4, 0.8, 2.5, 39, 1.3181327203003788],
  [2.25, 43, 0.8, 4.5, 39, 1.7027281483436092],
  [2.25, 43, 1, 4.5, 39, 1.6422234195573238],
  [2.25, 43, 1.0000001, 4.5, 39, 1.6422233910689334],
  [2.25, 43, 3, 4.5, 0.01, 0.0005231767294055039],
  [200.25, 44, 0.8, 202.5, 156, 355.5708317601462],
  [0.25, 0.01, 0.8, 2.5, 156, 27.00872595963991],
  [1000, 20, 1.7, 1000, 156, 1117.4980808268092],
  [30, 0.4, 1e-5, 5, 156, 11699.194961970965],
  [3, 40, 5000, 20000, 39, 2.070035791413921],
  [10000.2, 520, 0.5, 10003, 156, 2803.604197556887],
] as const;

describe('orders of a living customer', () => {
  test.each(GOLDEN)('agree with mpmath at R = %d, A = %d, a = %d, b = %d, t = %d', (...row) => {
    const [shape, rate, a, b, weeks, truth] = row;
    const relative = (found: number) => Math.abs(found / truth - 1);
    expect(relative(ordersWhileAlive({ shape, rate, a, b }, weeks))).toBeLessThan(1e-11);
    expect(relative(ordersByQuadrature({ shape, rate, a, b }, { weeks, moment: 1 }))).toBeLessThan(
      1e-10,
    );
    expect(relative(ordersPolynomial({ shape, a, b }, { moment: 1 })(rate, weeks))).toBeLessThan(
      1e-11,
    );
  });

  const positive = (min: number, max: number) =>
    fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp);

  test('series, polynomial and integral agree over the whole domain', () => {
    fc.assert(
      fc.property(
        fc.record({
          shape: positive(1e-3, 2000),
          rate: positive(1e-2, 2000),
          a: positive(1e-4, 1e4),
          b: positive(1e-2, 1e4),
        }),
        positive(1e-2, 600),
        (state, weeks) => {
          const integral = ordersByQuadrature(state, { weeks, moment: 1 });
          expect(Math.abs(ordersWhileAlive(state, weeks) / integral - 1)).toBeLessThan(1e-9);
          const polynomial = ordersPolynomial(state, { moment: 1 })(state.rate, weeks);
          expect(Math.abs(polynomial / integral - 1)).toBeLessThan(1e-9);
          const square = ordersPolynomial(state, { moment: 2 })(state.rate, weeks);
          const squareIntegral = ordersByQuadrature(state, { weeks, moment: 2 });
          expect(Math.abs(square / squareIntegral - 1)).toBeLessThan(1e-9);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });
});
