import { drawGamma } from '../../lib/stats/random/draw.ts';
import type { Random } from '../../lib/stats/random/random.ts';

/** Exponential with mean 1. */
export function drawExponential(random: Random): number {
  return -Math.log(random());
}

/** Beta(a, b), as a ratio of gammas. */
export function drawBeta(
  { a, b }: { readonly a: number; readonly b: number },
  random: Random,
): number {
  const left = drawGamma(a, random);
  const right = drawGamma(b, random);
  // both may underflow where a and b are tiny: then all mass is at the ends
  return left + right > 0 ? left / (left + right) : random() < a / (a + b) ? 1 : 0;
}
