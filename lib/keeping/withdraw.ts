import { join } from 'node:path';
import { ConfigurationError } from '../errors.ts';
import { instantText, writeParquetRows } from '../ingest/formats/parquet-rows.ts';
import { inScratch } from '../ingest/in-scratch.ts';
import { partsFolder, storeFile } from '../ingest/ledger/ledger.ts';
import { canonicalJson, sha256 } from '../ingest/ledger/load-id.ts';
import type { IngestServices } from '../ingest/services.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import { bind } from '../sql/bind.ts';
import { withdrawal } from '../tables/withdrawal.ts';

interface WithdrawServices
  extends Pick<IngestServices, 'store' | 'clock' | 'scratch' | 'openFileEngine'> {
  readonly engine: QueryEngine;
}

/** What was withdrawn, or taken back in. */
export interface Withdrawn {
  readonly file: string;
  readonly feed: string;
  /** Accepted rows of the content, as its last load has them. */
  readonly rows: number;
}

/** The content of a load, or the one that was delivered last under a key. */
const named = `
select l.feed, l.content_sha256, l.accepted, d.object_key
from load l
join delivery d on d.load_id = l.load_id
where l.status = 'loaded' and (l.load_id = :name or d.object_key = :name)
order by d.modified_at desc, l.loaded_at desc
limit 1`;

/**
 * Takes a content out of the next night, all its loads whatever their mapping, or back in. A later
 * delivery brings it back too; other contents of the same key count.
 * Fails with a ConfigurationError where nothing of that name was loaded.
 */
export async function withdraw(
  services: WithdrawServices,
  /** Key of a dropped file, or a load id. */
  name: string,
  { isUndone }: { readonly isUndone: boolean },
): Promise<Withdrawn> {
  const { store, clock, engine } = services;
  const [found] = await engine.read(bind(named, { name: { type: 'text', value: name } }));
  if (found === undefined) {
    throw new ConfigurationError(
      `Cannot withdraw ${name}: the key of a loaded file (drop/<feed>/…) or the id of a load is required: found none of that name.`,
    );
  }
  const feed = found.feed as string;
  const now = instantText(clock.now());
  const [last] = await engine.read(
    bind(
      `select max(d.modified_at) as modified_at from load l join delivery d on d.load_id = l.load_id
       where l.feed = :feed and l.content_sha256 = :content`,
      {
        feed: { type: 'text', value: feed },
        content: { type: 'text', value: found.content_sha256 as string },
      },
    ),
  );
  const delivered = last?.modified_at as string;
  const id = sha256(canonicalJson([feed, found.content_sha256, now, isUndone])).slice(0, 20);
  const row = {
    withdrawal_id: id,
    feed,
    content_sha256: found.content_sha256 as string,
    // A file may have a time to come.
    until_at: delivered > now ? delivered : now,
    is_undone: isUndone,
    noted_at: now,
  };
  await inScratch(services, async (scratch) => {
    const path = join(scratch.folder, 'withdrawal.parquet');
    await writeParquetRows(scratch, withdrawal, [row], path);
    await storeFile(store, path, `${partsFolder(withdrawal, feed)}${id}.parquet`);
  });
  return { file: found.object_key as string, feed, rows: found.accepted as number };
}
