import { z } from 'zod';
import { type Config, parseConfig } from '../config.ts';
import type { SentRow } from '../delivery/sent.ts';
import { digestedText, parseDigested } from '../digested.ts';
import { StorageError } from '../errors.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Run } from '../ports/query-engine.ts';
import type { Pointer } from '../stages/stage.ts';

/** What started a night, so that the same start delivered again is no second night. */
export interface Start {
  /** Name of the execution. */
  readonly execution: string;
  /** The moment of the schedule, ISO; null when somebody started it by hand. */
  readonly scheduledAt: string | null;
}

/** All that a night is made of but its tables: `runs/<run id>.json`, written once, by the claim. */
export interface NightRecord {
  readonly run: Run;
  /** The pointer as it was when the night began. */
  readonly pointer: Pointer | null;
  /** Settings that change in the middle of a night wait for the next one. */
  readonly config: Config;
  /** What destinations may hold as the night began: what its changes are made against. */
  readonly sent: readonly SentRow[];
  readonly start: Start | null;
}

const runSchema = z.strictObject({ snapshotOn: z.iso.date(), runId: z.string() });

const recordSchema = z.strictObject({
  run: runSchema,
  pointer: z
    .strictObject({ current: runSchema, runs: z.array(runSchema).min(1), etag: z.string() })
    .nullable(),
  config: z.unknown(),
  sent: z.array(
    z.strictObject({ destination: z.string(), audience: z.string(), runId: z.string() }),
  ),
  start: z.strictObject({ execution: z.string(), scheduledAt: z.string().nullable() }).nullable(),
});

/** Takes the run of a record; false when another night has it. */
export async function claimRecord(store: ObjectStore, record: NightRecord): Promise<boolean> {
  return await store.putIfAbsent(recordKey(record.run.runId), digestedText(record));
}

/** Fails with a StorageError when no night has claimed the run. */
export async function readRecord(store: ObjectStore, runId: string): Promise<NightRecord> {
  const stored = await store.get(recordKey(runId));
  if (stored === null) {
    throw new StorageError(`Cannot go on with run ${runId}: a night must have claimed it.`);
  }
  const record = parseDigested(stored.body, recordSchema, {
    key: recordKey(runId),
    remedy:
      'It says what the night was made of: put it back from a copy of the home, or run a night.',
  });
  return { ...record, config: parseConfig(record.config, recordKey(runId)) };
}

function recordKey(runId: string): string {
  return `runs/${runId}.json`;
}
