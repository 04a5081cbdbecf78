import type { CustomerHistory } from '../models/counts.ts';
import type { Scorer } from './scorer.ts';

const LONGEST_WEEKS = 520;

/**
 * Median weeks from the as-of date to the next order of a customer, given that they are there:
 * where P(no order within t | alive) = ½, by bisection to a thousandth of a week. Null where
 * P(alive) < ½, or where even ten years leave it open (a Pareto/NBD customer may die first).
 */
export function medianWeeksToNextOrder(scorer: Scorer, history: CustomerHistory): number | null {
  if (scorer.probabilityAlive(history) < 0.5) return null;
  const { frequency, age } = history;
  const chances = scorer.phaseChances(history);
  const orders = Array.from(chances, (_, phase) => scorer.ordersOfLiving(frequency, phase));
  const none = (weeks: number) =>
    orders.reduce(
      (sum, { probabilityNone }, phase) => sum + chances[phase]! * probabilityNone(age, weeks),
      0,
    );
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
