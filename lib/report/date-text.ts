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
 * Labels of an axis of months, a line each: every month where at most `most` have room, else every
 * third, sixth or twelfth from January on; the year stands below the first one and each January.
 */
export function monthAxisLabels(
  formats: Formats,
  startsOn: readonly string[],
  most: number,
): string[][] {
  const step = [1, 3, 6].find((months) => startsOn.length <= months * most) ?? 12;
  const isNamed = (date: string) => (Number(date.slice(5, 7)) - 1) % step === 0;
  const first = startsOn.findIndex(isNamed);
  return startsOn.map((date, place) => {
    if (!isNamed(date)) return [];
    const name = monthOf(formats.shortMonths, date);
    return date.slice(5, 7) === '01' || place === first ? [name, date.slice(0, 4)] : [name];
  });
}
