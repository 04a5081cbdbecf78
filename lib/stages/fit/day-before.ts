const millisecondsPerDay = 86_400_000;

/** The date so many days before a date, both `YYYY-MM-DD`. */
export function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * millisecondsPerDay)
    .toISOString()
    .slice(0, 10);
}
