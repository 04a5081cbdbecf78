/** Days of the sample are counted from its first day, 0 to `countDays` − 1. */

/** First business day of the sample's history. */
export const sampleBeginsOn = '2023-01-01';

/** As-of date of the sample: the last day of its three years of history, inclusive. */
export const sampleAsOf = '2025-12-31';

const millisecondsPerDay = 86_400_000;
const firstInstant = Date.parse(`${sampleBeginsOn}T00:00:00Z`);

export const countDays =
  (Date.parse(`${sampleAsOf}T00:00:00Z`) - firstInstant) / millisecondsPerDay + 1;

/** `2024-06-30` of a day of the sample; days before the first and after the last have dates too. */
export function dateOf(day: number): string {
  return new Date(firstInstant + day * millisecondsPerDay).toISOString().slice(0, 10);
}

/** `2024-06-30T09:15:00Z` of a second of a day. */
export function instantOf(day: number, secondOfDay: number): string {
  const instant = new Date(firstInstant + day * millisecondsPerDay + secondOfDay * 1000);
  return `${instant.toISOString().slice(0, 19)}Z`;
}

/** The day of the sample on which an ISO date falls. */
export function dayOf(date: string): number {
  return (Date.parse(`${date}T00:00:00Z`) - firstInstant) / millisecondsPerDay;
}
