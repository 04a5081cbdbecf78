import { z } from 'zod';
import type { Config } from '../config.ts';
import { feedNames, feeds } from '../feeds/all.ts';
import type { ObjectStore, StoredObject } from '../ports/object-store.ts';
import { presets } from '../presets/found.ts';
import { deliveredLoad, deliveryIdOf, listDeliveries } from './ledger/ledger.ts';
import { canonicalJson, sha256 } from './ledger/load-id.ts';
import { nothingCounted } from './refusal.ts';
import type { IngestServices, LoadSummary } from './services.ts';

/** How everything that is noted as delivered was read last. */
const noteKey = 'ingest/read-as.json';

/** The hash is null while some may be read in one way and some in another. */
const noteSchema = z.strictObject({ reading: z.string().nullable() });

/** Tells of an object that it was loaded before, read as it would be now: null where it has to be read. */
export type KnownObjects = (object: StoredObject) => LoadSummary | null;

/**
 * What a drop need not read again: an object whose key, etag and time are those of a delivery that
 * was loaded, as long as nothing changed that decides how files are read. Then all are read once
 * more, as of one content the load counts that was noted last.
 */
export async function knownObjects(services: IngestServices): Promise<KnownObjects> {
  const { store } = services;
  if (!(await isReadAsNoted(services))) return () => null;
  const known = new Map<string, LoadSummary>();
  for await (const { feed, key } of listDeliveries(store)) {
    const delivered = deliveredLoad(key);
    if (delivered === null) continue;
    const { deliveryId, loadId } = delivered;
    known.set(deliveryId, { ...nothingCounted, loadId, feed, file: '', status: 'unchanged' });
  }
  return (object) => {
    const summary = known.get(deliveryIdOf(object));
    return summary === undefined ? null : { ...summary, file: object.key };
  };
}

/** Whether all that was loaded was read as it would be now; where not, that is noted. */
export async function isReadAsNoted(services: IngestServices): Promise<boolean> {
  const { store } = services;
  if ((await readNote(store)) === readingId(services)) return true;
  await writeNote(store, null);
  return false;
}

/** Notes that all that is in the drop folder was read as it would be now. */
export async function noteAllRead(services: IngestServices): Promise<void> {
  const reading = readingId(services);
  if ((await readNote(services.store)) !== reading) await writeNote(services.store, reading);
}

/** What cannot be read is as good as none: all is read once more. */
async function readNote(store: ObjectStore): Promise<string | null> {
  const stored = await store.get(noteKey);
  if (stored === null) return null;
  try {
    return noteSchema.parse(JSON.parse(stored.body.toString())).reading;
  } catch {
    return null;
  }
}

async function writeNote(store: ObjectStore, reading: string | null): Promise<void> {
  await store.put(noteKey, `${JSON.stringify({ reading } satisfies z.infer<typeof noteSchema>)}\n`);
}

/** Of everything that decides what becomes of a content, but for the content. */
function readingId({ config, secret }: IngestServices): string {
  const { sources, time_zone, refused_share }: Config = config;
  const contracts = feedNames.map((name) => [name, feeds[name].version]);
  return sha256(
    canonicalJson([contracts, presets, sources, time_zone, refused_share, secret.fingerprint]),
  );
}
