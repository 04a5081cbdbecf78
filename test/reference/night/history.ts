import { addMonths, daysBetween } from './business-day.ts';
import { grouped } from './grouped.ts';
import type { Order } from './orders.ts';

/** Where the history of a shop begins, and how far its data reach. */
export interface History {
  readonly fromOn: string;
  readonly lastOrderOn: string;
  /** Longest gap between order days of its last year, at least 3 days. */
  readonly usualSilenceDays: number;
}

/**
 * The first order day, after leaving out leading days that hold together fewer than 5 customers (and
 * under 1 %) and are followed by at least 180 days without an order; null without an order.
 */
export function historyOf(documents: readonly Order[]): History | null {
  const orders = documents.filter(({ isOrder }) => isOrder);
  const days = [...grouped(orders, ({ orderedOn }) => orderedOn).keys()].sort();
  const lastOrderOn = days.at(-1);
  if (days[0] === undefined || lastOrderOn === undefined) return null;
  const gaps = days.slice(1).map((day, index) => ({
    until: day,
    days: daysBetween(days[index] as string, day),
    customers: customersOf(orders.filter(({ orderedOn }) => orderedOn < day)),
  }));
  const all = customersOf(orders);
  const strayUntil = gaps.findLast(
    (gap) => gap.days >= 180 && gap.customers < 5 && gap.customers * 100 < all,
  );
  const lastYear = gaps.filter(({ until }) => until > addMonths(lastOrderOn, -12));
  return {
    fromOn: strayUntil?.until ?? days[0],
    lastOrderOn,
    usualSilenceDays: Math.max(3, ...lastYear.map((gap) => gap.days)),
  };
}

/** Different customers; each anonymous order is one of its own. */
function customersOf(orders: readonly Order[]): number {
  const known = new Set(orders.map(({ customer }) => customer).filter((one) => one !== null));
  return known.size + orders.filter(({ customer }) => customer === null).length;
}
