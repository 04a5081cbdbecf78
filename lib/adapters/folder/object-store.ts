import { randomUUID } from 'node:crypto';
import {
  createWriteStream,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ObjectError, StorageError } from '../../errors.ts';
import type { ObjectStore, OddObject, StoredObject } from '../../ports/object-store.ts';
import { checkedKey, checkedPrefix } from '../object-key.ts';
import { absentAsNull, etagNow, etagOf, statAtRest } from './etag.ts';
import { locked } from './lock.ts';
import { scratchFolder } from './scratch.ts';
import { spoiltFiles } from './spoilt-files.ts';
import { isNoAccess, walk } from './walk.ts';

/**
 * The objects of a local folder, keyed by their paths below it. An object is written under a
 * temporary name in `.scratch/`, flushed to the disk and then given its name in one step, so that
 * neither a reader nor a power cut ever sees a part of one. Names that begin with a dot are no
 * objects. Unlike a bucket, a folder cannot hold both `a` and `a/b`.
 */
export function openFolderStore(folder: string): ObjectStore {
  const root = resolve(folder);
  const scratch = join(root, scratchFolder);

  async function head(key: string): Promise<StoredObject | null> {
    const found = await guard('look at', key, () => statAtRest(pathOf(key)));
    if (found === null) return null;
    return {
      key,
      bytes: Number(found.size),
      etag: etagOf(found),
      modifiedAt: new Date(Number(found.mtimeNs / 1_000_000n)),
    };
  }

  async function* list(
    prefix: string,
    onOdd?: (odd: OddObject) => void,
  ): AsyncIterable<StoredObject> {
    const keys = walk({
      root,
      prefix: checkedPrefix(prefix),
      onOdd: onOdd ?? refuseOdd,
    });
    for (;;) {
      const next = await guard('list', prefix, () => keys.next());
      if (next.done) return;
      const found = await head(next.value);
      if (found !== null) yield found;
    }
  }

  async function get(key: string): ReturnType<ObjectStore['get']> {
    const path = pathOf(key);
    return await guard('read', key, async () => {
      for (;;) {
        const before = await statAtRest(path);
        if (before === null) return null;
        const body = await contentOf(path, Number(before.size));
        const etag = etagOf(before);
        // Another etag now: the object was replaced meanwhile, and the body may be of either.
        if (body !== null && etagNow(path) === etag) return { body, etag };
      }
    });
  }

  async function getStream(key: string): Promise<Readable> {
    return await guard('read', key, async () => {
      const handle = await open(pathOf(key)).catch((error: NodeJS.ErrnoException) => {
        if (!isNoAccess(error)) return absentAsNull(error);
        throw new ObjectError(
          'no_access',
          `Cannot read ${key}: this user must have the right to.`,
          {
            cause: error,
          },
        );
      });
      if (!(await handle?.stat())?.isFile()) {
        await handle?.close();
        throw new StorageError(`Cannot read ${key}: there must be such an object.`);
      }
      return (handle as NonNullable<typeof handle>).createReadStream();
    });
  }

  /**
   * Writes the whole body to a temporary file, then has `place` give it its name while no other
   * store changes names (or removes the folder it goes to).
   */
  async function written<T>(
    key: string,
    body: Readable,
    place: (temporary: string, path: string) => T,
  ): Promise<T> {
    const path = pathOf(key);
    const temporary = join(scratch, `put-${randomUUID()}`);
    return await guard('write', key, async () => {
      await mkdir(scratch, { recursive: true });
      try {
        await pipeline(body, createWriteStream(temporary, { flags: 'wx', flush: true }));
        const placed = locked(scratch, () => {
          mkdirSync(dirname(path), { recursive: true });
          return place(temporary, path);
        });
        await flushFolders(root, dirname(path));
        return placed;
      } finally {
        await rm(temporary, { force: true });
      }
    });
  }

  async function put(key: string, body: Buffer | string): Promise<void> {
    await written(key, streamOf(body), renameSync);
  }

  async function putStream(key: string, body: Readable): Promise<null> {
    await written(key, body, renameSync);
    return null;
  }

  async function putIfAbsent(key: string, body: Buffer | string): Promise<boolean> {
    return await written(key, streamOf(body), placeIfAbsent);
  }

  async function compareAndSet(
    key: string,
    body: Buffer | string,
    expected: string | null,
  ): Promise<boolean> {
    if (expected === null) return await putIfAbsent(key, body);
    return await written(key, streamOf(body), (temporary, path) => {
      if (etagNow(path) !== expected) return false;
      renameSync(temporary, path);
      return true;
    });
  }

  async function remove(key: string): Promise<void> {
    const path = pathOf(key);
    await guard('delete', key, async () => {
      if ((await stat(path).catch(absentAsNull))?.isFile() !== true) return;
      locked(scratch, () => {
        rmSync(path, { force: true });
        removeEmptyFolders(root, dirname(path));
      });
    });
  }

  function pathOf(key: string): string {
    return join(root, checkedKey(key));
  }

  return {
    list,
    head,
    get,
    getStream,
    put,
    putStream,
    putIfAbsent,
    compareAndSet,
    spoilt: (objects) => guard('read', 'what is kept', () => spoiltFiles(objects, pathOf)),
    delete: remove,
  };
}

/** A small file is read at once: that takes a tenth of a trip through the pool of threads. */
async function contentOf(path: string, bytes: number): Promise<Buffer | null> {
  try {
    return bytes < 2 ** 20 ? readFileSync(path) : await readFile(path);
  } catch (error) {
    return absentAsNull(error as NodeJS.ErrnoException);
  }
}

/** Where only objects are expected; empty folders, pipes and links to nothing hurt nobody. */
function refuseOdd({ key, reason }: OddObject, why: string): void {
  if (reason === 'empty_folder') return;
  if (reason === 'not_a_file' && !why.includes('link')) return;
  throw new StorageError(`Cannot list ${key}: ${why}.`);
}

function streamOf(body: Buffer | string): Readable {
  return Readable.from([Buffer.from(body)]);
}

/** A second name for the file, which fails where the name is taken: the one step that decides. */
function placeIfAbsent(temporary: string, path: string): boolean {
  try {
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  rmSync(temporary);
  return true;
}

/** A new name is safe from a power cut when its folder is flushed, and each folder above it. */
async function flushFolders(root: string, folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  for (let path = folder; ; path = dirname(path)) {
    const handle = await open(path).catch(absentAsNull);
    await handle?.sync();
    await handle?.close();
    if (path === root || path === dirname(path)) return;
  }
}

function removeEmptyFolders(root: string, folder: string): void {
  for (let path = folder; path !== root; path = dirname(path)) {
    try {
      rmdirSync(path);
    } catch {
      return;
    }
  }
}

async function guard<T>(action: string, key: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof StorageError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new StorageError(`Cannot ${action} ${key}: ${message}`, { cause });
  }
}
