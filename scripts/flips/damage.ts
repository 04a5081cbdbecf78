import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Random } from '../../lib/sample/random.ts';

const folders = ['accepted', 'load', 'delivery', 'tables', 'published', 'sent'];
/** Kept as well, and damaged less often. */
const others = ['ledger', 'compaction', 'pseudonym', 'quarantine', 'runs', 'keys'];

export interface Damage {
  readonly key: string;
  readonly kind: 'flip' | 'truncation' | 'deletion';
}

/** Damages one file of a home as a failing disk would: its time of modification stays. */
export async function damageOne(home: string, random: Random): Promise<Damage> {
  const folder = random.pick(random.chance(0.8) ? folders : others);
  const entries = await readdir(join(home, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const path = random.pick(paths);
  const kind = random.pick(['flip', 'truncation', 'deletion'] as const);
  const key = relative(home, path);
  if (kind === 'deletion') {
    await rm(path);
    return { key, kind };
  }
  const { atime, mtime } = await stat(path);
  const body = await readFile(path);
  const place = random.below(body.length);
  if (kind === 'flip') body[place] = (body[place] as number) ^ (1 << random.below(8));
  await writeFile(path, kind === 'flip' ? body : body.subarray(0, place));
  await utimes(path, atime, mtime);
  return { key, kind };
}
