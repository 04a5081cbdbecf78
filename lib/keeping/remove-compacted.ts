import { feedNames, feeds } from '../feeds/all.ts';
import { loadIdOf, partsFolder } from '../ingest/ledger/ledger.ts';
import { partSealsPrefix, readSeal } from '../ingest/ledger/seal.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import { bind } from '../sql/bind.ts';
import { acceptedTable } from '../tables/accepted.ts';
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
    const intact = new Set(await intactParts(store, feed));
    const isHeld = (loadId: string | null) =>
      (partsOf.get(loadId ?? '') ?? []).some(({ part_id }) => intact.has(part_id as string));
    for (const table of [acceptedTable(feeds[feed]), pseudonym]) {
      const own: string[] = [];
      for await (const { key } of store.list(partsFolder(table, feed))) {
        if (isHeld(loadIdOf(key))) own.push(key);
      }
      for (const key of own) await store.delete(key);
      removed += own.length;
    }
  }
  return removed;
}

/** Compacted parts that are as they were written: what they hold is not only theirs while they are not. */
async function intactParts(store: ObjectStore, feed: string): Promise<readonly string[]> {
  const parts: string[] = [];
  for await (const { key } of store.list(partSealsPrefix(feed))) {
    const seal = (await readSeal(store, key))?.seal ?? null;
    if (seal?.part_id == null || (await store.spoilt(seal.files)).length > 0) continue;
    parts.push(seal.part_id);
  }
  return parts;
}
