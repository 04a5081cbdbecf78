import { createHash } from 'node:crypto';
import type { ObjectStore } from '../../ports/object-store.ts';
import { deliveriesFolder, type LoadName } from './ledger.ts';
import { amendSeal, loadSealKey, readSeal, type Seal, type StoredFile } from './seal.ts';

interface Noted {
  /** Key of the dropped object. */
  readonly object: string;
  /** The note of its delivery. */
  readonly delivery: StoredFile;
}

/** Seals a load that is written whole: what the seal said before is true no more, but for deliveries. */
export async function sealLoad(
  store: ObjectStore,
  name: LoadName,
  { files, object, delivery }: Noted & { readonly files: readonly StoredFile[] },
): Promise<void> {
  const key = loadSealKey(name.feed, name.loadId);
  const before = (await readSeal(store, key))?.seal ?? null;
  const others = (await deliveriesBefore(store, name, before)).filter(
    (other) => other.key !== delivery.key,
  );
  const isNew = before?.files.every((file) => file.key !== delivery.key) ?? true;
  // A note that is lost is missed until its object is delivered again: then that delivery counts.
  const lost = new Set(isNew ? (await store.spoilt(others)).map((spoilt) => spoilt.key) : []);
  await amendSeal(store, key, (seal) => ({
    feed: name.feed,
    load_ids: [name.loadId],
    part_id: null,
    objects: withOne(seal?.objects ?? [], object),
    files: [...files, ...others.filter((other) => !lost.has(other.key)), delivery],
  }));
}

/** Adds one more delivery of a load that is intact. */
export async function sealDelivery(
  store: ObjectStore,
  name: LoadName,
  { object, delivery }: Noted,
): Promise<void> {
  await amendSeal(store, loadSealKey(name.feed, name.loadId), (seal) => ({
    feed: name.feed,
    load_ids: [name.loadId],
    part_id: null,
    objects: withOne(seal?.objects ?? [], object),
    files: [...(seal?.files ?? []).filter(({ key }) => key !== delivery.key), delivery],
  }));
}

/** As the seal lists them; where there is no seal that can be read, as they lie there. */
async function deliveriesBefore(
  store: ObjectStore,
  name: LoadName,
  seal: Seal | null,
): Promise<readonly StoredFile[]> {
  const folder = deliveriesFolder(name);
  if (seal !== null) return seal.files.filter(({ key }) => key.startsWith(folder));
  const files: StoredFile[] = [];
  for await (const object of store.list(folder)) {
    const stored = await store.get(object.key);
    if (stored === null) continue;
    const sha256 = createHash('sha256').update(stored.body).digest('hex');
    files.push({ key: object.key, bytes: object.bytes, sha256, etag: stored.etag });
  }
  return files;
}

function withOne(keys: readonly string[], key: string): string[] {
  return [...new Set([...keys, key])].sort();
}
