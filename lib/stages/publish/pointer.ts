import { z } from 'zod';
import { digestedText, parseDigested } from '../../digested.ts';
import { StorageError } from '../../errors.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { QueryEngine, Run, SealedTable } from '../../ports/query-engine.ts';
import type { Pointer } from '../stage.ts';
import { manifestsFolder, readManifest, writeManifest } from './manifest.ts';

const pointerKey = 'published/latest.json';

/** Written behind the first pointer: without it, one that is lost would look like one that never was. */
const firstKey = 'published/first.json';

const pointerSchema = z.strictObject({
  run_id: z.string().regex(/^[a-z0-9-]+$/),
  snapshot_on: z.iso.date(),
  tables: z.record(z.string(), z.strictObject({ rows: z.int(), sha256: z.string() })),
  /** Each with the digest of its `published/runs/<run id>.json`. */
  runs: z
    .array(z.strictObject({ snapshot_on: z.iso.date(), run_id: z.string(), sha256: z.string() }))
    .min(1),
});

type PointerFile = z.infer<typeof pointerSchema>;

/**
 * The pointer and its etag; null before the first night was published. Fails with a StorageError when
 * it is damaged, or lost although runs were published.
 */
async function readFile(
  store: ObjectStore,
): Promise<{ readonly file: PointerFile; readonly etag: string } | null> {
  const remedy =
    'It says which run readers see: put it back from a copy of the home (of a bucket: its version before).';
  const stored = await store.get(pointerKey);
  if (stored !== null) {
    const file = parseDigested(stored.body, pointerSchema, { key: pointerKey, remedy });
    return { file, etag: stored.etag };
  }
  if ((await store.head(firstKey)) === null) return null;
  throw new StorageError(
    `Cannot read ${pointerKey}: it must be there, as runs were published here: found none. ${remedy}`,
  );
}

/** What readers see now; null before the first night was published. Fails as `readFile` does. */
export async function readPointer(store: ObjectStore): Promise<Pointer | null> {
  const found = await readFile(store);
  if (found === null) return null;
  const { file, etag } = found;
  return {
    current: { snapshotOn: file.snapshot_on, runId: file.run_id },
    runs: file.runs.map((run) => ({ snapshotOn: run.snapshot_on, runId: run.run_id })),
    etag,
  };
}

/** A table of the published run; null before the first night, or where the run has no such table. */
export async function readPublishedTable(
  store: ObjectStore,
  name: string,
): Promise<{ readonly run: Run; readonly rows: number; readonly sha256: string } | null> {
  const found = await readFile(store);
  const table = found?.file.tables[name];
  if (found == null || table === undefined) return null;
  return { run: { snapshotOn: found.file.snapshot_on, runId: found.file.run_id }, ...table };
}

/**
 * The tables of a run with the files that readers are to read; null of one that is not published.
 * Fails with a StorageError when what the pointer says of it is lost or changed.
 */
export async function readPublishedRun(
  store: ObjectStore,
  runId: string,
): Promise<readonly SealedTable[] | null> {
  const noted = (await readFile(store))?.file.runs.find(({ run_id }) => run_id === runId);
  const manifest = await readManifest(store, runId);
  if (noted === undefined || manifest?.sha256 === noted.sha256) return manifest?.tables ?? null;
  throw new StorageError(
    `Cannot read ${manifestsFolder}${runId}.json: it must be as ${pointerKey} says: found ${manifest === null ? 'none' : 'another'}. It names the files of a published run: put it back from a copy of the home.`,
  );
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
  const earlier = ((await readFile(store))?.file.runs ?? []).filter(
    ({ snapshot_on }) => snapshot_on !== run.snapshotOn,
  );
  const others = earlier.toSorted((a, b) => (a.snapshot_on < b.snapshot_on ? 1 : -1));
  const sha256 = await writeManifest(store, run, tables);
  const runs = [{ snapshot_on: run.snapshotOn, run_id: run.runId, sha256 }, ...others];
  const file: PointerFile = {
    run_id: run.runId,
    snapshot_on: run.snapshotOn,
    tables: Object.fromEntries(
      tables.map(({ table, rows, files }) => [
        table,
        { rows, sha256: files.map((file) => file.sha256).join(' ') },
      ]),
    ),
    runs,
  };
  const moved = await store.compareAndSet(pointerKey, digestedText(file), from?.etag ?? null);
  if (!moved && (await readPointer(store))?.current.runId !== run.runId) {
    throw new StorageError(
      `Cannot publish run ${run.runId}: the pointer must be as it was when the night began, and another night has moved it. Run the night again.`,
    );
  }
  await store.putIfAbsent(firstKey, digestedText({ run_id: run.runId }));
  return runs.map(({ snapshot_on, run_id }) => ({ snapshotOn: snapshot_on, runId: run_id }));
}

/**
 * Takes the published dates before one out of the pointer, but for the current one. Returns those
 * taken out; none when another night moved the pointer meanwhile.
 */
export async function forgetRuns(store: ObjectStore, before: string): Promise<readonly Run[]> {
  const found = await readFile(store);
  if (found === null) return [];
  const { file, etag } = found;
  const isKept = (run: PointerFile['runs'][number]) =>
    run.snapshot_on >= before || run.run_id === file.run_id;
  const forgotten = file.runs.filter((run) => !isKept(run));
  if (forgotten.length === 0) return [];
  const kept = { ...file, runs: file.runs.filter(isKept) };
  const moved = await store.compareAndSet(pointerKey, digestedText(kept), etag);
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
