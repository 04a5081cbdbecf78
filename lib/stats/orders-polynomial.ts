import { type AliveState, ordersWhileAlive } from './orders-while-alive.ts';

/** The end of the sum is tested once in so many terms. */
const STRIDE = 8;
const MOST_TERMS = 20_000;
const UNDERFLOW = -600;

/**
 * `ordersWhileAlive` for one (shape, a, b, k, phase) and many (rate, weeks): the sum there is
 * (1−z)^R Σ cₙ zⁿ with cₙ = (R)_n/n! · S, whose coefficients do not know the rate, so customers of
 * the same x share them and every further age or horizon costs two multiplications a term.
 * Same domain and accuracy; where a coefficient overflows the plain function answers.
 */
export function ordersPolynomial(
  state: Omit<AliveState, 'rate'>,
): (rate: number, weeks: number) => number {
  const { shape, a, b, regularity = 1, phase = 0 } = state;
  let coefficients = new Float64Array(256);
  let known = 1;
  let weight = 1;
  let reached = 0;
  let chanceToReach = 1;
  let occasions = 0;

  function extendTo(end: number): void {
    if (end > coefficients.length) {
      const longer = new Float64Array(2 * end);
      longer.set(coefficients);
      coefficients = longer;
    }
    for (; known < end; known++) {
      weight *= (shape + known - 1) / known;
      if ((phase + known) % regularity === 0) {
        reached += chanceToReach;
        chanceToReach *= (b + occasions) / (a + b + occasions);
        occasions += 1;
      }
      coefficients[known] = weight * reached;
    }
  }

  return (rate, weeks) => {
    if (weeks === 0) return 0;
    const z = weeks / (rate + weeks);
    const logNone = -shape * Math.log1p(weeks / rate);
    if (logNone < UNDERFLOW) return ordersWhileAlive({ ...state, rate }, weeks);
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
      // Later terms shrink at least like a geometric series, and S grows by at most 1 an occasion.
      const ratio = z * Math.max(1, (shape + n - 1) / n) * (1 + 1 / n);
      if (ratio < 1 && sum > 0 && 2 * term * ratio < 1e-16 * sum * (1 - ratio)) {
        return Math.exp(logNone) * sum;
      }
    }
    return ordersWhileAlive({ ...state, rate }, weeks);
  };
}
