import type { CustomerHistory } from '../models/counts.ts';
import type { Scorer } from './scorer.ts';

/** A model of a mixture, and how much of it there is in orders and in what hangs on P(alive). */
export interface MixtureMember {
  readonly scorer: Scorer;
  /** Weight in orders, percentiles and totals; all of them sum to 1. */
  readonly orders: number;
  /** Weight in P(alive) and the next order; 0 where the model lets nobody leave after the first. */
  readonly alive: number;
}

/** P(alive) under the mixture. */
export function probabilityAliveOf(
  members: readonly MixtureMember[],
  history: CustomerHistory,
): number {
  return members.reduce(
    (sum, { scorer, alive }) => (alive > 0 ? sum + alive * scorer.probabilityAlive(history) : sum),
    0,
  );
}
