import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { sampleAsOf } from '../../../lib/sample/calendar.ts';
import { sampleConfiguration } from '../../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../../lib/sample/shop.ts';
import { readPointer } from '../../../lib/stages/publish/pointer.ts';
import type { Drop } from '../../night/home.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { digestsOf, pureTables } from './digests.ts';
import { type EmbeddedNight, embeddedNights } from './embedded.ts';
import type { ExecutionResult } from './execution.ts';

const shop: Drop = Object.fromEntries(
  [...makeSampleShop({ customers: 400, seed: 1 })].map(({ key, body }) => [key, body]),
);

describe('the sample shop, dropped and run in the cloud', () => {
  let cloud: Cloud;
  let embedded: EmbeddedNight;
  let execution: ExecutionResult;

  beforeAll(async () => {
    [embedded] = (await embeddedNights(sampleConfiguration, [
      { drop: shop, asOf: sampleAsOf },
    ])) as [EmbeddedNight];
    cloud = await openCloud({ servers: inject('cloud'), configuration: sampleConfiguration });
    await cloud.drop(shop);
    const messages = await cloud.messages();
    expect(await cloud.deliver(messages)).toEqual([]);
    execution = await cloud.night({ name: 'clean', input: { as_of: sampleAsOf } });
  });

  afterAll(async () => {
    await cloud?.close();
  });

  it('ends published', async () => {
    expect(execution.redrives).toBe(0);
    expect((await readPointer(cloud.lake.store))?.current).toEqual(embedded.run);
  });

  it('has the rows of the embedded run in every pure table', async () => {
    expect(pureTables.length).toBeGreaterThan(15);
    expect(await digestsOf(cloud.engine, embedded.run)).toEqual(embedded.digests);
  });
});
