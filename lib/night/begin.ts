import type { Config } from '../config.ts';
import { readSentRows } from '../delivery/sent.ts';
import { ConfigurationError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { readPointer } from '../stages/publish/pointer.ts';
import type { Pointer } from '../stages/stage.ts';
import { dayBefore, dayOf } from './business-day.ts';
import { claimRecord, type NightRecord, readRecord, type Start } from './record.ts';

export interface BeginServices {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly config: Config;
}

export interface BeginOptions {
  /** The last business day that counts, `YYYY-MM-DD`; the day before the start. */
  readonly asOf?: string | undefined;
  /** Run although a later as-of date is published already. */
  readonly replaceNewer?: boolean | undefined;
  readonly start?: Start;
}

/**
 * Claims the next free attempt of the as-of date, so that no two nights write into one run, and
 * notes what the night is made of. A start that comes again gets the run it began with: the
 * caller compares `start.execution` to know a second delivery from a retry.
 * Fails with a ConfigurationError when a later date is published already, or the date is to come.
 */
export async function beginNight(
  services: BeginServices,
  options: BeginOptions = {},
): Promise<NightRecord> {
  const { store, clock, config } = services;
  const start = options.start ?? null;
  const startedAt = start?.scheduledAt == null ? clock.now() : new Date(start.scheduledAt);
  const snapshotOn = options.asOf ?? dayBefore(startedAt, config.time_zone);
  refuseToCome(snapshotOn, dayOf(startedAt, config.time_zone));
  const pointer = await readPointer(store);
  const sent = await readSentRows(store);
  for (let attempt = 1; ; attempt += 1) {
    const run = { snapshotOn, runId: `${snapshotOn}-${attempt}` };
    const record: NightRecord = { run, pointer, config, sent, start };
    if (attempt === 1) refuseOlder(snapshotOn, pointer, options.replaceNewer ?? false);
    if (await claimRecord(store, record)) return record;
    if (start === null) continue;
    const earlier = await readRecord(store, run.runId);
    if (isSameStart(earlier.start, start)) return earlier;
  }
}

function isSameStart(earlier: Start | null, start: Start): boolean {
  if (earlier === null) return false;
  return (
    earlier.execution === start.execution ||
    (start.scheduledAt !== null && earlier.scheduledAt === start.scheduledAt)
  );
}

function refuseToCome(asOf: string, today: string): void {
  if (asOf <= today) return;
  throw new ConfigurationError(
    `Cannot run the night of ${asOf}: the last day that counts must have begun, today is ${today}: found one to come.`,
  );
}

function refuseOlder(asOf: string, pointer: Pointer | null, replaceNewer: boolean): void {
  if (pointer === null || replaceNewer || asOf >= pointer.current.snapshotOn) return;
  throw new ConfigurationError(
    `Cannot run the night of ${asOf}: ${pointer.current.snapshotOn} is published, and an older date replaces a newer one only when asked (--replace-newer).`,
  );
}
