import type { Random } from '../random/random.ts';

/** F(y − 1) and F(y) of what came, under each forecast distribution, with customers per group. */
export interface PitIntervals {
  readonly below: Float64Array;
  readonly upTo: Float64Array;
  readonly count: Float64Array;
}

/**
 * Kolmogorov distance from uniform of the randomised probability integral transform: each
 * customer's U is uniform on [F(y−1), F(y)], and uniform on [0, 1] overall if the forecast
 * distributions are right (Smith 1985; Czado, Gneiting & Held 2009).
 */
export function randomisedPitDistance(intervals: PitIntervals, random: Random): number {
  const { below, upTo, count } = intervals;
  const values: number[] = [];
  for (let i = 0; i < count.length; i++) {
    for (let n = 0; n < count[i]!; n++) {
      values.push(below[i]! + random() * (upTo[i]! - below[i]!));
    }
  }
  const sorted = Float64Array.from(values).sort();
  let distance = 0;
  for (let k = 0; k < sorted.length; k++) {
    distance = Math.max(
      distance,
      sorted[k]! - k / sorted.length,
      (k + 1) / sorted.length - sorted[k]!,
    );
  }
  return distance;
}
