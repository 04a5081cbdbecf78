import { feedNames } from '../feeds/all.ts';
import { compactParts } from '../keeping/compact-parts.ts';
import type { StoredObject } from '../ports/object-store.ts';
import { dropFolder, isDelivery, isNamedAsFile, parseDropKey } from './drop-key.ts';
import { inScratch } from './in-scratch.ts';
import { loadObject } from './load-object.ts';
import { ofTheFile } from './of-the-file.ts';
import { refusedKey } from './refusal.ts';
import { RefusedFile } from './refused-file.ts';
import type { IngestProgress, IngestServices, LoadSummary } from './services.ts';

/**
 * Loads everything in the drop folder, in key order, then compacts what has become many small parts.
 * Nothing is skipped in silence: an object that belongs to no feed is a refused summary.
 * Fails as `ingestObject` and `compactParts` do.
 */
export async function ingestDrop(
  services: IngestServices,
  onProgress: (progress: IngestProgress) => void = () => {},
): Promise<LoadSummary[]> {
  const keys: string[] = [];
  const odd: LoadSummary[] = [];
  const objects = services.store.list(dropFolder, ({ key, reason }) => {
    if (!isDelivery(key) || (reason === 'empty_folder' && !isNamedAsFile(key))) return;
    odd.push(refusedKey(key, new RefusedFile(reason === 'empty_folder' ? 'not_a_file' : reason)));
  });
  for await (const { key } of objects) if (isDelivery(key)) keys.push(key);
  const summaries: LoadSummary[] = [];
  for (const file of keys) {
    const place = { file, done: summaries.length, total: keys.length + odd.length };
    onProgress({ ...place, summary: null });
    const summary = await ingestObject(services, file);
    summaries.push(summary);
    onProgress({ ...place, done: summaries.length, summary });
  }
  for (const summary of odd) {
    summaries.push(summary);
    const done = summaries.length;
    onProgress({ file: summary.file, done, total: keys.length + odd.length, summary });
  }
  for (const feed of feedNames) await compactParts(services, feed);
  return summaries;
}

/** Deliveries are put in order by their times, which tables hold to the year 9999. */
function refuseUnusableTime({ modifiedAt }: StoredObject): void {
  const year = modifiedAt.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw new RefusedFile('unusable_time');
}

/**
 * Loads one dropped object: checked rows, quarantine, then the row of the load, which makes it
 * count. The same content read in the same way is loaded once; each delivery is noted.
 * A bad file is a summary, no error; fails with a StorageError or EngineError where it is the store or
 * the engine itself.
 */
export async function ingestObject(services: IngestServices, key: string): Promise<LoadSummary> {
  try {
    const object = await ofTheFile(() => services.store.head(key));
    const dropKey = parseDropKey(key);
    if (object === null) throw new RefusedFile('object_gone');
    refuseUnusableTime(object);
    return await inScratch(services, (engine) => loadObject({ services, engine, object, dropKey }));
  } catch (error) {
    if (error instanceof RefusedFile) return refusedKey(key, error);
    throw error;
  }
}
