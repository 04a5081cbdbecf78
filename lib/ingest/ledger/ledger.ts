import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type FeedName, feedNames } from '../../feeds/all.ts';
import { literal } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import type { ObjectStore, StoredObject } from '../../ports/object-store.ts';
import type { Row } from '../../ports/query-engine.ts';
import type { TableContract } from '../../tables/contract.ts';
import { delivery } from '../../tables/delivery.ts';
import { load } from '../../tables/load.ts';
import { instantText, writeParquetRows } from '../formats/parquet-rows.ts';
import { sha256 } from './load-id.ts';
import type { StoredFile } from './seal.ts';

/** Where the ledger of loads and deliveries lies. */
interface Ledger {
  readonly store: ObjectStore;
  readonly engine: FileEngine;
}

export interface LoadName {
  readonly feed: string;
  readonly loadId: string;
}

/** Prefix of everything that a table holds of a feed. */
export function partsFolder({ storage: { folder } }: TableContract, feed: string): string {
  return folder.endsWith(`/${feed}`) ? `${folder}/` : `${folder}/${feed}/`;
}

/** Key of a load's file; `index` counts the files of a large load from 0. */
export function partKey(table: TableContract, { feed, loadId }: LoadName, index = 0): string {
  return `${partsFolder(table, feed)}load=${loadId}/part${index === 0 ? '' : `-${index + 1}`}.parquet`;
}

/** The load whose file lies there; null where it is a compacted part. */
export function loadIdOf(key: string): string | null {
  return /[/]load=([a-z0-9]+)[/]part/.exec(key)?.[1] ?? null;
}

/** The compacted part whose file lies there; null where it is a load's own. */
export function partIdOf(key: string): string | null {
  return /[/]part=([a-z0-9]+)[/]part/.exec(key)?.[1] ?? null;
}

/** Key of a compacted part, or of its row in the ledger. */
export function compactedKey(
  table: TableContract,
  { feed, partId }: { readonly feed: string; readonly partId: string },
): string {
  return `${partsFolder(table, feed)}part=${partId}/part.parquet`;
}

/** Stores a local file, and hashes it on the way. */
export async function storeFile(
  store: ObjectStore,
  path: string,
  key: string,
): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* hashed() {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  const etag = await store.putStream(key, Readable.from(hashed(), { objectMode: false }));
  return { key, bytes, sha256: hash.digest('hex'), etag };
}

/** The load's row; null when it never ended. */
export async function findLoad({ store, engine }: Ledger, name: LoadName): Promise<Row | null> {
  const object = await store.get(partKey(load, name));
  if (object === null) return null;
  const path = join(engine.folder, 'load.parquet');
  await writeFile(path, object.body);
  const [row] = await engine.read(`select * from read_parquet(${literal(path)})`);
  return row ?? null;
}

/** Writes the load's row: from now on the load counts. */
export async function writeLoad({ store, engine }: Ledger, row: Row): Promise<StoredFile> {
  const path = join(engine.folder, 'new-load.parquet');
  await writeParquetRows(engine, load, [row], path);
  const name = { feed: row.feed as string, loadId: row.load_id as string };
  return await storeFile(store, path, partKey(load, name));
}

/**
 * Notes that an object was delivered and holds this load; an event that comes again is no second
 * delivery. The time is noted anew: of one content the mapping that was used last counts.
 */
export async function noteDelivery(
  { store, engine }: Ledger,
  name: LoadName,
  object: StoredObject,
  { status, notedAt }: { readonly status: 'loaded' | 'refused'; readonly notedAt: Date },
): Promise<StoredFile> {
  const modifiedAt = instantText(object.modifiedAt);
  const deliveryId = deliveryIdOf(object);
  const noteName = status === 'loaded' ? deliveryId : `refused-${deliveryId}`;
  const key = `${deliveriesFolder(name)}${noteName}.parquet`;
  const row = {
    delivery_id: deliveryId,
    feed: name.feed,
    load_id: name.loadId,
    object_key: object.key,
    version: object.etag,
    modified_at: modifiedAt,
    noted_at: instantText(notedAt),
  };
  const path = join(engine.folder, 'delivery.parquet');
  await writeParquetRows(engine, delivery, [row], path);
  return await storeFile(store, path, key);
}

/** Prefix of the notes of a load's deliveries. */
export function deliveriesFolder({ feed, loadId }: LoadName): string {
  return `${partsFolder(delivery, feed)}load=${loadId}/`;
}

/** Of an object as it was put once: its key, etag and time. */
export function deliveryIdOf({ key, etag, modifiedAt }: StoredObject): string {
  return sha256(JSON.stringify([key, etag, instantText(modifiedAt)])).slice(0, 20);
}

/** The notes of deliveries, by feed. */
export async function* listDeliveries(
  store: ObjectStore,
): AsyncGenerator<{ readonly feed: FeedName; readonly key: string }> {
  for (const feed of feedNames) {
    for await (const { key } of store.list(partsFolder(delivery, feed))) yield { feed, key };
  }
}

/** The delivery and the load that a note is of, by its key; null where nothing was loaded. */
export function deliveredLoad(
  key: string,
): { readonly deliveryId: string; readonly loadId: string } | null {
  const [, loadId, deliveryId] = /[/]load=([a-z0-9]+)[/]([0-9a-f]+)[.]parquet$/.exec(key) ?? [];
  return loadId === undefined || deliveryId === undefined ? null : { deliveryId, loadId };
}
