import { digammaRemainder } from './stirling.ts';

/**
 * ψ(x) = d ln Γ(x) / dx, by its asymptotic series after shifting x to at least 10 with
 * ψ(x) = ψ(x + 1) − 1/x. Domain x > 0, elsewhere NaN. Error below 1e-14 of max(1, |ψ|).
 */
export function digamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let reciprocalSum = 0;
  let shifted = x;
  while (shifted < 10) {
    reciprocalSum += 1 / shifted;
    shifted += 1;
  }
  return Math.log(shifted) + digammaRemainder(shifted) - reciprocalSum;
}
