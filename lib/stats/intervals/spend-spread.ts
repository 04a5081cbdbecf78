import type { GammaGammaParameters } from '../models/gamma-gamma.ts';

/**
 * How the sales S of Y coming orders spread for a customer with x repeat occasions of total w = x m̄:
 * E[S] = E[Y] (mean₀ + mean₁ w) and
 * E[S²] = E[Y] (own₀ + own₁ w + own₂ w²) + E[Y²] (shared₀ + shared₁ w + shared₂ w²).
 * Of S | Y, ν ~ Gamma(p Y, ν), ν ~ Gamma(p x + q, γ + w): the coefficients know x alone.
 */
export interface SpendSpread {
  readonly mean: readonly [number, number];
  /** Spread of the values of a customer's occasions around the customer's own mean. */
  readonly own: readonly [number, number, number];
  /** What is common to all occasions of a customer: the mean that is not known. */
  readonly shared: readonly [number, number, number];
}

/**
 * The coefficients of one x as means over equally likely parameter sets. Null where one of them has
 * no second moment (p x + q ≤ 2): then the spread of the mixture is infinite.
 */
export function spendSpread(
  frequency: number,
  draws: readonly GammaGammaParameters[],
): SpendSpread | null {
  const mean: [number, number] = [0, 0];
  const own: [number, number, number] = [0, 0, 0];
  const shared: [number, number, number] = [0, 0, 0];
  for (const { p, q, gamma } of draws) {
    const shape = p * frequency + q;
    if (!(shape > 2)) return null;
    const share = 1 / draws.length;
    const slope = (share * p) / (shape - 1);
    const square = slope / (shape - 2);
    mean[0] += slope * gamma;
    mean[1] += slope;
    // p (γ + w)² / ((shape − 1)(shape − 2)), and p times it
    for (const [power, coefficient] of [gamma * gamma, 2 * gamma, 1].entries()) {
      own[power]! += square * coefficient;
      shared[power]! += p * square * coefficient;
    }
  }
  return { mean, own, shared };
}
