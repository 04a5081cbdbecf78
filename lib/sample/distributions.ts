import { exponential, naturalLogarithm } from './logarithm.ts';
import type { Random } from './random.ts';

/** Waiting time to the next event of a Poisson process. */
export function drawExponential(random: Random, rate: number): number {
  return -naturalLogarithm(random.uniform()) / rate;
}

/** Standard normal, by the polar method of Marsaglia and Bray (1964). */
function drawNormal(random: Random): number {
  for (;;) {
    const x = 2 * random.uniform() - 1;
    const y = 2 * random.uniform() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * naturalLogarithm(square)) / square);
  }
}

/** Gamma with mean shape / rate, by Marsaglia and Tsang (2000). */
export function drawGamma(random: Random, shape: number, rate: number): number {
  if (shape < 1) {
    const boost = exponential(naturalLogarithm(random.uniform()) / shape);
    return drawGamma(random, shape + 1, rate) * boost;
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = drawNormal(random);
    const root = 1 + c * normal;
    if (root <= 0) continue;
    const cube = root * root * root;
    const limit = (normal * normal) / 2 + d - d * cube + d * naturalLogarithm(cube);
    if (naturalLogarithm(random.uniform()) < limit) return (d * cube) / rate;
  }
}

/** Beta with mean a / (a + b). */
export function drawBeta(random: Random, a: number, b: number): number {
  const x = drawGamma(random, a, 1);
  return x / (x + drawGamma(random, b, 1));
}
