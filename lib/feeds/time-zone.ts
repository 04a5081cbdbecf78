const formatters = new Map<string, Intl.DateTimeFormat>();

/** Whether the machine knows the zone as an IANA name (`Europe/Paris`, `UTC`). */
export function isTimeZone(timeZone: string): boolean {
  if (!/^(UTC|[A-Z][A-Za-z_]+(\/[A-Za-z0-9_+-]+)+)$/.test(timeZone)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/**
 * The moment of a local time (milliseconds as if its zone were UTC). A time that the clocks skip
 * takes the offset before the change, one that they repeat is its second pass.
 */
export function instantOfLocal(local: number, timeZone: string): number {
  if (timeZone === 'UTC') return local;
  const day = 86_400_000;
  const before = local - offsetAt(local - day, timeZone);
  const after = local - offsetAt(local + day, timeZone);
  const isAfter = after + offsetAt(after, timeZone) === local;
  return isAfter ? after : before;
}

function offsetAt(moment: number, timeZone: string): number {
  const parts = formatter(timeZone).formatToParts(moment);
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(moment / 1000) * 1000;
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (found === undefined) {
    found = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, found);
  }
  return found;
}
