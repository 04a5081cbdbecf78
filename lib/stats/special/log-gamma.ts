import { stirlingRemainder } from './stirling.ts';

const HALF_LOG_TWO_PI = 0.9189385332046728;

/**
 * ln Γ(x) by Stirling's series after shifting x to at least 10 by Γ(x) = Γ(x + n) / (x)_n.
 * Domain x > 0, elsewhere NaN. Error below 1e-14 of max(1, |ln Γ|), checked against mpmath.
 *
 * Own code: the library nearest to hand (@stdlib/math-base-special-gammaln) brings 160 packages.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let product = 1;
  let shifted = x;
  while (shifted < 10) {
    product *= shifted;
    shifted += 1;
  }
  const logGammaOfShifted =
    (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingRemainder(shifted);
  return logGammaOfShifted - Math.log(product);
}
