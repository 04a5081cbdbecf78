import type { CustomerHistory } from '../models/counts.ts';
import { type MixtureMember, probabilityAliveOf } from './mixture.ts';

const LONGEST_WEEKS = 520;

/**
 * Median weeks from the as-of date to the next order of a customer, given that they are there:
 * where P(no order within t | alive) = ½ under the mixture, each model with its share of P(alive), by bisection to a thousandth of a week. Null where
 * P(alive) < ½, or where even ten years leave it open (a Pareto/NBD customer may die first).
 */
export function medianWeeksToNextOrder(
  mixture: readonly MixtureMember[],
  history: CustomerHistory,
): number | null {
  const ofAll = probabilityAliveOf(mixture, history);
  if (ofAll < 0.5) return null;
  const { frequency, age } = history;
  const parts = mixture
    .filter(({ alive }) => alive > 0)
    .flatMap(({ scorer, alive }) => {
      const share = (alive * scorer.probabilityAlive(history)) / ofAll;
      return Array.from(scorer.phaseChances(history), (chance, phase) => ({
        share: share * chance,
        orders: scorer.ordersOfLiving(frequency, phase),
      }));
    });
  const none = (weeks: number) =>
    parts.reduce((sum, { share, orders }) => sum + share * orders.probabilityNone(age, weeks), 0);
  if (none(LONGEST_WEEKS) > 0.5) return null;
  let low = 0;
  let high = LONGEST_WEEKS;
  while (high - low > 1e-3) {
    const middle = (low + high) / 2;
    if (none(middle) > 0.5) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
