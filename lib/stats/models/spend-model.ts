import { type Fit, isUsableFit } from './fit.ts';
import type { GammaGammaParameters } from './gamma-gamma.ts';

/** Occasions that the mean of all weighs where the data cannot tell how alike customers spend. */
const OCCASIONS_OF_ALL = 1;

/**
 * What scores a customer's spend: Gamma-Gamma as fitted, or where its fit ends at a limit the
 * customer's own mean shrunk to that of all occasions as if that were one more occasion. The latter
 * is written in the same parameters, p = 1, q = 1 + κ, γ = κ · mean: of them E[M] is
 * (κ · mean + x m̄) ÷ (κ + x). Null where nobody has spent anything.
 */
export function spendModelOf(fit: Fit, meanOfOccasions: number): GammaGammaParameters | null {
  const { p = 0, q = 0, gamma = 0 } = fit.parameters;
  if (isUsableFit(fit) && fit.status === 'converged') return { p, q, gamma };
  if (!(meanOfOccasions > 0)) return null;
  return { p: 1, q: 1 + OCCASIONS_OF_ALL, gamma: OCCASIONS_OF_ALL * meanOfOccasions };
}
