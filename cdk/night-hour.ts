import { ConfigurationError } from '../lib/errors.ts';
import { offsetsOf } from '../lib/feeds/time-zone.ts';

/** Long enough to meet every rule by which a zone changes its clocks. */
const years = { from: Date.UTC(2026, 0, 1), until: Date.UTC(2029, 0, 1) };
const dayMs = 24 * 60 * 60 * 1000;

/** What the clocks of a zone pass over when they go forward, local times written as if in UTC. */
interface SkippedTime {
  readonly from: number;
  /** Exists again. */
  readonly until: number;
}

/**
 * Fails with a ConfigurationError where a time of day (`HH:MM`) does not exist on some day in the
 * zone: the scheduler leaves that day's night out. It names the next time that exists every day.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html: daylight savings time.
 */
export function refuseSkippedHour(nightAt: string, timeZone: string): void {
  const skipped = skippedTimes(timeZone);
  const found = skippedAt(nightAt, skipped);
  if (found === undefined) return;
  let next = timeOf(found.until);
  for (let again = skippedAt(next, skipped); again !== undefined; ) {
    next = timeOf(again.until);
    again = skippedAt(next, skipped);
  }
  const [day] = new Date(found.from).toISOString().split('T');
  throw new ConfigurationError(
    `Cannot deploy with night_at "${nightAt}": a time of day that exists all year in ${timeZone} is required: on ${day} the clocks go from ${timeOf(found.from)} to ${timeOf(found.until)}. The next one that does is "${next}".`,
  );
}

function skippedTimes(timeZone: string): readonly SkippedTime[] {
  const offsets = offsetsOf(timeZone, years);
  return offsets.flatMap(({ localFrom, seconds }, i) => {
    const forward = (seconds - (offsets[i - 1]?.seconds ?? seconds)) * 1000;
    return forward > 0 ? [{ from: localFrom - forward, until: localFrom }] : [];
  });
}

function skippedAt(time: string, skipped: readonly SkippedTime[]): SkippedTime | undefined {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return skipped.find(({ from, until }) => {
    const midnight = from - (from % dayMs);
    const at = midnight + (hour * 60 + minute) * 60_000;
    return (at >= from && at < until) || (at + dayMs >= from && at + dayMs < until);
  });
}

/** `HH:MM` */
function timeOf(local: number): string {
  return new Date(local).toISOString().slice(11, 16);
}
