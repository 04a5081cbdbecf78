import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileEngine } from '../../ports/file-engine.ts';
import { dropFolder, isDelivery, parseDropKey } from './drop-key.ts';
import { loadObject } from './load-object.ts';
import { refusedKey } from './refusal.ts';
import { RefusedFile } from './refused-file.ts';
import type { IngestProgress, IngestServices, LoadSummary } from './services.ts';

/**
 * Loads everything in the drop folder, in key order. Nothing is skipped in silence: an object that
 * belongs to no feed is a refused summary. Fails as `ingestObject` does.
 */
export async function ingestDrop(
  services: IngestServices,
  onProgress: (progress: IngestProgress) => void = () => {},
): Promise<LoadSummary[]> {
  const keys: string[] = [];
  for await (const { key } of services.store.list(dropFolder)) if (isDelivery(key)) keys.push(key);
  const summaries: LoadSummary[] = [];
  for (const file of keys) {
    const place = { file, done: summaries.length, total: keys.length };
    onProgress({ ...place, summary: null });
    const summary = await ingestObject(services, file);
    summaries.push(summary);
    onProgress({ ...place, done: summaries.length, summary });
  }
  return summaries;
}

/**
 * Loads one dropped object: checked rows, quarantine, then the row of the load, which makes it
 * count. The same content read in the same way is loaded once; each delivery is noted.
 * A bad file is a summary, no error; fails with a StorageError or EngineError.
 */
export async function ingestObject(services: IngestServices, key: string): Promise<LoadSummary> {
  const object = await services.store.head(key);
  try {
    const dropKey = parseDropKey(key);
    if (object === null) throw new RefusedFile('object_gone');
    return await inScratch(services, (engine) => loadObject({ services, engine, object, dropKey }));
  } catch (error) {
    if (error instanceof RefusedFile) return refusedKey(key, error);
    throw error;
  }
}

async function inScratch<T>(
  { scratch, openFileEngine }: IngestServices,
  work: (engine: FileEngine) => Promise<T>,
): Promise<T> {
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, 'ingest-'));
  try {
    const engine = await openFileEngine(folder);
    try {
      return await work(engine);
    } finally {
      engine.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
