import type { CountModel } from '../models/fit.ts';
import { expectedOrdersOfNew } from '../models/new-customer.ts';

const DAYS_PER_WEEK = 7;

/** Customers counted by the day of their first occasion, on any count of days. */
export interface Acquired {
  readonly day: Float64Array;
  readonly count: Float64Array;
}

/**
 * Repeat occasions that a model expects of all acquired customers together by the end of each of
 * `endDays`: Σ over acquisition days of customers × E[X(days since)], with nothing known of any of
 * them but that day (Fader, Hardie & Lee 2005, "Counting Your Customers" the Easy Way, figure 2).
 * Cost: E[X] once for every number of days, and a product a day of acquisition and end.
 */
export function expectedCumulativeOrders(
  { day, count }: Acquired,
  {
    model,
    parameters,
    endDays,
  }: {
    readonly model: CountModel;
    readonly parameters: Readonly<Record<string, number>>;
    readonly endDays: readonly number[];
  },
): number[] {
  const ofAge = new Map<number, number>();
  const expectedAtAge = (days: number): number => {
    let expected = ofAge.get(days);
    if (expected === undefined) {
      expected = expectedOrdersOfNew(model, { parameters, weeks: days / DAYS_PER_WEEK });
      ofAge.set(days, expected);
    }
    return expected;
  };
  return endDays.map((end) =>
    count.reduce(
      (sum, customers, i) => (day[i]! < end ? sum + customers * expectedAtAge(end - day[i]!) : sum),
      0,
    ),
  );
}

/**
 * The days that end a week, counted from the cut (day 0): whole weeks before it until one begins
 * before `firstDay` (below 0), and whole weeks after it up to `lastDay`.
 */
export function weekEnds({
  firstDay,
  lastDay,
}: {
  readonly firstDay: number;
  readonly lastDay: number;
}): number[] {
  const before = Math.max(0, Math.ceil(-firstDay / DAYS_PER_WEEK) - 1);
  const after = Math.floor(lastDay / DAYS_PER_WEEK);
  return Array.from({ length: before + 1 + after }, (_, week) => (week - before) * DAYS_PER_WEEK);
}
