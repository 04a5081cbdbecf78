import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../../errors.ts';
import { absentAsNull } from './etag.ts';

/**
 * The keys of all files below a folder that begin with `prefix`, in byte order, one folder in memory
 * at a time. Names that begin with a dot are passed over; links are followed.
 */
export async function* walk(root: string, prefix: string): AsyncGenerator<string> {
  const start = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  yield* walkFolder(root, start, prefix, []);
}

async function* walkFolder(
  root: string,
  folder: string,
  prefix: string,
  above: readonly string[],
): AsyncGenerator<string> {
  const path = join(root, folder);
  const found = await stat(path, { bigint: true }).catch(absentAsNull);
  if (found === null || !found.isDirectory()) return;
  const identity = `${found.dev}:${found.ino}`;
  if (above.includes(identity)) {
    throw new StorageError(
      `Cannot list ${folder}: a link must not lead back to a folder that it lies in.`,
    );
  }
  for (const name of await namesIn(path, folder)) {
    const key = `${folder}${name}`;
    if (!key.startsWith(prefix) && !prefix.startsWith(key)) continue;
    if (name.endsWith('/')) yield* walkFolder(root, key, prefix, [...above, identity]);
    else if (key.startsWith(prefix)) yield key;
  }
}

/**
 * The names in a folder, those of folders with a `/` behind them: the place of `a.csv`, `a/b` and
 * `a0` among the keys follows from that.
 */
async function namesIn(path: string, folder: string): Promise<string[]> {
  const entries = (await readdir(path, { withFileTypes: true }).catch(absentAsNull)) ?? [];
  const names: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    if (entry.name.includes('\ufffd')) {
      throw new StorageError(`Cannot list ${folder || 'the folder'}: file names must be UTF-8.`);
    }
    const isFolder = entry.isSymbolicLink()
      ? (await stat(join(path, entry.name)).catch(absentAsNull))?.isDirectory()
      : entry.isDirectory();
    names.push(isFolder ? `${entry.name}/` : entry.name);
  }
  return names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
