/** The business day of an instant, `YYYY-MM-DD`, where the business is. */
export function dayOf(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(instant);
}

/** The last business day that had ended at an instant, `YYYY-MM-DD`, where the business is. */
export function dayBefore(instant: Date, timeZone: string): string {
  const day = new Date(`${dayOf(instant, timeZone)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}
