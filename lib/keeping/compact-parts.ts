import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EngineError } from '../errors.ts';
import { type FeedName, feeds } from '../feeds/all.ts';
import { literal, name } from '../feeds/sql-text.ts';
import { engineType } from '../ingest/check/engine-type.ts';
import { instantText, writeParquet, writeParquetRows } from '../ingest/formats/parquet-rows.ts';
import { inScratch } from '../ingest/in-scratch.ts';
import { isIntact } from '../ingest/ledger/check-ledger.ts';
import { compactedKey, loadIdOf, partsFolder, storeFile } from '../ingest/ledger/ledger.ts';
import { canonicalJson, sha256 } from '../ingest/ledger/load-id.ts';
import {
  amendSeal,
  partSealKey,
  partSealsPrefix,
  readSeal,
  type StoredFile,
} from '../ingest/ledger/seal.ts';
import type { IngestServices } from '../ingest/services.ts';
import type { FileEngine } from '../ports/file-engine.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { emptySelect } from '../sql/table-select.ts';
import { acceptedTable } from '../tables/accepted.ts';
import { compaction } from '../tables/compaction.ts';
import type { TableContract } from '../tables/contract.ts';
import { pseudonym } from '../tables/pseudonym.ts';

/** Loads that become one part. */
const loadsOfPart = 64;
/** Less than this is small: reading it costs for the file, and not for its rows. */
const smallBytes = 4 * 2 ** 20;

export type CompactServices = Pick<
  IngestServices,
  'store' | 'openFileEngine' | 'clock' | 'scratch'
>;

interface SmallLoad {
  readonly loadId: string;
  /** Keys of its accepted rows. */
  readonly keys: readonly string[];
}

/**
 * Writes the small loads of a feed once more, many together, so that a night reads few files. Each
 * row stays what it is but for its part; `compaction`, written last, makes the part count. Cut short
 * or done twice it changes nothing: the freeze reads each load from one part.
 * Returns the new parts. Fails with a StorageError or EngineError.
 */
export async function compactParts(
  services: CompactServices,
  feed: FeedName,
): Promise<readonly string[]> {
  const small = await smallLoads(services.store, feed);
  if (small.length < loadsOfPart) return [];
  return await inScratch(services, async (engine) => {
    const context = { services, engine, feed };
    const waiting = await notCompacted(context, small);
    if (waiting.length < loadsOfPart) return [];
    const finished = await onlyIntact(context, waiting);
    const partIds: string[] = [];
    for (let at = 0; at + loadsOfPart <= finished.length; at += loadsOfPart) {
      partIds.push(await compact(context, finished.slice(at, at + loadsOfPart)));
    }
    return partIds;
  });
}

interface Compacting {
  readonly services: CompactServices;
  readonly engine: FileEngine;
  readonly feed: FeedName;
}

/** Loads of few bytes, in the order of their ids; some may be unfinished or compacted already. */
async function smallLoads(store: ObjectStore, feed: FeedName): Promise<SmallLoad[]> {
  const loads = new Map<string, { keys: string[]; bytes: number }>();
  for await (const { key, bytes } of store.list(partsFolder(acceptedTable(feeds[feed]), feed))) {
    const loadId = loadIdOf(key);
    if (loadId === null) continue;
    const before = loads.get(loadId) ?? { keys: [], bytes: 0 };
    loads.set(loadId, { keys: [...before.keys, key], bytes: before.bytes + bytes });
  }
  return [...loads]
    .filter(([, { bytes }]) => bytes < smallBytes)
    .map(([loadId, { keys }]) => ({ loadId, keys }));
}

/** Those that no compacted part holds yet. */
async function notCompacted(
  { services: { store }, feed }: Compacting,
  small: readonly SmallLoad[],
): Promise<readonly SmallLoad[]> {
  const compacted = new Set<string>();
  for await (const { key } of store.list(partSealsPrefix(feed))) {
    for (const id of (await readSeal(store, key))?.seal?.load_ids ?? []) compacted.add(id);
  }
  return small.filter(({ loadId }) => !compacted.has(loadId));
}

/** Those whose load has ended and is as it was written: what was spoilt since must not be sealed anew. */
async function onlyIntact(
  { services: { store }, feed }: Compacting,
  loads: readonly SmallLoad[],
): Promise<readonly SmallLoad[]> {
  const intact: SmallLoad[] = [];
  for (const load of loads) {
    if (await isIntact(store, { feed, loadId: load.loadId })) intact.push(load);
  }
  return intact;
}

