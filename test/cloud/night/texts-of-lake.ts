import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ObjectStore } from '../../../lib/ports/object-store.ts';
import { textsOfFolder } from '../../keys/texts-of-folder.ts';

/** Every object of a bucket by its key, as text; of a Parquet file its rows. */
export async function textsOfLake(store: ObjectStore): Promise<ReadonlyMap<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-lake-'));
  try {
    for await (const { key } of store.list('')) {
      const path = join(folder, key);
      await mkdir(dirname(path), { recursive: true });
      await pipeline(await store.getStream(key), createWriteStream(path));
    }
    return await textsOfFolder(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
