import { addDays, addMonths, daysBetween } from './business-day.ts';
import type { History } from './history.ts';

export interface Period {
  readonly kind: 'month' | 'half_year' | 'year';
  readonly startsOn: string;
  readonly endsOn: string;
  readonly isComplete: boolean;
}

const months = { month: 1, half_year: 6, year: 12 } as const;

/**
 * Months, half-years and years from the history's beginning to the as-of date. One is complete when
 * the history begins before it or within its first 7 days, it has ended, and the data reach its end.
 */
export function periodsOf(
  kind: Period['kind'],
  { fromOn, lastOrderOn, usualSilenceDays }: History,
  asOf: string,
): readonly Period[] {
  const periods: Period[] = [];
  let startsOn = `${fromOn.slice(0, 4)}-01-01`;
  while (startsOn <= asOf) {
    const next = addMonths(startsOn, months[kind]);
    const endsOn = addDays(next, -1);
    const isComplete =
      fromOn <= addDays(startsOn, 6) &&
      endsOn <= asOf &&
      daysBetween(lastOrderOn, endsOn) <= usualSilenceDays;
    if (endsOn >= fromOn) periods.push({ kind, startsOn, endsOn, isComplete });
    startsOn = next;
  }
  return periods;
}
