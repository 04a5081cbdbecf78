import { beforeAll, expect, test } from 'vitest';
import type { LoadSummary } from '../../lib/ingest/services.ts';
import { badRows } from '../../lib/sample/bad-rows.ts';
import { sampleConfiguration } from '../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../lib/sample/shop.ts';
import { makeHome } from '../night/home.ts';

let loads: readonly LoadSummary[];

beforeAll(async () => {
  const home = await makeHome(sampleConfiguration);
  const files = [...makeSampleShop({ customers: 100, seed: 3 })];
  await home.drop(Object.fromEntries(files.map(({ key, body }) => [key, body])));
  loads = await home.ingest();
});

test('every file of the sample shop is loaded by its configuration', () => {
  expect(loads.length).toBe(9);
  expect(loads.filter(({ status }) => status !== 'loaded')).toEqual([]);
});

test('exactly the bad rows are refused, each by its rule', () => {
  const refused = loads.flatMap(({ file, problems }) =>
    problems.map(({ rule }) => `${file} ${rule}`),
  );
  expect(refused.toSorted()).toEqual(badRows.map(({ key, rule }) => `${key} ${rule}`).toSorted());
  expect(loads.reduce((sum, load) => sum + load.quarantined, 0)).toBe(badRows.length);
});

test('every other record is accepted', () => {
  for (const { recordsIn, accepted, quarantined } of loads) {
    expect(accepted).toBe(recordsIn - quarantined);
  }
});
