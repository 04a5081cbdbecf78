import type { Random } from './random.ts';

/** Standard normal, by Box and Muller's transformation. */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

/**
 * Gamma with the given shape and scale 1: Marsaglia & Tsang (2000), ACM TOMS 26(3); below a shape
 * of 1 by their boost with U^{1/shape}.
 */
export function drawGamma(shape: number, random: Random): number {
  if (shape < 1) return drawGamma(shape + 1, random) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = drawNormal(random);
    const root = 1 + c * normal;
    if (root <= 0) continue;
    const v = root ** 3;
    if (Math.log(random()) < (normal * normal) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
