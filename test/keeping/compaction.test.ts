import { cp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { openDuckDbEngine } from '../../lib/adapters/duckdb/query-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { parseConfig } from '../../lib/config.ts';
import { ingestObject } from '../../lib/ingest/ingest.ts';
import { compactParts } from '../../lib/keeping/compact-parts.ts';
import { removeCompacted } from '../../lib/keeping/remove-compacted.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import { allTables } from '../../lib/tables/all.ts';
import { type Drop, makeHome, type TestHome } from '../night/home.ts';
import { testSecret } from '../secret.ts';

const asOf = '2025-12-31';
const pureTables = allTables.filter(({ promise }) => promise === 'pure').map(({ name }) => name);

function line(order: number, net: number): string {
  return `${order},2025-0${1 + (order % 9)}-05,C${order % 7},${net + 2},${net}\n`;
}

function file(lines: readonly string[]): string {
  return `No,Date,Customer,Gross,Net\n${lines.join('')}`;
}

/** A file a day; each order is corrected by the file four days later, if there is one. */
const days: Drop = Object.fromEntries(
  Array.from({ length: 70 }, (_, day) => {
    const lines = [line(day, day), ...(day < 4 ? [] : [line(day - 4, 1000 + day)])];
    return [`drop/orders/till/day-${day}.csv`, file(lines)];
  }),
);

function till(amount: string) {
  const columns = { order_id: 'No', ordered_at: 'Date', customer_id: 'Customer', amount };
  return { sources: { till: { orders: { columns } } } };
}

function servicesOf(home: TestHome, store: ObjectStore = openFolderStore(home.folder)) {
  const clock = { now: () => new Date('2025-12-31T00:00:00Z') };
  const scratch = join(home.folder, '.scratch');
  const config = parseConfig(till('Net'));
  return { store, openFileEngine, clock, config, secret: testSecret, scratch };
}

/** Digests of what readers see after a night; whatever the parts, it must be the same. */
async function nightOf(home: TestHome): Promise<Record<string, string>> {
  await home.night({ asOf });
  const pointer = JSON.parse(await readFile(join(home.folder, 'published/latest.json'), 'utf8'));
  return Object.fromEntries(pureTables.map((name) => [name, pointer.tables[name].sha256]));
}

async function sales(home: TestHome) {
  const [found] = await home.ask('select count(*) as lines, sum(net_sales) as net from order_line');
  return found;
}

async function partsRead(home: TestHome) {
  const [read] = await home.ask(
    "select count(*) as loads, count(distinct load_id) as once, count(distinct name) as parts from run_input where kind = 'part'",
  );
  return read;
}

/** What was ingested once, for all tests; nothing is compacted yet. */
let ingested: TestHome;
let digests: Record<string, string>;
const net = (66 * 65) / 2 + 66 * 1004 + 66 + 67 + 68 + 69;

beforeAll(async () => {
  ingested = await makeHome(till('Net'));
  await ingested.drop(days);
  for (const key of Object.keys(days)) await ingestObject(servicesOf(ingested), key);
  digests = await nightOf(ingested);
  expect(await partsRead(ingested)).toEqual({ loads: 70, once: 70, parts: 70 });
  expect(await sales(ingested)).toEqual({ lines: 70, net: `${net}.0000` });
});

async function copyOfIngested(): Promise<TestHome> {
  const home = await makeHome(till('Net'));
  for (const folder of ['drop', 'ledger', 'load', 'delivery', 'accepted', 'pseudonym']) {
    await cp(join(ingested.folder, folder), join(home.folder, folder), {
      recursive: true,
      preserveTimestamps: true,
    });
  }
  return home;
}

test('64 small loads become one part, whose rows give the same tables, also without the old parts', async () => {
  const home = await copyOfIngested();
  const [partId] = await compactParts(servicesOf(home), 'orders');
  expect(await nightOf(home)).toEqual(digests);
  expect(await partsRead(home)).toEqual({ loads: 70, once: 70, parts: 7 });
  const compacted = await home.ask(`select load_id from run_input where name = '${partId}'`);
  expect(compacted).toHaveLength(64);
  for (const { load_id } of compacted) {
    await rm(join(home.folder, `accepted/orders/load=${load_id}`), { recursive: true });
  }
  expect(await nightOf(home)).toEqual(digests);
  expect(await compactParts(servicesOf(home), 'orders')).toEqual([]);
});

test('files that were compacted go when no night can need them, and no table changes', async () => {
  const home = await copyOfIngested();
  await compactParts(servicesOf(home), 'orders');
  const engine = await openDuckDbEngine({ folder: home.folder, tables: allTables });
  const remove = (before: string) =>
    removeCompacted({ store: openFolderStore(home.folder), engine }, before);
  try {
    expect(await remove('2025-12-31')).toBe(0);
    // Accepted rows and pseudonyms.
    expect(await remove('2026-01-01')).toBe(2 * 64);
    expect(await remove('2026-01-01')).toBe(0);
  } finally {
    await engine.close();
  }
  expect(await readdir(join(home.folder, 'accepted/orders'))).toHaveLength(7);
  expect(await nightOf(home)).toEqual(digests);
  expect((await home.ingest()).map(({ status }) => status)).toEqual(Array(70).fill('unchanged'));
  expect(await nightOf(home)).toEqual(digests);
});

test('a compaction that is cut short changes nothing, and the next one does its work', async () => {
  const home = await copyOfIngested();
  const store = openFolderStore(home.folder);
  const cut: ObjectStore = {
    ...store,
    putStream: async (key, body) => {
      if (key.startsWith('compaction/')) throw new Error('cut');
      return await store.putStream(key, body);
    },
  };
  await expect(compactParts(servicesOf(home, cut), 'orders')).rejects.toThrow('cut');
  expect(await nightOf(home)).toEqual(digests);
  expect(await partsRead(home)).toEqual({ loads: 70, once: 70, parts: 70 });
  expect(await compactParts(servicesOf(home), 'orders')).toHaveLength(1);
  expect(await nightOf(home)).toEqual(digests);
  expect(await partsRead(home)).toEqual({ loads: 70, once: 70, parts: 7 });
});

test('two compactions at once make the same part, and loads that two parts hold count once', async () => {
  const home = await copyOfIngested();
  const services = servicesOf(home);
  const [one, other] = await Promise.all([
    compactParts(services, 'orders'),
    compactParts(services, 'orders'),
  ]);
  expect(one).toEqual(other);
  const { store } = services;
  /** As one sees it that began before the first part was there, and before the first load was. */
  const earlier: ObjectStore = {
    ...store,
    async *list(prefix) {
      if (prefix.startsWith('ledger/orders/part=')) return;
      let isFirst = prefix.startsWith('accepted/');
      for await (const object of store.list(prefix)) {
        if (!isFirst) yield object;
        isFirst = false;
      }
    },
  };
  const third = await compactParts(servicesOf(home, earlier), 'orders');
  expect(third).toHaveLength(1);
  expect(third).not.toEqual(one);
  expect(await nightOf(home)).toEqual(digests);
  expect(await partsRead(home)).toMatchObject({ loads: 70, once: 70 });
});

test('loads that never ended are in no part', async () => {
  const home = await copyOfIngested();
  const loads = await readdir(join(home.folder, 'load/orders'));
  for (const load of loads.slice(0, 7)) {
    await rm(join(home.folder, 'load/orders', load), { recursive: true });
  }
  expect(await compactParts(servicesOf(home), 'orders')).toEqual([]);
});

test('a correction after a compaction wins, and a mended mapping supersedes what was compacted', async () => {
  const home = await copyOfIngested();
  await compactParts(servicesOf(home), 'orders');
  const late = 'drop/orders/till/late.csv';
  await home.drop({ [late]: file([line(69, 5000)]) });
  const later = new Date('2026-02-01T00:00:00Z');
  await utimes(join(home.folder, late), later, later);
  await home.ingest();
  await home.night({ asOf });
  expect(await sales(home)).toEqual({ lines: 70, net: `${net - 69 + 5000}.0000` });
  await home.ingest(till('Gross'));
  await home.night({ asOf });
  expect(await sales(home)).toEqual({ lines: 70, net: `${net - 69 + 5000 + 70 * 2}.0000` });
  const parts = await readdir(join(home.folder, 'compaction/orders'));
  expect(parts).toHaveLength(2);
});
