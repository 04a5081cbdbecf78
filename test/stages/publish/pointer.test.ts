import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolderStore } from '../../../lib/adapters/folder/object-store.ts';
import { StorageError } from '../../../lib/errors.ts';
import type { ObjectStore } from '../../../lib/ports/object-store.ts';
import type { QueryEngine, Run } from '../../../lib/ports/query-engine.ts';
import {
  movePointer,
  readPointer,
  readPublishedRun,
  showPublished,
} from '../../../lib/stages/publish/pointer.ts';

let folder: string;
let store: ObjectStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-'));
  store = openFolderStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (snapshotOn: string, attempt: number) => ({
  snapshotOn,
  runId: `${snapshotOn}-${attempt}`,
});

test('movePointer() keeps one run a date, newest date behind the current one', async () => {
  for (const next of [run('2026-01-01', 1), run('2026-01-03', 1), run('2026-01-01', 2)]) {
    await movePointer(store, next, { from: await readPointer(store), tables: [] });
  }
  const pointer = await readPointer(store);
  expect(pointer?.current).toEqual(run('2026-01-01', 2));
  expect(pointer?.runs).toEqual([run('2026-01-01', 2), run('2026-01-03', 1)]);
});

test('movePointer() lets one of two nights publish and tells the other', async () => {
  const from = await readPointer(store);
  const outcomes = await Promise.allSettled(
    [1, 2].map((attempt) => movePointer(store, run('2026-01-01', attempt), { from, tables: [] })),
  );
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(1);
  expect((refused[0] as PromiseRejectedResult).reason).toBeInstanceOf(StorageError);
});

test('movePointer() writes rows and hashes of every table for those who compare', async () => {
  await movePointer(store, run('2026-01-01', 1), {
    from: null,
    tables: [{ table: 'customer', rows: 3, files: [{ key: 'k', bytes: 9, sha256: 'abc' }] }],
  });
  const stored = await store.get('published/latest.json');
  const { sha256: manifestSha256 } = JSON.parse(
    String((await store.get('published/runs/2026-01-01-1.json'))?.body),
  );
  expect(JSON.parse(String(stored?.body))).toMatchObject({
    run_id: '2026-01-01-1',
    snapshot_on: '2026-01-01',
    tables: { customer: { rows: 3, sha256: 'abc' } },
    runs: [{ snapshot_on: '2026-01-01', run_id: '2026-01-01-1', sha256: manifestSha256 }],
  });
  expect(await readPublishedRun(store, '2026-01-01-1')).toEqual([
    { table: 'customer', rows: 3, files: [{ key: 'k', bytes: 9, sha256: 'abc' }] },
  ]);
  expect(await readPublishedRun(store, '2026-01-02-1')).toBe(null);
});

test.each([
  ['cut short', 'published/latest.json', (text: string) => text.slice(0, -9)],
  ['changed', 'published/latest.json', (text: string) => text.replace('"rows": 3', '"rows": 8')],
  ['foreign', 'published/latest.json', () => '{"a":1}'],
  ['changed', 'published/runs/2026-01-01-1.json', (text: string) => text.replace('abc', 'abd')],
])('a file that is %s is told: %s', async (_, key, damage) => {
  await movePointer(store, run('2026-01-01', 1), {
    from: null,
    tables: [{ table: 'customer', rows: 3, files: [{ key: 'k', bytes: 9, sha256: 'abc' }] }],
  });
  await store.put(key, damage(String((await store.get(key))?.body)));
  await expect(readPublishedRun(store, '2026-01-01-1')).rejects.toThrow(
    new RegExp(`^Cannot read ${key}: it must be as it was written: found one that is cut short`),
  );
});

test('a pointer that is gone is told where runs were published, and is none where never one was', async () => {
  expect(await readPointer(store)).toBe(null);
  await movePointer(store, run('2026-01-01', 1), { from: null, tables: [] });
  await store.delete('published/latest.json');
  await expect(readPointer(store)).rejects.toThrow('as runs were published here: found none');
  await expect(readPublishedRun(store, '2026-01-01-1')).rejects.toThrow('found none');
});

test('movePointer() moves once for a publisher that died before it could say so', async () => {
  const mine = run('2026-01-01', 1);
  const first = await movePointer(store, mine, { from: null, tables: [] });
  expect(await movePointer(store, mine, { from: null, tables: [] })).toEqual(first);
  await expect(
    movePointer(store, run('2026-01-01', 2), { from: null, tables: [] }),
  ).rejects.toBeInstanceOf(StorageError);
});

test('showPublished() shows the pointer as it is in the end, though it moves meanwhile', async () => {
  await movePointer(store, run('2026-01-01', 1), { from: null, tables: [] });
  const shown: string[] = [];
  const engine = {
    replaceViews: async ([current]: readonly Run[]) => {
      shown.push(current?.runId ?? '');
      if (shown.length > 1) return;
      const from = await readPointer(store);
      await movePointer(store, run('2026-01-02', 1), { from, tables: [] });
    },
  } as unknown as QueryEngine;
  await showPublished(store, engine);
  expect(shown).toEqual(['2026-01-01-1', '2026-01-02-1']);
});
