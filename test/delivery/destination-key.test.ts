import { createHmac } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { deliver } from '../../lib/delivery/deliver.ts';
import type { Destination } from '../../lib/destinations/destination.ts';
import { allDestinations } from '../../lib/destinations/found.ts';
import { Secret } from '../../lib/keys/secret.ts';
import type { Row, Run } from '../../lib/ports/query-engine.ts';
import { testSecretText } from '../secret.ts';
import { makeSmallHome, type SmallHome } from './small-night.ts';

/** Two marketing tools that know customers by a key of their own; one asks for ours besides. */
vi.mock('../../lib/destinations/found.ts', async (original) => {
  const { allDestinations: known } =
    await original<typeof import('../../lib/destinations/found.ts')>();
  const header = ['destination_key', 'customer_key', 'op'];
  const pretend = (name: string): Destination => ({
    name,
    key: 'destination_key',
    header,
    row: (change: Row) => header.map((column) => change[column]),
  });
  return { allDestinations: [...known, pretend('one'), pretend('two')] };
});

const customers = ['ada', 'bea', 'cyd'];
let home: SmallHome;
let first: Run;
let second: Run;

const deliverAll = async () => {
  for (const destination of allDestinations) {
    await deliver(home, destination, { isConfirmed: true });
  }
};

beforeAll(async () => {
  home = await makeSmallHome();
  const destinations = ['generic', 'one', 'two'];
  first = await home.night('2026-01-01', { a: customers }, destinations);
  await deliverAll();
  second = await home.night('2026-01-02', { a: customers.slice(1) }, destinations);
  await deliverAll();
});
afterAll(() => home.close());

async function rowsOf(
  destination: string,
  run: Run,
  op: string,
): Promise<Record<string, string>[]> {
  const key = `audiences/${destination}/rfm-a/run_id=${run.runId}/${op}-0001.csv`;
  return parse((await home.store.get(key))?.body ?? '', { columns: true });
}

const keyAt = (destination: string, customer: string) =>
  createHmac('sha256', testSecretText)
    .update(`destination\n${destination}\n${customer}`)
    .digest('hex')
    .slice(0, 32);

test.each(['one', 'two'])('destination %s gets keys of its own and never ours', async (name) => {
  const rows = await rowsOf(name, first, 'upsert');
  expect(rows).toEqual(
    customers.map((customer) => ({
      destination_key: keyAt(name, customer),
      customer_key: '',
      op: 'upsert',
    })),
  );
});

test('who leaves is removed by the key that he was sent with', async () => {
  const left = await rowsOf('one', second, 'remove');
  expect(left.map((row) => row.destination_key)).toEqual([keyAt('one', 'ada')]);
});

test('two destinations share no key, and none of theirs is a customer key', async () => {
  const keys = await Promise.all(
    ['one', 'two'].map(async (name) =>
      (await rowsOf(name, first, 'upsert')).map((row) => row.destination_key),
    ),
  );
  expect(new Set([...keys.flat(), ...customers]).size).toBe(9);
});

test('the generic destination keeps the key of the customer, for BI', async () => {
  const rows = await rowsOf('generic', first, 'upsert');
  expect(rows.map((row) => row.customer_key)).toEqual(customers);
  expect(rows[0]).not.toHaveProperty('destination_key');
});

test('another secret would give a destination other keys', () => {
  const other = Secret.of('another'.repeat(6), 'the test');
  expect(other.mac('destination\none\nada')).not.toContain(keyAt('one', 'ada'));
});
