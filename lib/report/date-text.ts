const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function monthName(date: string): string {
  return months[Number(date.slice(5, 7)) - 1] ?? '';
}

/** `31 December 2025` of an ISO date. */
export function dayText(date: string): string {
  return `${Number(date.slice(8, 10))} ${monthName(date)} ${date.slice(0, 4)}`;
}

/** `Dec 2025` of a day in that month. */
export function monthText(date: string): string {
  return `${monthName(date).slice(0, 3)} ${date.slice(0, 4)}`;
}

/** What a period is called: `Dec 2025`, `1st half of 2025`, `2025`. */
export function periodText(period: 'month' | 'half_year' | 'year', startsOn: string): string {
  const year = startsOn.slice(0, 4);
  if (period === 'month') return monthText(startsOn);
  if (period === 'half_year')
    return `${startsOn.slice(5, 7) < '07' ? '1st' : '2nd'} half of ${year}`;
  return year;
}

/**
 * Labels of an axis of months, a line each: names when there are few, the year below the first one
 * and each January; else the years at their Januaries.
 */
export function monthAxisLabels(startsOn: readonly string[]): string[][] {
  const areFew = startsOn.length <= 16;
  return startsOn.map((date, place) => {
    const isJanuary = date.slice(5, 7) === '01';
    const year = date.slice(0, 4);
    if (!areFew) return isJanuary ? [year] : [];
    const name = monthName(date).slice(0, 3);
    return isJanuary || place === 0 ? [name, year] : [name];
  });
}
