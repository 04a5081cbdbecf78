import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { EngineError } from '../../errors.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Run, SealedFile, SealedTable } from '../../ports/query-engine.ts';
import type { TableContract } from '../../tables/contract.ts';
import { addPartitionText, headComment, runFolder } from './insert-text.ts';
import { keyOfLocation } from './location.ts';
import type { FinishedQuery, Queries } from './queries.ts';
import { readResult } from './read-result.ts';

export interface SealServices {
  readonly queries: Queries;
  /** The bucket of the lake. */
  readonly store: ObjectStore;
  /** The bucket that Athena writes results and manifests to. */
  readonly results: ObjectStore;
}

/**
 * Makes what one INSERT wrote, and nothing else, the table of a run: a failed, retried, redriven or
 * slow query of the same table may have left files there, or add some still. Stops such queries,
 * deletes every object of the run's folder that is not in the winner's data manifest, registers the
 * partition and tells the rows. Safe to do again.
 * https://docs.aws.amazon.com/athena/latest/ug/querying-athena-dml.html: the data manifest.
 */
export async function sealTable(
  services: SealServices,
  written: { readonly table: TableContract; readonly run: Run; readonly queryId: string },
): Promise<SealedTable> {
  const { queries, store } = services;
  const { table, run, queryId } = written;
  const winner = await queries.finished(queryId);
  const head = headComment(table, run);
  if (!winner.text.startsWith(head)) {
    throw new EngineError(
      `Cannot seal table ${table.name}: query ${queryId} must be one that wrote it for run ${run.runId}.`,
    );
  }
  await queries.stopOthers(head, queryId);
  const manifest = await manifestKeys(services, winner);
  const { UpdateCount: inserted = 0 } = await queries.firstPage(queryId);
  if (manifest.size === 0 && inserted > 0) {
    throw new EngineError(
      `Cannot seal table ${table.name}: query ${queryId} wrote ${inserted} rows, and its manifest must list their files.`,
    );
  }
  const files = await keepOnly(store, runFolder(table, run), manifest);
  if (files.length > 0) await queries.run(addPartitionText(table, run));
  // Told by the query, they need no scan: the audit finds them, or publishes nothing.
  const isTold = inserted > 0 || files.length === 0;
  const rows = isTold ? inserted : await countedRows(services, { table, run });
  return { table: table.name, rows, files };
}

/** The keys that the winner's manifest lists, one location a line; none for an INSERT of no rows. */
async function manifestKeys(
  { results }: SealServices,
  { manifestLocation, queryId }: FinishedQuery,
): Promise<ReadonlySet<string>> {
  if (manifestLocation === null) return new Set();
  const stored = await results.get(keyOfLocation(manifestLocation));
  if (stored === null) {
    throw new EngineError(`Cannot seal what query ${queryId} wrote: its manifest must be there.`);
  }
  const lines = stored.body.toString().split('\n');
  return new Set(
    lines.filter((line) => line.trim() !== '').map((line) => keyOfLocation(line.trim())),
  );
}

/** Deletes every object of a folder but the named ones. Fails when one of these is not there. */
export async function keepOnly(
  store: ObjectStore,
  folder: string,
  names: ReadonlySet<string>,
): Promise<readonly SealedFile[]> {
  const files: SealedFile[] = [];
  for await (const { key, bytes } of store.list(folder)) {
    if (names.has(key)) files.push({ key, bytes, sha256: await hashOf(store, key) });
    else await store.delete(key);
  }
  if (files.length !== names.size) {
    throw new EngineError(
      `Cannot seal ${folder}: all ${names.size} files that were written must lie there: found ${files.length}.`,
    );
  }
  return files;
}

/** The rows of a table's run as a reader finds them. */
async function countedRows(
  services: SealServices,
  { table, run }: { readonly table: TableContract; readonly run: Run },
): Promise<number> {
  const counting = await services.queries.run(
    `select count(*) as found from ${table.name} where snapshot_on = date '${run.snapshotOn}' and run_id = '${run.runId}'`,
  );
  const [counted] = await Array.fromAsync(readResult(services, counting));
  return Number(counted?.found);
}

async function hashOf(store: ObjectStore, key: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(await store.getStream(key), hash);
  return hash.digest('hex');
}
