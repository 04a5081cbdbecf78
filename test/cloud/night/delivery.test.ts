import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sampleConfiguration } from '../../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../../lib/sample/shop.ts';
import type { Drop } from '../../night/home.ts';
import { makeHome } from '../../night/home.ts';
import { taskError } from './athena-task.ts';
import { type Cloud, openCloud } from './cloud.ts';

const shop: Drop = Object.fromEntries(
  [...makeSampleShop({ customers: 120, seed: 3 })].map(({ key, body }) => [key, body]),
);
const nights = ['2025-10-31', '2025-11-30', '2025-12-31'] as const;
const [first, second, third] = nights;
const yes = { yes: true };
let cloud: Cloud;

beforeAll(async () => {
  cloud = await openCloud({ servers: inject('cloud'), configuration: sampleConfiguration });
  await cloud.drop(shop);
  expect(await cloud.deliver(await cloud.messages())).toEqual([]);
});

afterAll(async () => {
  await cloud?.close();
});

/** Who is removed from any audience by the files of a run, in order. */
async function removals(
  store: Cloud['lake']['store'],
  asOf: string,
): Promise<Record<string, string[]>> {
  const files: Record<string, string[]> = {};
  for await (const { key } of store.list('audiences/generic/')) {
    if (!key.endsWith(`/run_id=${asOf}-1/remove-0001.csv`)) continue;
    const stored = await store.get(key);
    const lines = String(stored?.body).trim().split('\n').slice(1);
    files[key] = lines.map((line) => line.split(',')[0] ?? '');
  }
  return files;
}

test('a delivery that failed and was not redriven loses no removal of the next night', async () => {
  const home = await makeHome(sampleConfiguration);
  await home.drop(shop);
  await home.ingest();
  // The embedded home skips the second delivery altogether.
  for (const asOf of nights) {
    await home.night({ asOf });
    if (asOf !== second) await home.deliver({ isConfirmed: true });
  }
  const { openFolderStore } = await import('../../../lib/adapters/folder/object-store.ts');

  await cloud.night({ name: 'first', input: { as_of: first } });
  await cloud.delivery({ name: 'delivery-1', input: yes });
  await cloud.night({ name: 'second', input: { as_of: second } });
  const failing = cloud.delivery({
    name: 'delivery-2',
    input: yes,
    around: async () => {
      throw taskError('Lambda.Unknown', 'the function died');
    },
  });
  await expect(failing).rejects.toThrow('the function died');
  await cloud.night({ name: 'third', input: { as_of: third } });
  await cloud.delivery({ name: 'delivery-3', input: yes });

  const expected = await removals(openFolderStore(home.folder), third);
  expect(Object.values(expected).flat().length).toBeGreaterThan(20);
  expect(await removals(cloud.lake.store, third)).toEqual(expected);

  const keys = () =>
    Array.fromAsync(cloud.lake.store.list('audiences/'), ({ key, modifiedAt }) => [
      key,
      modifiedAt,
    ]);
  const before = await keys();
  await cloud.delivery({ name: 'delivery-4', input: {} });
  expect(await keys()).toEqual(before);
});
