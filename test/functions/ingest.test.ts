import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { queueCall } from '../../functions/drop-event.ts';
import { functionHandler } from '../../functions/edge/function-handler.ts';
import type { IngestServicesAt } from '../../functions/edge/open-ingest.ts';
import { ingest } from '../../functions/ingest.ts';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { openDuckDbEngine } from '../../lib/adapters/duckdb/query-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { parseConfig } from '../../lib/config.ts';
import { limits } from '../../lib/ingest/limits.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import type { Row } from '../../lib/ports/query-engine.ts';
import { allTables } from '../../lib/tables/all.ts';
import { testSecret } from '../secret.ts';

const context = { functionName: 'ingest', awsRequestId: '1' } as Context;

let folder: string;
let store: ObjectStore;
let servicesAt: IngestServicesAt;
let logged: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-ingest-'));
  store = openFolderStore(folder);
  servicesAt = () => ({
    store,
    openFileEngine,
    clock: { now: () => new Date('2026-01-02T00:00:00Z') },
    config: parseConfig({}),
    secret: testSecret,
    scratch: join(folder, '.scratch'),
    limits: { ...limits, fileBytes: 100_000 },
  });
  logged = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

/** The event of a bucket without versions, as EventBridge puts it into the queue. */
async function eventOf(key: string, detailType = 'Object Created'): Promise<string> {
  const etag = (await store.head(key))?.etag ?? 'gone';
  return JSON.stringify({
    version: '0',
    source: 'aws.s3',
    'detail-type': detailType,
    detail: { bucket: { name: 'lake' }, object: { key, size: 1, etag, sequencer: '1' } },
  });
}

/** Hands over one message a call; those whose call fails stay in the queue. */
async function deliver(...bodies: readonly string[]): Promise<readonly string[]> {
  const handler = functionHandler({
    parse: queueCall.parse,
    open: async () => servicesAt,
    work: ingest,
    addsMetrics: true,
  });
  const failed: string[] = [];
  for (const [i, body] of bodies.entries()) {
    const messageId = `message-${i}`;
    await handler({ Records: [{ messageId, body }] }, context).catch(() => failed.push(messageId));
  }
  return failed;
}

async function ask(select: string): Promise<readonly Row[]> {
  const engine = await openDuckDbEngine({ folder, tables: allTables });
  try {
    return await engine.read(select);
  } finally {
    await engine.close();
  }
}

const orders = (day: number, amount: number) =>
  `ordered_at,order_id,customer_id,amount\n2025-01-0${day},${day},a,${amount}\n`;

test('a dropped file is loaded, and the same event ten times is one load and one delivery', async () => {
  await store.put('drop/orders/a.csv', orders(1, 10));
  const event = await eventOf('drop/orders/a.csv');
  expect(await deliver(...Array.from({ length: 10 }, () => event))).toEqual([]);
  expect(await ask('select count(*) as n from load')).toEqual([{ n: 1 }]);
  expect(await ask('select count(*) as n from delivery')).toEqual([{ n: 1 }]);
  expect(await ask('select count(*) as n from accepted_orders')).toEqual([{ n: 1 }]);
});

test('one poison message of ten fails alone, and tells which it was', async () => {
  const events = [];
  for (let day = 1; day <= 9; day += 1) {
    await store.put(`drop/orders/${day}.csv`, orders(day, day));
    events.push(await eventOf(`drop/orders/${day}.csv`));
  }
  const failed = await deliver(
    ...events.slice(0, 4),
    '{"who": "ann@example.com"}',
    ...events.slice(4),
  );
  expect(failed).toEqual(['message-4']);
  const errors = logged.filter((line) => line.includes('"level":"ERROR"'));
  expect(errors.length).toBeGreaterThan(0);
  for (const line of errors) expect(line).toContain('"message_id":"message-4"');
  expect(logged.join('')).not.toContain('ann@example.com');
  expect(await ask('select count(*) as n from accepted_orders')).toEqual([{ n: 9 }]);
});

