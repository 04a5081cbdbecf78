import { cp, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openDuckDbEngine } from '../../lib/adapters/duckdb/query-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { type Retired, retireRuns } from '../../lib/keeping/retire.ts';
import { readPointer } from '../../lib/stages/publish/pointer.ts';
import { allTables } from '../../lib/tables/all.ts';
import { makeHome, type TestHome } from '../night/home.ts';

const dates = ['2025-01-31', '2025-02-28', '2025-03-31'];
const customers = 'tables/customer';
let home: TestHome;

/** Three published nights, and a failed one between them. */
beforeEach(async () => {
  home = await makeHome();
  await home.drop({
    'drop/orders/web/a.csv': 'ordered_at,order_id,customer_id,amount\n2025-01-05,1,a,10\n',
  });
  await home.ingest();
  for (const asOf of dates) await home.night({ asOf });
  const run = (date: string, attempt: string) =>
    join(home.folder, customers, `snapshot_on=${date}`, `run_id=${date}-${attempt}`);
  await cp(run('2025-02-28', '1'), run('2025-02-28', '2'), { recursive: true });
});

/** Retires as if it were a day, everything having been written on the day of its own date. */
async function retireOn(day: string, publishedDays: number): Promise<Retired> {
  const store = openFolderStore(home.folder);
  for await (const { key } of store.list('tables/')) {
    const date = new Date(/snapshot_on=([\d-]+)/.exec(key)?.[1] ?? '');
    await utimes(join(home.folder, key), date, date);
  }
  const engine = await openDuckDbEngine({ folder: home.folder, tables: allTables });
  const clock = { now: () => new Date(`${day}T15:00:00Z`) };
  try {
    return await retireRuns({ store, engine, clock }, { publishedDays, unpublishedDays: 15 });
  } finally {
    await engine.close();
  }
}

async function customerRuns(): Promise<string[]> {
  const files = await readdir(join(home.folder, customers), { recursive: true });
  return files
    .filter((file) => file.endsWith('.parquet'))
    .map((file) => /run_id=([^/]+)/.exec(file)?.[1] ?? '')
    .sort();
}

async function publishedDates(): Promise<(string | undefined)[]> {
  const pointer = await readPointer(openFolderStore(home.folder));
  return (pointer?.runs ?? []).map(({ snapshotOn }) => snapshotOn).sort();
}

test('a run that was not published goes away when no redrive can come any more', async () => {
  await retireOn('2025-03-10', 1000);
  expect(await customerRuns()).toContain('2025-02-28-2');
  const { countDeletedObjects, countForgottenRuns } = await retireOn('2025-04-10', 1000);
  expect(countDeletedObjects).toBeGreaterThan(0);
  expect(countForgottenRuns).toBe(0);
  expect(await customerRuns()).toEqual(dates.map((date) => `${date}-1`));
});

test('a published date leaves the views first and its files the next time', async () => {
  expect((await retireOn('2025-04-10', 45)).countForgottenRuns).toBe(1);
  expect(await publishedDates()).toEqual(['2025-02-28', '2025-03-31']);
  expect(await customerRuns()).toContain('2025-01-31-1');
  await retireOn('2025-04-17', 60);
  expect(await customerRuns()).toEqual(['2025-02-28-1', '2025-03-31-1']);
});

test('the current run stays, however old it is', async () => {
  await retireOn('2035-01-01', 1);
  await retireOn('2035-01-08', 1);
  expect(await publishedDates()).toEqual(['2025-03-31']);
  expect(await customerRuns()).toEqual(['2025-03-31-1']);
  expect(await home.ask('select count(*) as n from customer')).toEqual([{ n: 1 }]);
});

test('rounds of a repeated step are no published runs', async () => {
  const rounds = async () =>
    (await readdir(join(home.folder, 'tables/identity_component'), { recursive: true })).filter(
      (file) => /-r\d+\/.*parquet$/.test(file),
    ).length;
  expect(await rounds()).toBeGreaterThan(0);
  await retireOn('2025-06-01', 1000);
  expect(await rounds()).toBe(0);
});
