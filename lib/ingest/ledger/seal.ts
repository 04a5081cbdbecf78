import { z } from 'zod';
import { digestedText, parseDigested } from '../../digested.ts';
import { StorageError } from '../../errors.ts';
import type { ObjectStore } from '../../ports/object-store.ts';

/** An object as it was stored. The etag is what the store vouches by; null in a folder. */
const storedFile = z.strictObject({
  key: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  etag: z.string().nullable(),
});

const sealSchema = z.strictObject({
  feed: z.string(),
  /** The load, or all those that a compacted part holds. */
  load_ids: z.array(z.string()).min(1),
  part_id: z.string().nullable(),
  /** Keys of the dropped objects with the load's content. */
  objects: z.array(z.string()),
  /** Its rows in the ledger, and what was accepted, refused and given pseudonyms of it. */
  files: z.array(storedFile),
});

export type StoredFile = z.infer<typeof storedFile>;

/**
 * Which objects make up a load, or a compacted part, and the digest of each: `ledger/<feed>/…json`,
 * written after them. With it an object that is gone or changed is seen, and is not taken for one
 * that never was.
 */
export type Seal = z.infer<typeof sealSchema>;

const folder = 'ledger/';

export function sealsFolder(feed: string): string {
  return `${folder}${feed}/`;
}

export function loadSealKey(feed: string, loadId: string): string {
  return `${sealsFolder(feed)}load=${loadId}.json`;
}

export function partSealsPrefix(feed: string): string {
  return `${sealsFolder(feed)}part=`;
}

export function partSealKey(feed: string, partId: string): string {
  return `${partSealsPrefix(feed)}${partId}.json`;
}

/** Null where there is none; its seal is null where it is damaged. */
export async function readSeal(
  store: ObjectStore,
  key: string,
): Promise<{ readonly seal: Seal | null; readonly etag: string } | null> {
  const stored = await store.get(key);
  if (stored === null) return null;
  const { etag } = stored;
  try {
    return { seal: parseDigested(stored.body, sealSchema, { key, remedy: '' }), etag };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { seal: null, etag };
  }
}

/** Writes what is made of the seal that stands there, again until nobody else wrote in between. */
export async function amendSeal(
  store: ObjectStore,
  key: string,
  amend: (before: Seal | null) => Seal,
): Promise<void> {
  for (;;) {
    const found = await readSeal(store, key);
    const text = digestedText(amend(found?.seal ?? null));
    if (await store.compareAndSet(key, text, found?.etag ?? null)) return;
  }
}
