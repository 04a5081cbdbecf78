import type { AliveState } from './alive-state.ts';
import { ordersByQuadrature } from './orders-by-quadrature.ts';
import { ordersMass } from './orders-mass.ts';
import { ordersWhileAlive } from './orders-while-alive.ts';

/** The end of the sum is tested once in so many terms. */
const STRIDE = 8;
const MOST_TERMS = 20_000;
const UNDERFLOW = -600;

/**
 * E[Y] or E[Y²] of the coming occasions Y (`ordersWhileAlive`) for one (shape, a, b, k, phase) and
 * many (rate, weeks): the sum there is (1−z)^R Σ cₙ zⁿ with cₙ = (R)_n/n! · S, whose coefficients do
 * not know the rate, so customers of the same x share them and every further age or horizon costs
 * two multiplications a term. For E[Y²] = Σ (2i−1) P(Y ≥ i) the i-th occasion counts 2i − 1 in S.
 * Same domain and accuracy (E[Y²] of k > 1: to a hundredth beyond 20,000 stages); where a coefficient
 * overflows the plain function answers.
 */
export function ordersPolynomial(
  state: Omit<AliveState, 'rate'>,
  { moment }: { readonly moment: 1 | 2 },
): (rate: number, weeks: number) => number {
  const { shape, a, b, regularity = 1, phase = 0 } = state;
  let coefficients = new Float64Array(0);
  let known = 1;
  let weight = 1;
  let reached = 0;
  let chanceToReach = 1;
  let occasions = 0;

  function extendTo(end: number): void {
    if (end > coefficients.length) {
      const longer = new Float64Array(Math.max(256, 2 * end));
      longer.set(coefficients);
      coefficients = longer;
    }
    for (; known < end; known++) {
      weight *= (shape + known - 1) / known;
      if ((phase + known) % regularity === 0) {
        reached += moment === 1 ? chanceToReach : (2 * occasions + 1) * chanceToReach;
        chanceToReach *= (b + occasions) / (a + b + occasions);
        occasions += 1;
      }
      coefficients[known] = weight * reached;
    }
  }

  const plainly = moment === 1 ? ordersWhileAlive : meanSquarePlainly;
  return (rate, weeks) => {
    if (weeks === 0) return 0;
    const z = weeks / (rate + weeks);
    const logNone = -shape * Math.log1p(weeks / rate);
    if (logNone < UNDERFLOW) return plainly({ ...state, rate }, weeks);
    let power = 1;
    let sum = 0;
    let n = 1;
    while (n < MOST_TERMS) {
      const end = n + STRIDE;
      if (end > known) extendTo(end);
      let term = 0;
      for (; n < end; n++) {
        power *= z;
        term = coefficients[n]! * power;
        sum += term;
      }
      if (!Number.isFinite(sum)) break;
      // Later terms shrink at least like a geometric series, and S grows no faster than n^moment.
      const ratio = z * Math.max(1, (shape + n - 1) / n) * (1 + 1 / n) ** moment;
      if (ratio < 1 && sum > 0 && 2 * term * ratio < 1e-16 * sum * (1 - ratio)) {
        return Math.exp(logNone) * sum;
      }
    }
    return plainly({ ...state, rate }, weeks);
  };
}

const TAIL = 1e-9;
const MOST_STAGES = 20_000;

/** By the integral over p, or, for k > 1 and not too many stages, by the distribution itself. */
function meanSquarePlainly(state: AliveState, weeks: number): number {
  const { shape, rate, regularity = 1 } = state;
  const stages = (shape * weeks) / rate + (40 * (rate + weeks)) / rate;
  if (regularity === 1 || stages > MOST_STAGES) {
    return ordersByQuadrature({ ...state, rate: rate * regularity }, { weeks, moment: 2 });
  }
  for (let upTo = 64; ; upTo *= 2) {
    let sum = 0;
    let square = 0;
    ordersMass(state, { weeks, upTo }).forEach((p, y) => {
      sum += p;
      square += p * y * y;
    });
    if (sum > 1 - TAIL || upTo > MOST_STAGES) return square;
  }
}
