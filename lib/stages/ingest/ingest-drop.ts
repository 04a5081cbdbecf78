import { dropFolder, isDelivery } from './drop-key.ts';
import { ingestObject } from './ingest-object.ts';
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
