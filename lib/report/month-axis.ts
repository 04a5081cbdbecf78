import type { Writer } from './writer.ts';

/** Months beyond this many are left out of pictures and their tables: three years and a month. */
const mostMonths = 37;

/** What the name of a month takes of an axis, with the room to the next, in pixels. */
const labelWidth = 48;

/** The latest months of a long history. */
export function latestMonths(startsOn: readonly string[]): string[] {
  return [...new Set(startsOn)].sort().slice(-mostMonths);
}

/**
 * The horizontal axis of a chart by month. Months are names on it and no instants, so that no time
 * zone can shift them.
 */
export function monthAxis(writer: Writer, months: readonly string[], width: number) {
  const labels = writer.monthAxis(months, width / labelWidth);
  const byMonth = Object.fromEntries(months.map((month, i) => [month, labels[i] ?? []]));
  return {
    field: 'month' as const,
    type: 'ordinal' as const,
    sort: null,
    scale: { domain: [...months] },
    axis: {
      title: null,
      labelOverlap: false,
      labelExpr: `(${JSON.stringify(byMonth)})[datum.value]`,
    },
  };
}
