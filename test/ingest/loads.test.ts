import { readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { parseConfig } from '../../lib/config.ts';
import { ingestDrop } from '../../lib/ingest/ingest.ts';
import { testSecret } from '../secret.ts';
import { makeDropHome } from './home.ts';

const header = 'order_id,ordered_at,customer_id,amount\n';

function till(amount: string) {
  return { sources: { till: { orders: { columns: { ordered_at: 'Date', amount } } } } };
}

function ingestAgain(folder: string, configuration: unknown, store = openFolderStore(folder)) {
  return ingestDrop({
    store,
    openFileEngine,
    clock: { now: () => new Date(Date.UTC(2026, 1, 2)) },
    config: parseConfig(configuration),
    secret: testSecret,
    scratch: `${folder}/.scratch`,
  });
}

test('the same file read with a mended mapping is a new load of the same content', async () => {
  const home = await makeDropHome(till('Gross'));
  await home.drop({ 'orders/till/a.csv': 'Date,Gross,Net\n2026-01-05,12.00,10.00\n' });
  const [first] = await home.ingest();
  const [second] = await ingestAgain(home.folder, till('Net'));
  expect([first?.status, second?.status]).toEqual(['loaded', 'loaded']);
  expect(second?.loadId).not.toBe(first?.loadId);
  const loads = await home.read(
    'load',
    'select count(distinct content_sha256) as contents, count(*) as loads from rows',
  );
  expect(loads).toEqual([{ contents: 1, loads: 2 }]);
  const [third] = await ingestAgain(home.folder, till('Gross'));
  expect(third).toMatchObject({ status: 'unchanged', loadId: first?.loadId });
});

test('content A, then B, then A again under one key is two loads and three deliveries', async () => {
  const home = await makeDropHome();
  const loadIds: (string | null | undefined)[] = [];
  for (const amount of ['1.00', '2.00', '1.00']) {
    await home.drop({ 'orders/a.csv': `${header}1,2026-01-05,C1,${amount}\n` });
    const [load] = await home.ingest();
    loadIds.push(load?.loadId);
  }
  expect(loadIds[2]).toBe(loadIds[0]);
  expect(loadIds[1]).not.toBe(loadIds[0]);
  const deliveries = await home.read('delivery', 'select load_id from rows order by modified_at');
  expect(deliveries.map((row) => row.load_id)).toEqual(loadIds);
});

test('a repeated event is no second delivery', async () => {
  const home = await makeDropHome();
  await home.drop({ 'orders/a.csv': `${header}1,2026-01-05,C1,1.00\n` });
  for (let i = 0; i < 3; i += 1) await home.ingest();
  expect(await home.read('delivery', 'select count(*) as deliveries from rows')).toEqual([
    { deliveries: 1 },
  ]);
});

test('a load is the same whether its file was compressed or not', async () => {
  const home = await makeDropHome();
  const content = `${header}1,2026-01-05,C1,1.00\n`;
  await home.drop({ 'orders/a.csv': content, 'orders/b.csv.gz': gzipSync(content) });
  expect((await home.ingest()).map(({ status }) => status)).toEqual(['loaded', 'unchanged']);
});

test('a file with too many refused records is refused whole, from 100 records on', async () => {
  const home = await makeDropHome();
  const records = (count: number, bad: number) =>
    header +
    Array.from(
      { length: count },
      (_, i) => `${i},2026-01-05,C${i},${i < bad ? 'x' : '1.00'}\n`,
    ).join('');
  await home.drop({
    'orders/few.csv': records(99, 60),
    'orders/limit.csv': records(100, 20),
    'orders/many.csv': records(100, 21),
  });
  const [few, limit, many] = await home.ingest();
  expect(few).toMatchObject({ status: 'loaded', accepted: 39, quarantined: 60 });
  expect(limit).toMatchObject({ status: 'loaded', accepted: 80, quarantined: 20 });
  expect(many).toMatchObject({ status: 'refused', recordsIn: 100, accepted: 0, quarantined: 100 });
  expect(many?.problems[0]).toMatchObject({ rule: 'too_many_refused' });
  expect(many?.problems[0]?.hint).toContain('21 of 100 records are refused (not_a_number: 21)');
  expect(many?.problems[1]).toMatchObject({ rule: 'not_a_number', recordNumber: 1 });
  const [again] = (await ingestAgain(home.folder, { refused_share: 0.5 })).slice(-1);
  expect(again).toMatchObject({ status: 'loaded', accepted: 79 });
});

test('a refused file is told again until it is mended, and leaves no row', async () => {
  const home = await makeDropHome();
  await home.drop({ 'orders/a.csv': `${header}1,2026-01-05,"C1,1.00\n` });
  for (let i = 0; i < 2; i += 1) {
    const [load] = await home.ingest();
    expect(load).toMatchObject({ status: 'refused', recordsIn: 1, accepted: 0, quarantined: 1 });
  }
  expect(await home.read('accepted', 'select count(*) as accepted from rows')).toEqual([]);
  expect(
    await home.read('quarantine', 'select record_number, byte_offset, rule from rows'),
  ).toEqual([
    {
      record_number: 1,
      byte_offset: header.length + '1,2026-01-05,'.length,
      rule: 'unclosed_quote',
    },
  ]);
});

test('a crash before the load is written leaves nothing that counts, and no unfinished file', async () => {
  const home = await makeDropHome();
  await home.drop({ 'orders/a.csv': `${header}1,2026-01-05,C1,1.00\n` });
  const store = openFolderStore(home.folder);
  const failing = {
    ...store,
    putStream: async (key: string, body: Parameters<typeof store.putStream>[1]) => {
      if (key.startsWith('load/')) throw new Error('cut');
      return await store.putStream(key, body);
    },
  };
  const services = {
    store: failing,
    openFileEngine,
    clock: { now: () => new Date() },
    config: parseConfig({}),
    secret: testSecret,
    scratch: `${home.folder}/.scratch/ingest`,
  };
  await expect(ingestDrop(services)).rejects.toThrow('cut');
  expect(await readdir(services.scratch)).toEqual([]);
  expect(await home.read('load', 'select count(*) as loads from rows')).toEqual([]);
  const [load] = await home.ingest();
  expect(load).toMatchObject({ status: 'loaded', accepted: 1 });
});

test('what was loaded is not read again until it or the way to read it changes', async () => {
  const home = await makeDropHome(till('Gross'));
  await home.drop({
    'orders/till/a.csv': 'Date,Gross,Net\n2026-01-05,12.00,10.00\n',
    'orders/b.csv': `${header}1,2026-01-05,C1,1.00\n`,
    'orders/refused.csv': 'nothing,known\n',
  });
  const store = openFolderStore(home.folder);
  const read: string[] = [];
  const watched = {
    ...store,
    getStream: async (key: string) => {
      if (key.startsWith('drop/')) read.push(key);
      return await store.getStream(key);
    },
  };
  const again = async (configuration: unknown) => {
    read.length = 0;
    const loads = await ingestAgain(home.folder, configuration, watched);
    return loads.map(({ status }) => status).join(' ');
  };
  expect(await again(till('Gross'))).toBe('loaded refused loaded');
  // A refused file is told every night, so that it is not forgotten.
  expect(await again(till('Gross'))).toBe('unchanged refused unchanged');
  expect(read).toEqual(['drop/orders/refused.csv']);
  await home.drop({ 'orders/b.csv': `${header}2,2026-01-05,C1,2.00\n` });
  expect(await again(till('Gross'))).toBe('loaded refused unchanged');
  expect(await again(till('Net'))).toBe('unchanged refused loaded');
  expect(await again(till('Gross'))).toBe('unchanged refused unchanged');
  expect(read).toHaveLength(3);
});
