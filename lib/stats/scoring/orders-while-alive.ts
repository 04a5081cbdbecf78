import type { AliveState } from './alive-state.ts';
import { ordersByQuadrature } from './orders-by-quadrature.ts';

/** Beyond so many terms the integral is cheaper; for k > 1 it is only near, so taken later. */
const MOST_TERMS = 20_000;
const MOST_TERMS_OF_REGULAR = 200_000;
const HUGE = 1e250;

/**
 * Expected occasions in the coming `weeks` of a customer who is there now, in the (M)BG family.
 *
 * For k = 1 Fader, Hardie & Lee (2005) give (a+b−1)/(a−1) · [1 − (A/(A+t))^R ₂F₁(R, b; a+b−1; z)],
 * z = t/(A+t), which is 0/0 at a = 1 and loses all digits near it and for small t. The same
 * quantity is Σ_n P(N=n) S, where N is the (negative binomial) number of stages passed by a
 * customer who never stops, P(N=n) = (R)_n/n! (1−z)^R zⁿ, and S = Σ_{i≤(phase+n)/k}
 * (b)_{i−1}/(a+b)_{i−1} how many of the occasions are reached. Every term is positive: no
 * cancellation at any a, and any k (for k > 1 it replaces the approximation of Platzer &
 * Reutterer 2016).
 *
 * Domain: all parameters > 0, weeks ≥ 0. Relative error below 1e-11, but for k > 1 where α + T is
 * under some half an hour (an order of k occasions there). Cost: some 40 (A+t)/A terms.
 */
export function ordersWhileAlive(state: AliveState, weeks: number): number {
  const { shape, rate, a, b, regularity = 1, phase = 0 } = state;
  if (weeks === 0) return 0;
  const z = weeks / (rate + weeks);
  const terms = (shape * weeks) / rate + (40 * (rate + weeks)) / rate;
  if (terms > (regularity === 1 ? MOST_TERMS : MOST_TERMS_OF_REGULAR)) {
    // so many stages that the clock of k > 1 may be taken as Poisson with the same mean interval
    return ordersByQuadrature({ shape, rate: rate * regularity, a, b }, { weeks, moment: 1 });
  }

  // Sums are kept relative to P(N=0) = e^logScale, which may be far below the smallest double.
  let logScale = -shape * Math.log1p(weeks / rate);
  let mass = 1;
  let reached = 0;
  let chanceToReach = 1;
  let occasions = 0;
  let expected = 0;
  let stage = phase;
  for (let n = 1; ; n++) {
    const growth = ((shape + n - 1) / n) * z;
    mass *= growth;
    stage += 1;
    if (stage === regularity) {
      stage = 0;
      reached += chanceToReach;
      chanceToReach *= (b + occasions) / (a + b + occasions);
      occasions += 1;
    }
    const term = mass * reached;
    expected += term;
    if (mass > HUGE || expected > HUGE) {
      mass /= HUGE;
      expected /= HUGE;
      logScale += Math.log(HUGE);
    }
    // Later terms shrink at least like a geometric series: S grows by at most 1 an occasion.
    const ratio = z * Math.max(1, (shape + n) / (n + 1)) * (1 + 1 / n);
    if (ratio < 1 && mass * (reached + 1) < 1e-17 * expected * (1 - ratio)) break;
    if (mass === 0) break;
  }
  return Math.exp(logScale + Math.log(expected));
}
