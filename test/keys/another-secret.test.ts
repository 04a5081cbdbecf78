import { beforeAll, expect, test } from 'vitest';
import { Secret } from '../../lib/keys/secret.ts';
import { sampleAsOf } from '../../lib/sample/calendar.ts';
import { sampleConfiguration } from '../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../lib/sample/shop.ts';
import { allTables } from '../../lib/tables/all.ts';
import { makeHome, type TestHome } from '../night/home.ts';

const shop = Object.fromEntries(
  [...makeSampleShop({ customers: 150, seed: 3 })].map(({ key, body }) => [key, body]),
);
const pureTables = allTables.filter(({ promise }) => promise !== 'bookkeeping');

async function homeOf(secret: Secret): Promise<TestHome> {
  const home = await makeHome(sampleConfiguration, { secret });
  await home.drop(shop);
  await home.ingest();
  await home.night({ asOf: sampleAsOf });
  return home;
}

let homes: readonly TestHome[];

beforeAll(async () => {
  const secrets = ['one'.repeat(12), 'two'.repeat(12)];
  homes = await Promise.all(secrets.map((text) => homeOf(Secret.of(text, 'the test'))));
});

/** What a customer is called instead of by a key: the least identifier. */
async function namesOf(home: TestHome): Promise<ReadonlyMap<string, string>> {
  const rows = await home.ask(
    `select customer_key, min(kind || ' ' || source || ' ' || value) as name
     from customer_identifier group by customer_key`,
  );
  return new Map(rows.map(({ customer_key, name }) => [customer_key as string, name as string]));
}

/** The rows of a table as texts, each key replaced, in no order: the files are in that of the keys. */
async function rowsOf(home: TestHome, table: string): Promise<string[]> {
  const names = await namesOf(home);
  const rows = await home.ask(`select * from ${table}`);
  return rows
    .map(({ pseudonym, ...row }) =>
      JSON.stringify(row).replaceAll(/\b[0-9a-f]{20}\b/g, (key) => names.get(key) ?? key),
    )
    .sort();
}

test('with another secret no customer has the key that he had', async () => {
  const [one, other] = await Promise.all(homes.map(namesOf));
  expect(one?.size).toBeGreaterThan(100);
  expect([...(one ?? [])].filter(([key]) => other?.has(key))).toEqual([]);
  expect([...(one?.values() ?? [])].sort()).toEqual([...(other?.values() ?? [])].sort());
});

test.each(pureTables.map(({ name }) => name))('%s is the same but for keys', async (table) => {
  const [one, other] = await Promise.all(homes.map((home) => rowsOf(home, table)));
  expect(one).toEqual(other);
});