/** Makes one part of the loads; its id follows from theirs, and so do its bytes. */
async function compact(context: Compacting, loads: readonly SmallLoad[]): Promise<string> {
  const { services, engine, feed } = context;
  const { store, clock } = services;
  const partId = sha256(canonicalJson(loads.map(({ loadId }) => loadId))).slice(0, 20);
  const table = acceptedTable(feeds[feed]);
  const files = [
    await compactTable(context, { table, partId, keys: loads.flatMap(({ keys }) => keys) }),
  ];
  const keys = await pseudonymKeys(context, loads);
  if (keys.length > 0) files.push(await compactTable(context, { table: pseudonym, partId, keys }));

  const compactedAt = instantText(clock.now());
  const rows = loads.map(({ loadId }) => {
    return { part_id: partId, load_id: loadId, feed, compacted_at: compactedAt };
  });
  const ledgerPath = join(engine.folder, `${partId}-compaction.parquet`);
  await writeParquetRows(engine, compaction, rows, ledgerPath);
  files.push(await storeFile(store, ledgerPath, compactedKey(compaction, { feed, partId })));
  const loadIds = loads.map(({ loadId }) => loadId);
  const seal = { feed, load_ids: loadIds, part_id: partId, objects: [], files };
  await amendSeal(store, partSealKey(feed, partId), () => seal);
  return partId;
}

/** Their pseudonyms go the same way: a row says the same wherever it stands, and twice too. */
async function pseudonymKeys(
  { services: { store }, feed }: Compacting,
  loads: readonly SmallLoad[],
): Promise<string[]> {
  const ids = new Set(loads.map(({ loadId }) => loadId));
  const keys = await keysIn(store, partsFolder(pseudonym, feed));
  return keys.filter((key) => ids.has(loadIdOf(key) ?? ''));
}

async function compactTable(
  { services: { store }, engine, feed }: Compacting,
  part: {
    readonly table: TableContract;
    readonly partId: string;
    readonly keys: readonly string[];
  },
): Promise<StoredFile> {
  const { table, partId, keys } = part;
  const members = await fetchFiles({ store, engine }, keys);
  const columns = Object.entries(table.columns).map(
    ([column, { type }]) =>
      `cast(${column === 'part_id' ? literal(partId) : name(column)} as ${engineType(type)}) as ${name(column)}`,
  );
  const path = join(engine.folder, `${partId}.parquet`);
  const rows = rowsOf(table, members);
  await writeParquet(engine, `select ${columns.join(', ')} from (${rows})`, path);
  await failIfRowsDiffer({ engine, table }, rows, rowsOf(table, [path]));
  const stored = await storeFile(store, path, compactedKey(table, { feed, partId }));
  await Promise.all([path, ...members].map((file) => rm(file)));
  return stored;
}

/** Counted by themselves, and not by what wrote them. */
async function failIfRowsDiffer(
  { engine, table }: { readonly engine: FileEngine; readonly table: TableContract },
  members: string,
  part: string,
): Promise<void> {
  const kept = Object.keys(table.columns).filter((column) => column !== 'part_id');
  const counted = (rows: string) =>
    `select load_id, count(*) as count_rows, sum(hash(${kept.map(name).join(', ')})) as total from (${rows}) group by load_id`;
  const [different] = await engine.read(
    `select count(*) as loads from (${counted(members)} except ${counted(part)})`,
  );
  if (different?.loads === 0) return;
  throw new EngineError(
    `Cannot compact parts: each load must keep its rows: ${different?.loads} do not.`,
  );
}

async function keysIn(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

/** Brings objects into the engine's folder, each under a name that was never used there. */
async function fetchFiles(
  { store, engine }: { readonly store: ObjectStore; readonly engine: FileEngine },
  keys: readonly string[],
): Promise<string[]> {
  const paths: string[] = [];
  for (const key of keys) {
    const path = join(engine.folder, key.replaceAll('/', ' '));
    await pipeline(await store.getStream(key), createWriteStream(path));
    paths.push(path);
  }
  return paths;
}

/** SQL of the rows of files in their order; a column that an older file lacks is NULL. */
function rowsOf(table: TableContract, paths: readonly string[]): string {
  if (paths.length === 0) return emptySelect(table);
  const list = paths.map(literal).join(', ');
  return `${emptySelect(table)} union all by name select * from read_parquet([${list}], union_by_name = true, hive_partitioning = false)`;
}
