import { z } from 'zod';
import { StorageError } from '../../errors.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { QueryEngine, Run, SealedTable } from '../../ports/query-engine.ts';
import type { Pointer } from '../stage.ts';

const pointerKey = 'published/latest.json';

const pointerSchema = z.strictObject({
  run_id: z.string().regex(/^[a-z0-9-]+$/),
  snapshot_on: z.iso.date(),
  tables: z.record(z.string(), z.strictObject({ rows: z.int(), sha256: z.string() })),
  runs: z.array(z.strictObject({ snapshot_on: z.iso.date(), run_id: z.string() })).min(1),
});

type PointerFile = z.infer<typeof pointerSchema>;

/** What readers see now; null before the first night was published. */
export async function readPointer(store: ObjectStore): Promise<Pointer | null> {
  const stored = await store.get(pointerKey);
  if (stored === null) return null;
  const file = pointerSchema.parse(JSON.parse(stored.body.toString()));
  return {
    current: { snapshotOn: file.snapshot_on, runId: file.run_id },
    runs: file.runs.map((run) => ({ snapshotOn: run.snapshot_on, runId: run.run_id })),
    etag: stored.etag,
  };
}

/** A table of the published run; null before the first night, or where the run has no such table. */
export async function readPublishedTable(
  store: ObjectStore,
  name: string,
): Promise<{ readonly run: Run; readonly rows: number; readonly sha256: string } | null> {
  const stored = await store.get(pointerKey);
  if (stored === null) return null;
  const file = pointerSchema.parse(JSON.parse(stored.body.toString()));
  const table = file.tables[name];
  if (table === undefined) return null;
  return { run: { snapshotOn: file.snapshot_on, runId: file.run_id }, ...table };
}

/**
 * Shows a run to every reader, by compare-and-set against the pointer the night began with.
 * Returns the published runs, newest date first, one a date. Moving it again is no error: whoever
 * did it may have died before saying so.
 * Fails with a StorageError when another night published in between.
 */
export async function movePointer(
  store: ObjectStore,
  run: Run,
  options: { readonly from: Pointer | null; readonly tables: readonly SealedTable[] },
): Promise<readonly Run[]> {
  const { from, tables } = options;
  const earlier = (from?.runs ?? []).filter(({ snapshotOn }) => snapshotOn !== run.snapshotOn);
  const others = earlier.toSorted((a, b) => (a.snapshotOn < b.snapshotOn ? 1 : -1));
  const runs = [run, ...others];
  const file: PointerFile = {
    run_id: run.runId,
    snapshot_on: run.snapshotOn,
    tables: Object.fromEntries(
      tables.map(({ table, rows, files }) => [
        table,
        { rows, sha256: files.map(({ sha256 }) => sha256).join(' ') },
      ]),
    ),
    runs: runs.map(({ snapshotOn, runId }) => ({ snapshot_on: snapshotOn, run_id: runId })),
  };
  const moved = await store.compareAndSet(
    pointerKey,
    `${JSON.stringify(file, null, 2)}\n`,
    from?.etag ?? null,
  );
  if (!moved && (await readPointer(store))?.current.runId !== run.runId) {
    throw new StorageError(
      `Cannot publish run ${run.runId}: the pointer must be as it was when the night began, and another night has moved it. Run the night again.`,
    );
  }
  return runs;
}

/**
 * Takes the published dates before one out of the pointer, but for the current one. Returns those
 * taken out; none when another night moved the pointer meanwhile.
 */
export async function forgetRuns(store: ObjectStore, before: string): Promise<readonly Run[]> {
  const stored = await store.get(pointerKey);
  if (stored === null) return [];
  const file = pointerSchema.parse(JSON.parse(stored.body.toString()));
  const isKept = (run: PointerFile['runs'][number]) =>
    run.snapshot_on >= before || run.run_id === file.run_id;
  const forgotten = file.runs.filter((run) => !isKept(run));
  if (forgotten.length === 0) return [];
  const kept = { ...file, runs: file.runs.filter(isKept) };
  const moved = await store.compareAndSet(
    pointerKey,
    `${JSON.stringify(kept, null, 2)}\n`,
    stored.etag,
  );
  return moved ? forgotten.map((run) => ({ snapshotOn: run.snapshot_on, runId: run.run_id })) : [];
}

/**
 * Makes the views of SQL readers show what the pointer says, and again until it has not moved
 * meanwhile: of two publishers the slower one must not leave its older views behind.
 */
export async function showPublished(store: ObjectStore, engine: QueryEngine): Promise<void> {
  for (let shown: Pointer | null = null; ; ) {
    const pointer = await readPointer(store);
    if (pointer === null || pointer.etag === shown?.etag) return;
    await engine.replaceViews(pointer.runs);
    shown = pointer;
  }
}