test('messages that are no events of the bucket are given back', async () => {
  expect(await deliver('no JSON', '{}')).toEqual(['message-0', 'message-1']);
});

test('a call with several messages is refused: one that takes too long would bring back the others', async () => {
  const body = await eventOf('drop/orders/a.csv');
  const Records = ['a', 'b'].map((messageId) => ({ messageId, body }));
  expect(queueCall.safeParse({ Records }).success).toBe(false);
});

test('events that put nothing into the drop folder are done without a trace', async () => {
  await store.put('tables/customer/a.parquet', 'x');
  await store.put('drop/orders/a.csv', orders(1, 10));
  const others = [
    await eventOf('tables/customer/a.parquet'),
    await eventOf('drop/orders/a.csv', 'Object Tags Added'),
    (await eventOf('drop/orders/a.csv')).replace('drop/orders/a.csv', 'drop/orders/'),
  ];
  expect(await deliver(...others)).toEqual([]);
  expect(await ask('select count(*) as n from load')).toEqual([{ n: 0 }]);
});

test('a damaged file is refused and done: giving it back would not mend it', async () => {
  await store.put('drop/orders/a.csv', 'nothing,known\n1,2\n');
  expect(await deliver(await eventOf('drop/orders/a.csv'))).toEqual([]);
  expect(await ask('select status from load')).toEqual([{ status: 'refused' }]);
  expect(metric('FilesRefused')).toBe(1);
});

test('a file above the limit is refused with its size and the limit, and is not fetched', async () => {
  await store.put('drop/orders/a.csv', 'x'.repeat(100_001));
  const getStream = vi.spyOn(store, 'getStream');
  expect(await deliver(await eventOf('drop/orders/a.csv'))).toEqual([]);
  const [row] = await ask('select rule, hint from load');
  expect(row?.rule).toBe('file_too_large');
  expect(row?.hint).toMatch(/the limit is .*Split it/);
  expect(getStream).not.toHaveBeenCalled();
});

test('an object that was replaced since its event is left to the event of its successor', async () => {
  await store.put('drop/orders/a.csv', orders(1, 10));
  const first = await eventOf('drop/orders/a.csv');
  await store.put('drop/orders/a.csv', orders(2, 20));
  const second = await eventOf('drop/orders/a.csv');
  expect(await deliver(second, first)).toEqual([]);
  expect(await ask('select amount from accepted_orders')).toEqual([{ amount: '20.0000' }]);
});

test('an object that is gone is told and done', async () => {
  expect(await deliver(await eventOf('drop/orders/gone.csv'))).toEqual([]);
  expect(logged.join('\n')).toContain('object_gone');
});

test('storage that fails gives the message back', async () => {
  await store.put('drop/orders/a.csv', orders(1, 10));
  const event = await eventOf('drop/orders/a.csv');
  vi.spyOn(store, 'putStream').mockRejectedValue(new Error('no room for ann@example.com'));
  expect(await deliver(event)).toEqual(['message-0']);
  expect(logged.join('\n')).toContain('message-0');
});

test('logs tell counts and rules, and nothing of a record or of a foreign error', async () => {
  await store.put('drop/orders/a.csv', `${orders(1, 10)}2025-01-01,7,ann@example.com,ten\n`);
  const event = await eventOf('drop/orders/a.csv');
  await deliver(event, '{"who": "ann@example.com"}');
  const lines = logged.join('\n');
  expect(lines).toContain('"quarantined":1');
  expect(lines).toContain('not_a_number');
  expect(lines).not.toContain('ann@example.com');
});

/** The sum of a metric over all lines that the powertools wrote for CloudWatch. */
function metric(name: string): number {
  return logged
    .flatMap((lines) => lines.split('\n'))
    .filter((line) => line.includes('"_aws"'))
    .reduce((sum, line) => sum + Number(JSON.parse(line)[name] ?? 0), 0);
}
