import type { Cut } from '../../lib/stats/judging/back-test.ts';
import type { DailySpend } from './daily-spend.ts';

export interface SpendCut extends Cut {
  /** Mean value of the repeat occasions known at the cut; 0 where there is none. */
  readonly repeatValue: Float64Array;
  /** Of all occasions known at the cut. */
  readonly averageValue: Float64Array;
  /** Value of the occasions in the horizon. */
  readonly actualValue: Float64Array;
}

/** What was known at the end of day `at`, one customer a row, and what came in the `days` after. */
export function cutSet(
  spend: DailySpend,
  { at, days, from = Number.NEGATIVE_INFINITY }: { at: number; days: number; from?: number },
): SpendCut {
  const rows = [...spend.values()]
    .map((all) => all.filter(([day]) => day >= from))
    .filter((all) => all.length > 0 && all[0]![0] <= at)
    .map((all) => {
      const known = all.filter(([day]) => day <= at);
      const later = all.filter(([day]) => day > at && day <= at + days);
      const first = known[0]![0];
      const last = known.at(-1)![0];
      const sum = (list: readonly (readonly [number, number])[]) =>
        list.reduce((total, [, value]) => total + value, 0);
      const repeats = known.slice(1);
      return {
        frequency: repeats.length,
        recency: (last - first) / 7,
        age: (at - first) / 7,
        actual: later.length,
        earlier: known.filter(([day]) => day > at - days).length,
        repeatValue: repeats.length > 0 ? sum(repeats) / repeats.length : 0,
        averageValue: sum(known) / known.length,
        actualValue: sum(later),
        intervals: repeats.map(([day], i) => (day - known[i]![0]) / 7),
      };
    });
  const weeks = Float64Array.from(rows.flatMap(({ intervals }) => intervals));
  const columnOf = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of);
  return {
    groups: {
      frequency: columnOf((row) => row.frequency),
      recency: columnOf((row) => row.recency),
      age: columnOf((row) => row.age),
      count: new Float64Array(rows.length).fill(1),
    },
    actualOrders: columnOf((row) => row.actual),
    ordersOfLastPeriod: columnOf((row) => row.earlier),
    intervals: { weeks, count: new Float64Array(weeks.length).fill(1) },
    weeks: days / 7,
    repeatValue: columnOf((row) => row.repeatValue),
    averageValue: columnOf((row) => row.averageValue),
    actualValue: columnOf((row) => row.actualValue),
  };
}
