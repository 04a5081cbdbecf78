import { StorageError } from '../../errors.ts';
import { feeds, isFeedName } from '../../feeds/all.ts';
import { loadIdOf, partIdOf, partsFolder } from '../../ingest/ledger/ledger.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { bind } from '../../sql/bind.ts';
import { acceptedTable } from '../../tables/accepted.ts';
import type { Night } from '../stage.ts';

/** The frozen parts that must have rows, each with the file that it was loaded from. */
const frozen = `
select i.feed, i.name, min(l.file) as file
from run_input i
join load l on l.load_id = i.load_id
where i.snapshot_on = :as_of and i.run_id = :run_id and i.kind = 'part' and l.accepted > 0
group by i.feed, i.name`;

/**
 * Every part that the night reads must be there: a query takes one that is gone for one of no rows.
 * Fails with a StorageError that names the files whose rows are lost.
 */
export async function requireParts({ engine, store, parameters, run }: Night): Promise<void> {
  const parts = await engine.read(bind(frozen, parameters));
  const stored = new Map<string, ReadonlySet<string>>();
  for (const feed of new Set(parts.map((part) => String(part.feed)))) {
    stored.set(feed, await storedParts(store, feed));
  }
  const lost = parts.filter(({ feed, name }) => !stored.get(String(feed))?.has(String(name)));
  if (lost.length === 0) return;
  const files = lost.map(
    ({ feed, name, file }) => `  - ${file} (part ${name} of accepted/${feed}/)`,
  );
  throw new StorageError(
    `Cannot freeze run ${run.runId}: every part that was loaded must be there: ${lost.length} of ${parts.length} are lost. What was published before stays. Put accepted/ back from a copy of the home.\n${files.join('\n')}`,
  );
}

async function storedParts(store: ObjectStore, feed: string): Promise<ReadonlySet<string>> {
  const parts = new Set<string>();
  if (!isFeedName(feed)) return parts;
  for await (const { key } of store.list(partsFolder(acceptedTable(feeds[feed]), feed))) {
    const part = partIdOf(key) ?? loadIdOf(key);
    if (part !== null) parts.add(part);
  }
  return parts;
}
