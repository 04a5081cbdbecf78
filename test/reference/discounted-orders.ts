import type { DiscountStep } from '../../lib/stats/scoring/discount.ts';

/** Σ over steps of (orders up to this step − orders up to the one before) · factor. */
export function discountedOrders(
  ordersUpTo: (weeks: number) => number,
  schedule: readonly DiscountStep[],
): number {
  let before = 0;
  let sum = 0;
  for (const { weeks, factor } of schedule) {
    const upTo = ordersUpTo(weeks);
    sum += (upTo - before) * factor;
    before = upTo;
  }
  return sum;
}
