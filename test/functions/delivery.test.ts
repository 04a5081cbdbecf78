import { cp } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { ingestDrop } from '../../lib/ingest/ingest.ts';
import { sampleConfiguration } from '../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../lib/sample/shop.ts';
import { execute } from '../cloud/night/execution.ts';
import { type DeployedParts, deployedParts } from '../cloud/night/template.ts';
import { type EmbeddedCloud, openEmbeddedCloud, type StartQuery } from './embedded-cloud.ts';

let parts: DeployedParts;
let published: string;

const runQuery = (cloud: EmbeddedCloud) => (parameters: unknown) =>
  cloud.runQuery(parameters as StartQuery);

beforeAll(async () => {
  parts = deployedParts({ bucket: 'lake', database: 'clientele', workgroup: 'clientele' });
  const cloud = await openEmbeddedCloud(sampleConfiguration);
  for (const { key, body } of makeSampleShop({ customers: 60, seed: 7 })) {
    await cloud.store.put(key, body);
  }
  await ingestDrop(cloud);
  await execute({
    definition: parts.definition,
    invoke: cloud.invoke,
    runQuery: runQuery(cloud),
    name: 'night',
    input: { as_of: '2025-12-31' },
  });
  published = cloud.folder;
});

async function publishedCloud(): Promise<EmbeddedCloud> {
  const cloud = await openEmbeddedCloud(sampleConfiguration);
  await cp(published, cloud.folder, { recursive: true });
  return cloud;
}

const delivery = (cloud: EmbeddedCloud, input: Readonly<Record<string, unknown>> = {}) =>
  execute({
    definition: parts.delivery,
    invoke: cloud.invoke,
    runQuery: runQuery(cloud),
    name: 'delivery',
    input,
  });

async function keysOf({ store }: EmbeddedCloud): Promise<string[]> {
  return (await Array.fromAsync(store.list('audiences/'))).map(({ key, etag }) => `${key} ${etag}`);
}

test('the night ends with publishing and delivers nothing itself', async () => {
  expect(await keysOf(await publishedCloud())).toEqual([]);
});

test('a delivery writes the files of every audience, a second one nothing', async () => {
  const cloud = await publishedCloud();
  await delivery(cloud);
  const first = await keysOf(cloud);
  expect(first).toHaveLength(33);
  await delivery(cloud);
  expect(await keysOf(cloud)).toEqual(first);
});
