import { feeds } from '../feeds/all.ts';
import { dropFolder, isDelivery } from '../ingest/drop-key.ts';
import { ingestObject } from '../ingest/ingest.ts';
import { checkLedger, type Damage } from '../ingest/ledger/check-ledger.ts';
import { compactedKey } from '../ingest/ledger/ledger.ts';
import { partSealKey } from '../ingest/ledger/seal.ts';
import type { IngestServices, LoadSummary } from '../ingest/services.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { acceptedTable } from '../tables/accepted.ts';
import { compaction } from '../tables/compaction.ts';
import { pseudonym } from '../tables/pseudonym.ts';

/**
 * Mends what the dropped files can mend: loads that are damaged are loaded again where their content
 * still lies in `drop/`, and a damaged compacted part is given up where its loads are whole. What
 * cannot be mended stays as it is. Fails as `ingestObject` does.
 */
export async function mendLedger(
  services: IngestServices,
  damages: readonly Damage[],
  onLoad: (load: LoadSummary) => void,
): Promise<void> {
  const { store, clock } = services;
  for (const key of await objectsOf(store, damages)) {
    const summary = await ingestObject(services, key);
    if (summary.status !== 'unchanged') onLoad(summary);
  }
  const { damages: left } = await checkLedger(store, clock.now());
  const broken = new Set(
    left.filter(({ partId }) => partId === null).flatMap(({ loadIds }) => loadIds),
  );
  for (const damage of left) {
    if (damage.partId === null || damage.loadIds.some((id) => broken.has(id))) continue;
    await giveUpPart(store, { ...damage, partId: damage.partId });
  }
}

/** Objects in the drop folder that may hold what is damaged. */
async function objectsOf(
  store: ObjectStore,
  damages: readonly Damage[],
): Promise<readonly string[]> {
  const keys = new Set<string>();
  for (const { feed, objects, partId } of damages) {
    if (partId !== null) continue;
    for (const key of objects) if ((await store.head(key)) !== null) keys.add(key);
    if (objects.length > 0) continue;
    for await (const { key } of store.list(`${dropFolder}${feed}/`, () => {})) {
      if (isDelivery(key)) keys.add(key);
    }
  }
  return [...keys].sort();
}

/** First out of the ledger, then its rows; the seal last: cut short, it is begun again. */
async function giveUpPart(
  store: ObjectStore,
  { feed, partId }: Damage & { readonly partId: string },
): Promise<void> {
  for (const table of [compaction, acceptedTable(feeds[feed]), pseudonym]) {
    await store.delete(compactedKey(table, { feed, partId }));
  }
  await store.delete(partSealKey(feed, partId));
}
