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

/** A time during which the clocks of a zone keep one offset. */
export interface ZoneOffset {
  /**
   * The local time from which the offset is used to read local times: a skipped time belongs to the
   * offset before, a repeated one to that after.
   */
  readonly localFrom: number;
  /** Seconds that local time is ahead of UTC. */
  readonly seconds: number;
}

/** No zone has changed its clocks twice within so short a time. */
const step = 7 * 86_400_000;

/** The offsets of a zone between two moments, in order of time; the first holds before, too. */
export function offsetsOf(
  timeZone: string,
  { from, until }: { readonly from: number; readonly until: number },
): ZoneOffset[] {
  const offsets = [zoneOffset(from, timeZone)];
  for (let at = from; at < until; at += step) {
    const next = Math.min(at + step, until);
    if (offsetAt(next, timeZone) !== offsetAt(at, timeZone)) {
      offsets.push(zoneOffset(changeBetween(at, next, timeZone), timeZone));
    }
  }
  return offsets;
}

function zoneOffset(at: number, timeZone: string): ZoneOffset {
  const offset = offsetAt(at, timeZone);
  return { localFrom: at + offset, seconds: offset / 1000 };
}

/** The first moment of the second offset, to the second. */
function changeBetween(before: number, after: number, timeZone: string): number {
  let [old, changed] = [Math.floor(before / 1000), Math.floor(after / 1000)];
  const offset = offsetAt(before, timeZone);
  while (changed - old > 1) {
    const middle = Math.floor((old + changed) / 2);
    if (offsetAt(middle * 1000, timeZone) === offset) old = middle;
    else changed = middle;
  }
  return changed * 1000;
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
