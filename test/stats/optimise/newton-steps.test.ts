import { expect, test } from 'vitest';
import { newtonSteps } from '../../../lib/stats/optimise/newton-steps.ts';

/** e^{−u} + (v − 1)²: along u it falls for ever, ever less; 0 is its limit. */
function ridge(point: Float64Array, gradient: Float64Array): number {
  const [u = 0, v = 0] = point;
  gradient[0] = -Math.exp(-u);
  gradient[1] = 2 * (v - 1);
  return Math.exp(-u) + (v - 1) ** 2;
}

const box = { lower: Float64Array.of(-50, -50), upper: Float64Array.of(50, 50) };
const start = Float64Array.of(0, 3);
const from = {
  point: start,
  value: ridge(start, new Float64Array(2)),
  gradient: new Float64Array(2),
  gradientNorm: 1,
  iterations: 0,
  isConverged: false,
};

test('newtonSteps() walks a ridge until no more than enough is left to gain, and tells how much is', () => {
  const { best, leftToGain } = newtonSteps(ridge, { from, box, tolerance: 1e-9, enough: 1e-4 });
  // ten units of u: e^−9 is above 1e-4, e^−10 below; the decrement is what is left, e^−u
  expect(best.point[0]).toBeCloseTo(10, 5);
  expect(best.point[1]).toBeCloseTo(1, 9);
  expect(leftToGain).toBeCloseTo(Math.exp(-10), 9);
  expect(best.isConverged).toBe(false);
});

test('newtonSteps() damps a Hessian that is not positive definite and still descends', () => {
  const wave = (point: Float64Array, gradient: Float64Array) => {
    gradient[0] = -Math.sin(point[0]!);
    gradient[1] = 2 * point[1]!;
    return Math.cos(point[0]!) + point[1]! ** 2;
  };
  const { best } = newtonSteps(wave, {
    from: { ...from, point: Float64Array.of(0.4, 1) },
    box,
    tolerance: 1e-6,
    enough: 1e-12,
  });
  expect(Math.abs(best.point[0]!)).toBeCloseTo(Math.PI, 5);
  expect(best.isConverged).toBe(true);
});
