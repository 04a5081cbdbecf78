import type { AliveState } from './alive-state.ts';

const HUGE = 1e250;
const MOST_STAGES = 2_000_000;

/**
 * P(Y = y), y = 0 … upTo, of occasions in the coming `weeks` of a customer who is there now: with
 * M = ⌊(phase + N)/k⌋ the occasions of one who never stops (N negative binomial, as in
 * `ordersWhileAlive`), P(Y=0) = P(M=0) and, for y ≥ 1 (Fader, Hardie & Lee 2005, equation 8),
 * P(Y=y) = E[(1−p)^y] P(M=y) + E[p (1−p)^{y−1}] P(M≥y). All terms positive.
 * Cost: as many terms as the tail of N is long, some 40 (A+t)/A.
 */
export function ordersMass(
  state: AliveState,
  { weeks, upTo }: { readonly weeks: number; readonly upTo: number },
): Float64Array {
  const { a, b } = state;
  const result = new Float64Array(upTo + 1);
  if (weeks === 0) {
    result[0] = 1;
    return result;
  }
  const { exactly, atLeast } = occasionsWithoutStopping(state, { weeks, upTo });
  result[0] = exactly[0]!;
  let stays = b / (a + b); // E[(1−p)^y]
  let stopsJustThen = a / (a + b); // E[p (1−p)^{y−1}]
  for (let y = 1; y <= upTo; y++) {
    result[y] = stays * exactly[y]! + stopsJustThen * atLeast[y]!;
    stopsJustThen *= (b + y - 1) / (a + b + y);
    stays *= (b + y) / (a + b + y);
  }
  return result;
}

function occasionsWithoutStopping(
  { shape, rate, regularity = 1, phase = 0 }: AliveState,
  { weeks, upTo }: { weeks: number; upTo: number },
): { exactly: Float64Array; atLeast: Float64Array } {
  const z = weeks / (rate + weeks);
  const exactly = new Float64Array(upTo + 1);
  let beyond = 0;
  let sum = 0;
  let scale = -shape * Math.log1p(weeks / rate);
  let mass = 1;
  // Relative to P(N=0); rescaled before anything overflows, and once more at the end.
  for (let n = 0; n < MOST_STAGES; n++) {
    if (n > 0) mass *= ((shape + n - 1) / n) * z;
    const occasions = Math.floor((phase + n) / regularity);
    if (occasions <= upTo) exactly[occasions]! += mass;
    else beyond += mass;
    sum += mass;
    if (sum > HUGE) {
      for (let y = 0; y <= upTo; y++) exactly[y]! /= HUGE;
      beyond /= HUGE;
      sum /= HUGE;
      mass /= HUGE;
      scale += Math.log(HUGE);
    }
    const ratio = z * Math.max(1, (shape + n) / (n + 1));
    if (ratio < 1 && mass * ratio < 1e-17 * sum * (1 - ratio)) break;
  }
  const factor = Math.exp(scale);
  const atLeast = new Float64Array(upTo + 1);
  // Where the scale itself is below the smallest double, all mass lies far beyond 0: normalise.
  const unit = factor > 0 && Number.isFinite(factor) ? factor : 1 / sum;
  let tail = beyond * unit;
  for (let y = upTo; y >= 0; y--) {
    exactly[y]! *= unit;
    tail += exactly[y]!;
    atLeast[y] = tail;
  }
  return { exactly, atLeast };
}

/** P(Y = 0) alone: fewer stages passed than to the next occasion; k − phase terms. */
export function probabilityNone(
  { shape, rate, regularity = 1, phase = 0 }: AliveState,
  weeks: number,
): number {
  const z = weeks / (rate + weeks);
  let sum = 1;
  let term = 1;
  for (let n = 1; n < regularity - phase; n++) {
    term *= ((shape + n - 1) / n) * z;
    sum += term;
  }
  return Math.exp(-shape * Math.log1p(weeks / rate)) * sum;
}
