import { readSentRows } from '../delivery/sent.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueryEngine, Run } from '../ports/query-engine.ts';
import { manifestsFolder, runOfManifest } from '../stages/publish/manifest.ts';
import { forgetRuns, readPointer, showPublished } from '../stages/publish/pointer.ts';
import { allTables } from '../tables/all.ts';
import { audienceMember } from '../tables/audiences.ts';
import type { TableContract } from '../tables/contract.ts';
import { removeCompacted } from './remove-compacted.ts';

export interface RetireServices {
  readonly store: ObjectStore;
  readonly engine: QueryEngine;
  readonly clock: Clock;
}

export interface Retention {
  /** A published date is shown for so long. */
  readonly publishedDays: number;
  /** Tables of a run that nobody sees, and small files that were compacted, stay for so long. */
  readonly unpublishedDays: number;
}

export interface Retired {
  readonly countForgottenRuns: number;
  readonly countDeletedObjects: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Ends what is kept too long: published dates leave the pointer and the views; files of runs that
 * were not published, rounds of repeated steps among them, are removed, and files of accepted rows
 * that a compacted part holds too. A run that is forgotten now is deleted the next time, so that
 * nobody who reads it stumbles. The current run always stays, and members that a destination holds.
 */
export async function retireRuns(
  { store, engine, clock }: RetireServices,
  { publishedDays, unpublishedDays }: Retention,
): Promise<Retired> {
  const pointer = await readPointer(store);
  if (pointer === null) return { countForgottenRuns: 0, countDeletedObjects: 0 };
  const now = clock.now().getTime();
  const forgotten = await forgetRuns(store, dayOf(now - publishedDays * dayMs));
  if (forgotten.length > 0) await showPublished(store, engine);

  const published = new Set(pointer.runs.map(({ runId }) => runId));
  const sent = new Set((await readSentRows(store)).map(({ runId }) => runId));
  const lastKept = now - unpublishedDays * dayMs;
  let countDeletedObjects = 0;
  for (const table of allTables.filter(({ storage }) => storage.kind === 'run')) {
    const ended = (await storedRuns(store, table)).filter(
      ({ run, changedAt }) =>
        !published.has(run.runId) &&
        !(table === audienceMember && sent.has(run.runId)) &&
        changedAt < lastKept,
    );
    await engine.removeRuns(
      table,
      ended.map(({ run }) => run),
    );
    countDeletedObjects += ended.reduce((sum, { countObjects }) => sum + countObjects, 0);
  }
  for await (const { key, modifiedAt } of store.list(manifestsFolder)) {
    const runId = runOfManifest(key);
    if (published.has(runId) || sent.has(runId) || modifiedAt.getTime() >= lastKept) continue;
    await store.delete(key);
    countDeletedObjects += 1;
  }
  countDeletedObjects += await removeCompacted({ store, engine }, dayOf(lastKept));
  return { countForgottenRuns: forgotten.length, countDeletedObjects };
}

/** The day of an instant in UTC, `YYYY-MM-DD`. */
function dayOf(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}

interface StoredRun {
  readonly run: Run;
  readonly countObjects: number;
  /** When the newest of its objects was written. */
  readonly changedAt: number;
}

async function storedRuns(store: ObjectStore, table: TableContract): Promise<readonly StoredRun[]> {
  const runs = new Map<string, StoredRun>();
  for await (const { key, modifiedAt } of store.list(`${table.storage.folder}/`)) {
    const [folder, snapshotOn, runId] =
      /\/snapshot_on=([\d-]+)\/run_id=([a-z0-9-]+)\//.exec(key) ?? [];
    if (folder === undefined || snapshotOn === undefined || runId === undefined) continue;
    const { countObjects = 0, changedAt = 0 } = runs.get(folder) ?? {};
    runs.set(folder, {
      run: { snapshotOn, runId },
      countObjects: countObjects + 1,
      changedAt: Math.max(changedAt, modifiedAt.getTime()),
    });
  }
  return [...runs.values()];
}
