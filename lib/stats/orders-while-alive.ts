import { ordersByQuadrature } from './orders-by-quadrature.ts';

/**
 * A customer known to be there now: λ ~ Gamma(shape, rate in 1/weeks), and after every occasion
 * to come a chance to stop p ~ Beta(a, b).
 */
export interface AliveState {
  readonly shape: number;
  readonly rate: number;
  readonly a: number;
  readonly b: number;
}

/** Beyond so many terms, or where the first would underflow, the integral is cheaper. */
const MOST_TERMS = 20_000;
const UNDERFLOW = -600;

/**
 * Expected occasions in the coming `weeks` of a customer who is there now, in the (M)BG/NBD.
 *
 * Fader, Hardie & Lee (2005) give (a+b−1)/(a−1) · [1 − (A/(A+t))^R ₂F₁(R, b; a+b−1; z)], z = t/(A+t),
 * which is 0/0 at a = 1 and loses all digits near it and for small t. The same quantity is
 * Σ_n P(N=n) S_n, where N is the (negative binomial) number of occasions of a customer who never
 * stops, P(N=n) = (R)_n/n! (1−z)^R zⁿ, and S_n = Σ_{j≤n} (b)_{j−1}/(a+b)_{j−1} how many of n are
 * reached. Every term is positive: no cancellation at any a.
 *
 * Domain: all parameters > 0, weeks ≥ 0. Relative error below 1e-12. Cost: some 40 (A+t)/A terms.
 */
export function ordersWhileAlive(state: AliveState, weeks: number): number {
  const { shape, rate, a, b } = state;
  if (weeks === 0) return 0;
  const z = weeks / (rate + weeks);
  const logNone = -shape * Math.log1p(weeks / rate);
  const terms = (shape * weeks) / rate + (40 * (rate + weeks)) / rate;
  if (logNone < UNDERFLOW || terms > MOST_TERMS) return ordersByQuadrature(state, weeks);

  let mass = Math.exp(logNone);
  let reached = 0;
  let chanceToReach = 1;
  let expected = 0;
  for (let n = 1; ; n++) {
    const growth = ((shape + n - 1) / n) * z;
    mass *= growth;
    reached += chanceToReach;
    chanceToReach *= (b + n - 1) / (a + b + n - 1);
    const term = mass * reached;
    expected += term;
    // From here the terms shrink at least like a geometric series of ratio growth·(1 + 1/n).
    const ratio = growth * (1 + 1 / n);
    if (ratio < 1 && term * ratio < 1e-16 * expected * (1 - ratio)) return expected;
  }
}
