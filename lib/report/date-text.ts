import type { Words } from '../words/words.ts';

type Formats = Words['formats'];

function monthOf(names: readonly string[], date: string): string {
  return names[Number(date.slice(5, 7)) - 1] ?? '';
}

/** `31 December 2025` of an ISO date. */
export function dayText(formats: Formats, date: string): string {
  const month = monthOf(formats.months, date);
  return formats.day(Number(date.slice(8, 10)), month, date.slice(0, 4));
}

/** `Dec 2025` of a day in that month. */
export function monthText(formats: Formats, date: string): string {
  return `${monthOf(formats.shortMonths, date)} ${date.slice(0, 4)}`;
}

/** What a period of `kpi_snapshot` is called: `Dec 2025`, `1st half of 2025`, `2025`. */
export function periodText(formats: Formats, period: string, startsOn: string): string {
  const year = startsOn.slice(0, 4);
  if (period === 'month') return monthText(formats, startsOn);
  return period === 'half_year'
    ? formats.halfYear(startsOn.slice(5, 7) < '07' ? 1 : 2, year)
    : year;
}

/**
 * Labels of an axis of months, a line each: names when there are few, the year below the first one
 * and each January; else the years at their Januaries.
 */
export function monthAxisLabels(formats: Formats, startsOn: readonly string[]): string[][] {
  const areFew = startsOn.length <= 16;
  return startsOn.map((date, place) => {
    const isJanuary = date.slice(5, 7) === '01';
    const year = date.slice(0, 4);
    if (!areFew) return isJanuary ? [year] : [];
    const name = monthOf(formats.shortMonths, date);
    return isJanuary || place === 0 ? [name, year] : [name];
  });
}
