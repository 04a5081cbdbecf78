import { type FeedName, feedNames } from '../../feeds/all.ts';
import type { ObjectStore, SpoiltObject } from '../../ports/object-store.ts';
import { compaction } from '../../tables/compaction.ts';
import { load } from '../../tables/load.ts';
import { type LoadName, loadIdOf, partIdOf, partsFolder } from './ledger.ts';
import {
  loadSealKey,
  partSealKey,
  partSealsPrefix,
  readSeal,
  type Seal,
  sealsFolder,
} from './seal.ts';

/** An object of the ledger, or of what was accepted, that is gone or not as it was written. */
export interface Damage extends SpoiltObject {
  readonly feed: FeedName;
  /** The loads that it is of: none where that cannot be told. */
  readonly loadIds: readonly string[];
  /** Where it belongs to a compacted part. */
  readonly partId: string | null;
  /** Dropped objects that held the content; none where that cannot be told. */
  readonly objects: readonly string[];
}

interface CheckedLedger {
  readonly damages: readonly Damage[];
  /** Of all files that count: of a load in a compacted part not its own rows as well. */
  readonly keys: readonly string[];
}

/** A load may be under way for so long; its seal is written last. */
const underWayMs = 60 * 60 * 1000;

/**
 * Compares everything that was loaded with the seals of the loads: locally by hashing it, in a
 * bucket by the sizes and etags of the listing. What a load left that never ended is passed over.
 */
export async function checkLedger(store: ObjectStore, now: Date): Promise<CheckedLedger> {
  const checked: CheckedLedger[] = [];
  for (const feed of feedNames) checked.push(await checkFeed(store, feed, now));
  return {
    damages: checked.flatMap(({ damages }) => damages),
    keys: checked.flatMap(({ keys }) => keys),
  };
}

/** Whether a load is there with all its files, each as it was written. */
export async function isIntact(store: ObjectStore, name: LoadName): Promise<boolean> {
  const found = await readSeal(store, loadSealKey(name.feed, name.loadId));
  if (found === null || found.seal === null) return false;
  const spoilt = await store.spoilt(found.seal.files);
  if (spoilt.length === 0) return true;
  const isMoved = spoilt.every(({ key, isLost }) => isLost && mayBeCompacted(key));
  return isMoved && (await isCompacted(store, name));
}

/** Compacted parts hold the same rows: the load's own files go some time later. */
function mayBeCompacted(key: string): boolean {
  return key.startsWith('accepted/') || key.startsWith('pseudonym/');
}

async function isCompacted(store: ObjectStore, { feed, loadId }: LoadName): Promise<boolean> {
  for await (const { key } of store.list(partSealsPrefix(feed))) {
    const seal = (await readSeal(store, key))?.seal ?? null;
    if (seal?.load_ids.includes(loadId) !== true) continue;
    if ((await store.spoilt(seal.files)).length === 0) return true;
  }
  return false;
}

async function checkFeed(store: ObjectStore, feed: FeedName, now: Date): Promise<CheckedLedger> {
  const { whole, damaged } = await readSeals(store, feed);
  const damages = damaged.map((key) => damageOfSeal(key, feed));
  const known = new Set([...whole.keys(), ...damaged]);
  for (const table of [load, compaction]) {
    for await (const { key, modifiedAt } of store.list(partsFolder(table, feed))) {
      const damage = unsealed(key, feed);
      if (damage === null || known.has(damage.key)) continue;
      if (now.getTime() - modifiedAt.getTime() > underWayMs) damages.push(damage);
    }
  }
  const seals = Map.groupBy(whole.values(), ({ part_id }) => part_id !== null);
  const parts = seals.get(true) ?? [];
  const ofParts = await spoiltOf(store, feed, parts);
  const spoiltParts = new Set(ofParts.map(({ partId }) => partId));
  const compacted = new Set(
    parts.filter(({ part_id }) => !spoiltParts.has(part_id)).flatMap(({ load_ids }) => load_ids),
  );
  const read = (seals.get(false) ?? []).map((seal) =>
    seal.load_ids.every((id) => !compacted.has(id))
      ? seal
      : { ...seal, files: seal.files.filter(({ key }) => !mayBeCompacted(key)) },
  );
  return {
    damages: [...damages, ...ofParts, ...(await spoiltOf(store, feed, read))],
    keys: [...parts, ...read].flatMap(({ files }) => files.map(({ key }) => key)),
  };
}

/** What is spoilt of the files of seals, all compared at once. */
async function spoiltOf(
  store: ObjectStore,
  feed: FeedName,
  seals: readonly Seal[],
): Promise<Damage[]> {
  const sealOf = new Map(
    seals.flatMap((seal) => seal.files.map(({ key }) => [key, seal] as const)),
  );
  const spoilt = await store.spoilt(seals.flatMap(({ files }) => files));
  return spoilt.map((one) => damageOf(one, feed, sealOf.get(one.key) as Seal));
}

function damageOfSeal(key: string, feed: FeedName): Damage {
  return {
    ...{ key, isLost: false, feed, objects: [] },
    loadIds: [/load=(\w+)/.exec(key)?.[1]].filter((id) => id !== undefined),
    partId: /part=(\w+)/.exec(key)?.[1] ?? null,
  };
}

/** What is missing where a row of the ledger has no seal; null of what needs none. */
function unsealed(key: string, feed: FeedName): Damage | null {
  const common = { isLost: true, feed, objects: [] };
  const partId = key.startsWith(`${compaction.storage.folder}/`) ? partIdOf(key) : null;
  if (partId !== null) return { ...common, key: partSealKey(feed, partId), loadIds: [], partId };
  const loadId = key.startsWith(`${load.storage.folder}/`) ? loadIdOf(key) : null;
  if (loadId === null) return null;
  return { ...common, key: loadSealKey(feed, loadId), loadIds: [loadId], partId: null };
}

function damageOf(spoilt: SpoiltObject, feed: FeedName, seal: Seal): Damage {
  return {
    ...spoilt,
    feed,
    loadIds: seal.load_ids,
    partId: seal.part_id,
    objects: seal.objects,
  };
}

/** Seals that are read at the same time. */
const lanes = 16;

async function readSeals(store: ObjectStore, feed: FeedName) {
  const keys: string[] = [];
  for await (const { key } of store.list(sealsFolder(feed))) keys.push(key);
  const whole = new Map<string, Seal>();
  const damaged: string[] = [];
  const waiting = keys.values();
  await Promise.all(
    Array.from({ length: Math.min(lanes, keys.length) }, async () => {
      for (const key of waiting) {
        const found = await readSeal(store, key);
        if (found === null) continue;
        if (found.seal === null) damaged.push(key);
        else whole.set(key, found.seal);
      }
    }),
  );
  return { whole, damaged: damaged.sort() };
}
