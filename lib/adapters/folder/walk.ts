import type { BigIntStats, Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { OddObject } from '../../ports/object-store.ts';
import { isUsableKey } from '../object-key.ts';
import { absentAsNull } from './etag.ts';

/** A walk over what begins with `prefix`, and who is told of what can be no object. */
interface Walk {
  readonly root: string;
  readonly prefix: string;
  readonly onOdd: (odd: OddObject, why: string) => void;
}

/**
 * The keys of all files below a folder that begin with `prefix`, in byte order, one folder in memory
 * at a time. Names that begin with a dot are passed over; links are followed.
 */
export async function* walk(options: Walk): AsyncGenerator<string> {
  yield* walkFolder(options, options.prefix.slice(0, options.prefix.lastIndexOf('/') + 1), []);
}

async function* walkFolder(
  options: Walk,
  folder: string,
  above: readonly string[],
): AsyncGenerator<string> {
  const { prefix, onOdd } = options;
  const found = await statFolder(options, folder);
  if (found === null || !found.isDirectory()) return;
  const identity = `${found.dev}:${found.ino}`;
  if (above.includes(identity)) {
    const odd = { key: folder.slice(0, -1), reason: 'not_a_file' } as const;
    onOdd(odd, 'a link must not lead back to a folder that it lies in');
    return;
  }
  const entries = await entriesOf(options, folder);
  if (entries.length === 0) {
    onOdd({ key: folder.slice(0, -1), reason: 'empty_folder' }, 'a folder must hold something');
  }
  for (const name of await namesIn(options, folder, entries)) {
    const key = `${folder}${name}`;
    if (!key.startsWith(prefix) && !prefix.startsWith(key)) continue;
    if (name.endsWith('/')) yield* walkFolder(options, key, [...above, identity]);
    else yield key;
  }
}

/**
 * The names in a folder, those of folders with a `/` behind them: the place of `a.csv`, `a/b` and
 * `a0` among the keys follows from that.
 */
async function namesIn(
  { root, prefix, onOdd }: Walk,
  folder: string,
  entries: readonly Dirent[],
): Promise<string[]> {
  const names: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const key = `${folder}${entry.name}`;
    if (!key.startsWith(prefix) && !prefix.startsWith(`${key}/`)) continue;
    if (entry.name.includes('\ufffd')) {
      onOdd({ key, reason: 'unusable_name' }, 'file names must be UTF-8');
    } else if (!isUsableKey(entry.name)) {
      const why = 'file names must hold no backslash and no control character';
      onOdd({ key, reason: 'unusable_name' }, why);
    } else {
      const kind = await kindOf(join(root, key), entry);
      if (kind === 'folder') names.push(`${entry.name}/`);
      else if (kind === 'file') names.push(entry.name);
      else onOdd({ key, reason: kind }, 'it must be a file that may be read');
    }
  }
  return names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** Null where there is none, or where the right to look at it is denied, which is told. */
async function statFolder({ root, onOdd }: Walk, folder: string): Promise<BigIntStats | null> {
  try {
    return await stat(join(root, folder), { bigint: true }).catch(absentAsNull);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!isNoAccess(error) && code !== 'ELOOP') throw error;
    const reason = code === 'ELOOP' ? 'not_a_file' : 'no_access';
    onOdd({ key: folder.slice(0, -1), reason }, 'the folder must be readable');
    return null;
  }
}

async function entriesOf({ root, onOdd }: Walk, folder: string): Promise<readonly Dirent[]> {
  try {
    return (await readdir(join(root, folder), { withFileTypes: true }).catch(absentAsNull)) ?? [];
  } catch (error) {
    if (!isNoAccess(error)) throw error;
    onOdd({ key: folder.slice(0, -1), reason: 'no_access' }, 'the folder must be readable');
    return [];
  }
}

async function kindOf(
  path: string,
  entry: Dirent,
): Promise<'folder' | 'file' | 'no_access' | 'not_a_file'> {
  let found: Pick<Stats, 'isFile' | 'isDirectory'> | null;
  try {
    const isLink = entry.isSymbolicLink();
    found = isLink || entry.isFile() ? await stat(path).catch(absentAsNull) : entry;
    // A file that is gone meanwhile is no odd one; a link to nothing is.
    if (found === null && !isLink) return 'file';
  } catch (error) {
    if (isNoAccess(error)) return 'no_access';
    if ((error as NodeJS.ErrnoException).code !== 'ELOOP') throw error;
    found = null;
  }
  if (found?.isDirectory() === true) return 'folder';
  return found?.isFile() === true ? 'file' : 'not_a_file';
}

/** Whether the system denies the right to look at a file or folder. */
export function isNoAccess(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'EACCES' || code === 'EPERM';
}
