import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type {
  KnownObject,
  ObjectStore,
  SpoiltObject,
  StoredObject,
} from '../../ports/object-store.ts';

/** So many objects are looked at one by one; of more the folders that they lie in are listed. */
const fewObjects = 20;

/**
 * Objects that are gone or changed, by size and etag. One that was put back has another etag and
 * maybe its old bytes: it alone is read.
 */
export async function spoiltObjects(
  store: Pick<ObjectStore, 'head' | 'list' | 'getStream'>,
  files: readonly KnownObject[],
): Promise<readonly SpoiltObject[]> {
  const found = await look(store, files);
  const spoilt: SpoiltObject[] = [];
  for (const { key, bytes, sha256, etag } of files) {
    const object = found.get(key);
    if (object === undefined) spoilt.push({ key, isLost: true });
    else if (object.bytes !== bytes) spoilt.push({ key, isLost: false });
    else if (object.etag !== etag && (await hashOf(store, key)) !== sha256) {
      spoilt.push({ key, isLost: false });
    }
  }
  return spoilt;
}

async function look(
  store: Pick<ObjectStore, 'head' | 'list'>,
  files: readonly KnownObject[],
): Promise<ReadonlyMap<string, StoredObject>> {
  const found = new Map<string, StoredObject>();
  if (files.length <= fewObjects) {
    const objects = await Promise.all(files.map(({ key }) => store.head(key)));
    for (const object of objects) if (object !== null) found.set(object.key, object);
    return found;
  }
  /** `accepted/orders/`, `load/orders/` */
  const prefixes = new Set(files.map(({ key }) => /^[^/]+\/([^/]+\/)?/.exec(key)?.[0] ?? key));
  for (const prefix of prefixes) {
    for await (const object of store.list(prefix)) found.set(object.key, object);
  }
  return found;
}

async function hashOf(store: Pick<ObjectStore, 'getStream'>, key: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(await store.getStream(key), hash);
  return hash.digest('hex');
}
