import { execFile } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { beginWork } from '../../lib/adapters/folder/scratch.ts';
import { systemClock } from '../../lib/adapters/system-clock.ts';
import { StorageError } from '../../lib/errors.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import { objectStoreContract } from '../contracts/object-store.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-folder-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

objectStoreContract('openFolderStore()', async () => openFolderStore(folder));

describe('openFolderStore()', () => {
  let store: ObjectStore;

  beforeEach(() => {
    store = openFolderStore(folder);
  });

  async function keys(prefix: string): Promise<string[]> {
    const found: string[] = [];
    for await (const { key } of store.list(prefix)) found.push(key);
    return found;
  }

  it('keeps an object in the file of its key', async () => {
    await store.put('drop/orders/a.csv', 'x');
    expect(await readFile(join(folder, 'drop/orders/a.csv'), 'utf8')).toBe('x');
  });

  it('reads files that others put, with their modification time', async () => {
    await mkdir(join(folder, 'drop/orders'), { recursive: true });
    const path = join(folder, 'drop/orders/a.csv');
    await writeFile(path, 'abc');
    const modifiedAt = new Date('2024-02-29T12:00:00.125Z');
    await utimes(path, modifiedAt, modifiedAt);
    expect(await store.head('drop/orders/a.csv')).toMatchObject({ bytes: 3, modifiedAt });
  });

  it('gives another etag to a file rewritten in place with the same size and time', async () => {
    const path = join(folder, 'a.csv');
    const etags = new Set<string | undefined>();
    for (let i = 0; i < 20; i += 1) {
      await writeFile(path, String(i).padStart(4));
      await utimes(path, 1_700_000_000, 1_700_000_000);
      etags.add((await store.head('a.csv'))?.etag);
    }
    expect(etags.size).toBe(20);
  });

  it('gives no etag before the tick of the last change is over', async () => {
    await store.put('a', '1');
    const found = await store.head('a');
    expect(Date.now() - Number(found?.modifiedAt)).toBeGreaterThanOrEqual(19);
  });

  it('never lists scratch files or files whose name begins with a dot', async () => {
    await store.put('drop/a.csv', 'x');
    await writeFile(join(folder, 'drop/.DS_Store'), 'x');
    await mkdir(join(folder, 'drop/.hidden'));
    await writeFile(join(folder, 'drop/.hidden/b.csv'), 'x');
    await writeFile(join(folder, '.scratch/c.parquet'), 'x');
    expect(await keys('')).toEqual(['drop/a.csv']);
  });

  it('leaves nothing in the scratch folder but its lock', async () => {
    await store.put('a', '1');
    await store.putIfAbsent('a', '2');
    await store.compareAndSet('a', '3', 'other');
    expect(await readdir(join(folder, '.scratch'))).toEqual(['lock.sqlite']);
  });

  it('has what processes that died left behind removed by whoever works there alone', async () => {
    const left = async () => (await readdir(join(folder, '.scratch'))).sort();
    await mkdir(join(folder, '.scratch/ingest-dead'), { recursive: true });
    await writeFile(join(folder, '.scratch/put-dead'), 'x');
    const first = beginWork(folder);
    expect(await left()).toEqual(['work.sqlite']);
    await writeFile(join(folder, '.scratch/put-under-way'), 'x');
    beginWork(folder).end();
    expect(await left()).toEqual(['put-under-way', 'work.sqlite']);
    first.end();
    beginWork(folder).end();
    expect(await left()).toEqual(['work.sqlite']);
  });

  it('says which right a folder that may not be written to lacks', async () => {
    await writeFile(join(folder, '.scratch'), 'no folder');
    expect(() => beginWork(folder)).toThrow(/^Cannot work in .*: this user must have the right/);
  });

  it('removes the folders that a delete leaves empty', async () => {
    await store.put('tables/value/run_id=1/part.parquet', 'x');
    await store.put('tables/value/run_id=2/part.parquet', 'x');
    await store.delete('tables/value/run_id=1/part.parquet');
    expect(await readdir(join(folder, 'tables/value'))).toEqual(['run_id=2']);
  });

  it('lists through links, and refuses one that leads back to where it lies', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'clientele-elsewhere-'));
    try {
      await writeFile(join(elsewhere, 'b.csv'), 'x');
      await mkdir(join(folder, 'drop'));
      await symlink(elsewhere, join(folder, 'drop/orders'));
      expect(await keys('')).toEqual(['drop/orders/b.csv']);
      await symlink(folder, join(elsewhere, 'home'));
      await expect(keys('')).rejects.toThrow(/must not lead back/);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it('says so when a file name is not UTF-8 and does not pass over it', async () => {
    await mkdir(join(folder, 'drop'));
    await writeFile(Buffer.concat([Buffer.from(`${folder}/drop/caf`), Buffer.from([0xe9])]), 'x');
    await expect(keys('')).rejects.toThrow('Cannot list drop/caf\ufffd: file names must be UTF-8.');
  });

  it('fails with a StorageError where a key goes through a file', async () => {
    await store.put('a', '1');
    await expect(store.put('a/b', '2')).rejects.toBeInstanceOf(StorageError);
    expect(await store.get('a/b')).toBeNull();
  });

  it('loses no step of counters in several processes', async () => {
    const script = join(import.meta.dirname, 'folder-counter.ts');
    const run = promisify(execFile);
    await Promise.all(
      Array.from({ length: 4 }, () => run(process.execPath, [script, folder, '25'])),
    );
    expect((await store.get('counter'))?.body.toString()).toBe('100');
  });

  it('holds whole objects only when a process is killed while it writes', async () => {
    const module = JSON.stringify(
      join(import.meta.dirname, '../../lib/adapters/folder/object-store.ts'),
    );
    for (let round = 0; round < 5; round += 1) {
      const writer = execFile(process.execPath, [
        '--input-type=module',
        '--eval',
        `const { openFolderStore } = await import(${module});
         const store = openFolderStore(${JSON.stringify(folder)});
         for (let i = 0; ; i = (i + 1) % 10) {
           await store.put('object', String(i).repeat(5_000_000));
           process.stdout.write('.');
         }`,
      ]);
      await once(writer.stdout as NonNullable<typeof writer.stdout>, 'data');
      const ended = once(writer, 'exit');
      setTimeout(() => writer.kill('SIGKILL'), round * 7);
      await ended;
      const body = (await store.get('object'))?.body.toString() ?? '';
      expect(body.length).toBe(5_000_000);
      expect(new Set(body).size).toBe(1);
      expect(await keys('')).toEqual(['object']);
    }
  });

  it('is not held up by a process that was killed while it held the lock', async () => {
    await store.put('a', '1');
    const lock = JSON.stringify(join(folder, '.scratch/lock.sqlite'));
    const holder = execFile(process.execPath, [
      '--eval',
      `const { DatabaseSync } = require('node:sqlite');
       const lock = new DatabaseSync(${lock});
       lock.exec('begin exclusive');
       process.stdout.write('held');
       setInterval(() => lock.isOpen, 1000);`,
    ]);
    await once(holder.stdout as NonNullable<typeof holder.stdout>, 'data');
    const put = store.put('a', '2');
    holder.kill('SIGKILL');
    await put;
    expect((await store.get('a'))?.body.toString()).toBe('2');
  });
});

describe('systemClock', () => {
  it('tells the time of day', () => {
    const before = Date.now();
    const now = systemClock.now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});
