import { z } from 'zod';
import { digestedText, digestOf, parseDigested } from '../../digested.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Run, SealedTable } from '../../ports/query-engine.ts';

const tableSchema = z.strictObject({
  table: z.string(),
  rows: z.int(),
  files: z.array(z.strictObject({ key: z.string(), bytes: z.int(), sha256: z.string() })),
});

const manifestSchema = z.strictObject({
  run_id: z.string(),
  snapshot_on: z.iso.date(),
  tables: z.array(tableSchema),
});

export const manifestsFolder = 'published/runs/';

function manifestKey(runId: string): string {
  return `${manifestsFolder}${runId}.json`;
}

export function runOfManifest(key: string): string {
  return key.slice(manifestsFolder.length, -'.json'.length);
}

/** Writes the files of a run that is about to be shown: readers read these and no others. Returns its digest. */
export async function writeManifest(
  store: ObjectStore,
  { runId, snapshotOn }: Run,
  tables: readonly SealedTable[],
): Promise<string> {
  const manifest = { run_id: runId, snapshot_on: snapshotOn, tables };
  await store.put(manifestKey(runId), digestedText(manifest));
  return digestOf(manifest);
}

/**
 * The tables of a published run with their files; null of a run that was not published.
 * Fails with a StorageError when its manifest is damaged.
 */
export async function readManifest(
  store: ObjectStore,
  runId: string,
): Promise<{ readonly tables: readonly SealedTable[]; readonly sha256: string } | null> {
  const key = manifestKey(runId);
  const stored = await store.get(key);
  if (stored === null) return null;
  const remedy = 'It names the files of a published run: put it back from a copy of the home.';
  const manifest = parseDigested(stored.body, manifestSchema, { key, remedy });
  return { tables: manifest.tables, sha256: digestOf(manifest) };
}
