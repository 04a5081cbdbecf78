import type { Cut } from '../../lib/stats/judging/back-test.ts';
import {
  historiesAt,
  intervalsAt,
  ordersBetween,
  type SimulatedShop,
} from '../../test/reference/simulate.ts';

/** What a shop knew at a week, and what came in the `weeks` after it. */
export function cutShop(
  shop: SimulatedShop,
  { at, weeks }: { readonly at: number; readonly weeks: number },
): Cut {
  const { groups, customer } = historiesAt(shop, at);
  return {
    groups,
    actualOrders: ordersBetween(shop, { customer, from: at, to: at + weeks }),
    ordersOfLastPeriod: ordersBetween(shop, { customer, from: at - weeks, to: at }),
    intervals: intervalsAt(shop, at),
    weeks,
  };
}
