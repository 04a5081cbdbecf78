import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type S3Proxy, startS3Proxy } from '../s3/proxy.ts';
import { type Cloud, openCloud } from './cloud.ts';

/** As many small files as are compacted into one part, and one that is never read. */
const files = 65;
const hanging = 'drop/orders/05.csv';
const keys = Array.from(
  { length: files },
  (_, i) => `drop/orders/${String(i + 1).padStart(2, '0')}.csv`,
);

let proxy: S3Proxy;
let cloud: Cloud;

beforeAll(async () => {
  const servers = inject('cloud');
  proxy = await startS3Proxy(servers.awsUrl);
  cloud = await openCloud({ servers, configuration: {}, s3Url: proxy.url });
});

afterAll(async () => {
  await cloud?.close();
  await proxy?.stop();
});

async function put(some: readonly string[]): Promise<void> {
  for (const [i, key] of some.entries()) {
    const order = `${key},customer-${i},2026-01-02T10:00:00Z,12.50`;
    await cloud.lake.store.put(key, `order_id,customer_id,ordered_at,amount\n${order}\n`);
  }
}

async function countOf(from: string): Promise<unknown> {
  const [row] = await cloud.engine.read(`select count(*) as found from ${from}`);
  return row?.found;
}

test('of ten messages of which the fifth never ends, nine are done at once and never come back', async () => {
  await put(keys.slice(0, 10));
  proxy.fail('never answered', /drop\/orders\/05\.csv/);
  const calls = await cloud.drain(proxy.unanswered);
  proxy.mend();
  for (const key of keys.slice(0, 10)) {
    const ofKey = calls.filter((call) => call.keys.includes(key)).map(({ isDone }) => isDone);
    expect(ofKey, key).toEqual(key === hanging ? Array(5).fill(false) : [true]);
  }
  expect(await cloud.deadLetters()).toEqual([hanging]);
  expect(await countOf('load')).toBe(9);
  expect(await countOf('delivery')).toBe(9);
});

test('a compaction that fails for ever fails by itself: every file is done at its first call', async () => {
  await put(keys.slice(10));
  proxy.fail('lost', /\/part=/);
  const compact = () => cloud.invoke('compact', {});
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const some = await cloud.drain(proxy.unanswered);
    expect(some.every(({ isDone }) => isDone)).toBe(true);
    expect(some.length).toBe(attempt === 1 ? files - 10 : 1);
    await expect(compact()).rejects.toThrow('Cannot compact the loads of orders');
    await put(['drop/orders/99.csv']);
  }
  expect((await cloud.drain(proxy.unanswered)).map(({ isDone }) => isDone)).toEqual([true]);
  expect(await cloud.deadLetters()).toEqual([]);
  expect(await countOf('load')).toBe(files);
  expect(await countOf('compaction')).toBe(0);
  proxy.mend();
  await compact();
  expect(await countOf('compaction')).toBe(64);
  expect(await countOf('accepted_orders')).toBe(files + 64);
});
