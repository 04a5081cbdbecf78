import type { CustomerHistory } from '../models/counts.ts';
import type { Scorer } from './scorer.ts';

/** P(0), …, P(upTo) orders in the coming `weeks` of a customer who may be gone. */
export function predictiveMass(
  scorer: Scorer,
  { weeks, upTo, ...history }: CustomerHistory & { readonly weeks: number; readonly upTo: number },
): Float64Array {
  const alive = scorer.probabilityAlive(history);
  const mass = scorer.massOfLiving(history, { weeks, upTo }).map((p) => alive * p);
  mass[0]! += 1 - alive;
  return mass;
}
