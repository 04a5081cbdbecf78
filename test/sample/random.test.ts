import { describe, expect, test } from 'vitest';
import { drawBeta, drawExponential, drawGamma } from '../../lib/sample/distributions.ts';
import { exponential, naturalLogarithm } from '../../lib/sample/logarithm.ts';
import { makeRandom } from '../../lib/sample/random.ts';

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function draws(draw: () => number): number[] {
  return Array.from({ length: 20_000 }, draw);
}

describe('makeRandom()', () => {
  test('gives the same numbers for the same seed and stream', () => {
    const [first, second] = [makeRandom(7, 3), makeRandom(7, 3)];
    expect(draws(first.uniform)).toEqual(draws(second.uniform));
  });

  test('gives unlike numbers for neighbouring seeds and streams', () => {
    const beginnings = [makeRandom(1, 1), makeRandom(2, 1), makeRandom(1, 2)].map((r) =>
      r.uniform(),
    );
    expect(new Set(beginnings.map((number) => number.toFixed(3))).size).toBe(3);
  });

  test('is uniform: mean 1/2, variance 1/12', () => {
    const numbers = draws(makeRandom(1, 1).uniform);
    expect(mean(numbers)).toBeCloseTo(0.5, 2);
    expect(mean(numbers.map((number) => (number - 0.5) ** 2))).toBeCloseTo(1 / 12, 2);
  });
});

describe('the logarithm and exponential of the four operations', () => {
  test.each([1e-9, 0.1, 0.5, 0.75, 1, 1.5, 2, 10, 12345.678])(
    'agree with the library at %d',
    (x) => {
      expect(Math.abs(naturalLogarithm(x) - Math.log(x))).toBeLessThan(
        1e-14 * (1 + Math.abs(Math.log(x))),
      );
      expect(exponential(naturalLogarithm(x)) / x).toBeCloseTo(1, 12);
    },
  );
});

describe('the distributions', () => {
  test.each([
    [0.4, 2],
    [0.9, 9],
    [4.5, 0.1],
  ])(
    'drawGamma() with shape %d and rate %d has mean shape / rate and variance shape / rate²',
    (shape, rate) => {
      const random = makeRandom(5, 5);
      const numbers = draws(() => drawGamma(random, shape, rate));
      expect(mean(numbers) / (shape / rate)).toBeCloseTo(1, 1);
      const variance = mean(numbers.map((number) => (number - shape / rate) ** 2));
      expect(variance / (shape / rate ** 2)).toBeCloseTo(1, 1);
    },
  );

  test('drawBeta() has mean a / (a + b)', () => {
    const random = makeRandom(5, 6);
    expect(mean(draws(() => drawBeta(random, 0.75, 2.1)))).toBeCloseTo(0.75 / 2.85, 2);
  });

  test('drawExponential() has mean 1 / rate', () => {
    const random = makeRandom(5, 7);
    expect(mean(draws(() => drawExponential(random, 4)))).toBeCloseTo(0.25, 2);
  });
});
