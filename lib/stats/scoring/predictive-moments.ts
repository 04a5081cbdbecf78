import type { CustomerHistory } from '../models/counts.ts';
import { predictiveMass } from './predictive-mass.ts';
import type { Scorer } from './scorer.ts';

/** Mass left beyond the last y looked at. */
const TAIL = 1e-9;
const MOST_ORDERS = 100_000;

/** Masses of 0, 1, 2, … orders in the coming `weeks`, as many as leave less than 1e-9 beyond. */
export function wholePredictiveMass(
  scorer: Scorer,
  { weeks, ...history }: CustomerHistory & { readonly weeks: number },
): Float64Array {
  const expected =
    scorer.probabilityAlive(history) *
    scorer
      .phaseChances(history)
      .reduce(
        (sum, chance, phase) =>
          sum + chance * scorer.ordersOfLiving(history.frequency, phase).mean(history.age, weeks),
        0,
      );
  for (let upTo = Math.ceil(4 * expected + 16); ; upTo *= 2) {
    const mass = predictiveMass(scorer, { ...history, weeks, upTo });
    const sum = mass.reduce((total, p) => total + p, 0);
    if (sum > 1 - TAIL || upTo > MOST_ORDERS) return mass;
  }
}

export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** Mean and variance of a distribution over 0, 1, 2, …. */
export function momentsOfMass(mass: Float64Array): Moments {
  let mean = 0;
  let square = 0;
  mass.forEach((p, y) => {
    mean += p * y;
    square += p * y * y;
  });
  return { mean, variance: Math.max(0, square - mean * mean) };
}
