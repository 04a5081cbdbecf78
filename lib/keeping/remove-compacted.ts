import { feedNames, feeds } from '../feeds/all.ts';
import { loadIdOf, partsFolder } from '../ingest/ledger/ledger.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import { bind } from '../sql/bind.ts';
import { acceptedTable } from '../tables/accepted.ts';

/**
 * Removes the own files of loads that were compacted before a day (`YYYY-MM-DD`): the compacted part
 * holds the same rows by load and record number, and a night names the files it reads only until it
 * is done. Returns how many objects that were.
 */
export async function removeCompacted(
  { store, engine }: { readonly store: ObjectStore; readonly engine: QueryEngine },
  before: string,
): Promise<number> {
  const rows = await engine.read(
    bind('select distinct load_id from compaction where cast(compacted_at as date) < :before', {
      before: { type: 'date', value: before },
    }),
  );
  const compacted = new Set(rows.map(({ load_id }) => load_id));
  if (compacted.size === 0) return 0;
  const keys: string[] = [];
  for (const feed of feedNames) {
    for await (const { key } of store.list(partsFolder(acceptedTable(feeds[feed]), feed))) {
      const loadId = loadIdOf(key);
      if (loadId !== null && compacted.has(loadId)) keys.push(key);
    }
  }
  for (const key of keys) await store.delete(key);
  return keys.length;
}
