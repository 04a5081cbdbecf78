import { EngineError } from '../errors.ts';
import { feedNames } from '../feeds/all.ts';
import { compactParts } from '../keeping/compact-parts.ts';
import type { StoredObject } from '../ports/object-store.ts';
import { dropFolder, isDelivery, isNamedAsFile, parseDropKey } from './drop-key.ts';
import { inScratch, type LendEngine, lendInTurn } from './in-scratch.ts';
import { knownObjects, noteAllRead } from './known-objects.ts';
import { loadObject } from './load-object.ts';
import { ofTheFile } from './of-the-file.ts';
import { refusedKey } from './refusal.ts';
import { RefusedFile } from './refused-file.ts';
import type { IngestProgress, IngestServices, LoadSummary } from './services.ts';

/** Stored bytes up to which a file costs less than an engine of its own. */
const smallBytes = 2 ** 18;

/**
 * Loads everything in the drop folder that was not loaded before, in key order, then compacts what has become many small parts.
 * Nothing is skipped in silence: an object that belongs to no feed is a refused summary.
 * Fails as `ingestObject` and `compactParts` do.
 */
export async function ingestDrop(
  services: IngestServices,
  onProgress: (progress: IngestProgress) => void = () => {},
): Promise<LoadSummary[]> {
  const objects: StoredObject[] = [];
  const odd: LoadSummary[] = [];
  const dropped = services.store.list(dropFolder, ({ key, reason }) => {
    if (!isDelivery(key) || (reason === 'empty_folder' && !isNamedAsFile(key))) return;
    odd.push(refusedKey(key, new RefusedFile(reason === 'empty_folder' ? 'not_a_file' : reason)));
  });
  for await (const object of dropped) if (isDelivery(object.key)) objects.push(object);
  const total = objects.length + odd.length;
  const summaries: LoadSummary[] = [];
  const small = lendInTurn(services);
  try {
    const knownAs = await knownObjects(services);
    for (const object of objects) {
      const place = { file: object.key, done: summaries.length, total };
      const known = knownAs(object);
      if (known === null) onProgress({ ...place, summary: null });
      const lend = object.bytes < smallBytes ? small.lend : undefined;
      const summary = known ?? (await ingestObject(services, object.key, lend));
      // What refused it may have left its engine without memory.
      if (summary.status === 'refused') await small.close();
      summaries.push(summary);
      onProgress({ ...place, done: summaries.length, summary });
    }
  } finally {
    await small.close();
  }
  for (const summary of odd) {
    summaries.push(summary);
    const done = summaries.length;
    onProgress({ file: summary.file, done, total, summary });
  }
  await noteAllRead(services);
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
 * the engine itself. `lend` gives it its engine.
 */
export async function ingestObject(
  services: IngestServices,
  key: string,
  lend: LendEngine = (work) => inScratch(services, work),
): Promise<LoadSummary> {
  try {
    const object = await ofTheFile(() => services.store.head(key));
    const dropKey = parseDropKey(key);
    if (object === null) throw new RefusedFile('object_gone');
    refuseUnusableTime(object);
    return await lend((engine) => loadObject({ services, engine, object, dropKey }));
  } catch (error) {
    if (error instanceof RefusedFile) return refusedKey(key, error);
    if (!(error instanceof EngineError)) throw error;
    throw new EngineError(`Cannot load ${key}: ${error.message}`, { cause: error });
  }
}
