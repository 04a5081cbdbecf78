import { feedNames, feeds } from '../feeds/all.ts';
import { loadIdOf, partIdOf, partsFolder } from '../ingest/ledger/ledger.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import { bind } from '../sql/bind.ts';
import { acceptedTable } from '../tables/accepted.ts';
import type { TableContract } from '../tables/contract.ts';
import { pseudonym } from '../tables/pseudonym.ts';

interface Keeping {
  readonly store: ObjectStore;
  readonly engine: QueryEngine;
}

/**
 * Removes the own files of loads that were compacted before a day (`YYYY-MM-DD`): the compacted part
 * holds the same rows, and a night names the files it reads only until it is done. Returns how many
 * objects that were.
 */
export async function removeCompacted({ store, engine }: Keeping, before: string): Promise<number> {
  const rows = await engine.read(
    bind(
      'select distinct part_id, load_id from compaction where cast(compacted_at as date) < :before',
      { before: { type: 'date', value: before } },
    ),
  );
  const partsOf = Map.groupBy(rows, ({ load_id }) => load_id as string);
  if (partsOf.size === 0) return 0;
  let removed = 0;
  for (const feed of feedNames) {
    for (const table of [acceptedTable(feeds[feed]), pseudonym]) {
      const { own, parts } = await storedParts(store, table, feed);
      const isHeld = (loadId: string) =>
        (partsOf.get(loadId) ?? []).some(({ part_id }) => parts.has(part_id as string));
      for (const { key } of own.filter(({ loadId }) => isHeld(loadId))) {
        await store.delete(key);
        removed += 1;
      }
    }
  }
  return removed;
}

/** The files of a table that are a load's own, and the compacted parts that are there. */
async function storedParts(store: ObjectStore, table: TableContract, feed: string) {
  const own: { readonly key: string; readonly loadId: string }[] = [];
  const parts = new Set<string>();
  for await (const { key } of store.list(partsFolder(table, feed))) {
    const loadId = loadIdOf(key);
    const partId = partIdOf(key);
    if (loadId !== null) own.push({ key, loadId });
    if (partId !== null) parts.add(partId);
  }
  return { own, parts };
}
