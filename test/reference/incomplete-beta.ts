import { logGamma } from '../../lib/stats/special/log-gamma.ts';

const TINY = 1e-300;

/**
 * I_x(a, b), the distribution function of Beta(a, b), by the continued fraction of DLMF 8.17.22
 * with Lentz's algorithm. Domain a, b > 0, 0 ≤ x ≤ 1. Relative error below 1e-11 for a, b up to
 * 1e4. Cost: some √max(a, b) rounds, 10 to 200.
 */
export function incompleteBeta(
  x: number,
  { a, b }: { readonly a: number; readonly b: number },
): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast left of the mean only; right of it by symmetry.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, { a: b, b: a });
  const logFront =
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return (Math.exp(logFront) * fraction) / a;
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
