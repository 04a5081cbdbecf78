import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import { forgetRuns, readPointer, showPublished } from '../stages/publish/pointer.ts';

export interface RetireServices {
  readonly store: ObjectStore;
  readonly engine: QueryEngine;
  readonly clock: Clock;
}

export interface Retention {
  /** A published date is shown for so long. */
  readonly publishedDays: number;
  /** Tables of a run that nobody sees stay for so long: longer than a redrive may come. */
  readonly unpublishedDays: number;
}

export interface Retired {
  readonly countForgottenRuns: number;
  readonly countDeletedObjects: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Ends what is kept too long: published dates leave the pointer and the views; files of runs that
 * were not published, rounds of repeated steps among them, are deleted. A run that is forgotten now
 * is deleted the next time, so that nobody who reads it stumbles. The current run always stays.
 */
export async function retireRuns(
  { store, engine, clock }: RetireServices,
  { publishedDays, unpublishedDays }: Retention,
): Promise<Retired> {
  const pointer = await readPointer(store);
  if (pointer === null) return { countForgottenRuns: 0, countDeletedObjects: 0 };
  const now = clock.now().getTime();
  const firstKept = new Date(now - publishedDays * dayMs).toISOString().slice(0, 10);
  const forgotten = await forgetRuns(store, firstKept);
  if (forgotten.length > 0) await showPublished(store, engine);

  const published = new Set(pointer.runs.map(({ runId }) => runId));
  let countDeletedObjects = 0;
  for await (const { key, modifiedAt } of store.list('tables/')) {
    const runId = /^tables\/[^/]+\/snapshot_on=[^/]+\/run_id=([^/]+)\//.exec(key)?.[1];
    if (runId === undefined || published.has(runId)) continue;
    if (modifiedAt.getTime() >= now - unpublishedDays * dayMs) continue;
    await store.delete(key);
    countDeletedObjects += 1;
  }
  return { countForgottenRuns: forgotten.length, countDeletedObjects };
}
