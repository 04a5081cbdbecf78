import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { headComment } from '../../../lib/adapters/athena/insert-text.ts';
import { night } from '../../../lib/pipeline.ts';
import type { Row, Run } from '../../../lib/ports/query-engine.ts';
import { sampleConfiguration } from '../../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../../lib/sample/shop.ts';
import { readPointer } from '../../../lib/stages/publish/pointer.ts';
import type { Drop } from '../../night/home.ts';
import { type S3Proxy, startS3Proxy } from '../s3/proxy.ts';
import { taskError } from './athena-task.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { digestsOf } from './digests.ts';
import type { Message } from './drops.ts';
import { type EmbeddedNight, embeddedNights } from './embedded.ts';
import type { ExecutionResult } from './execution.ts';
import { startReader, wholeRun } from './reader.ts';

const shop: Drop = Object.fromEntries(
  [...makeSampleShop({ customers: 120, seed: 3 })].map(({ key, body }) => [key, body]),
);

/** One of its files as it was first put: half of it, replaced before its event was read. */
const replacedKey = 'drop/orders/web/orders-2025.csv';
const replacedDrop: Drop = {
  [replacedKey]: String(shop[replacedKey]).split('\n').slice(0, 200).join('\n'),
};

/** Somebody's order of the last day, delivered while the second night runs. */
const lateDrop: Drop = {
  'drop/orders/late.csv':
    'order_id,line_id,customer_id,ordered_at,amount\nlate-1,1,late-customer,2025-12-20T10:00:00Z,12.50\n',
};

const [firstNight, secondNight, thirdNight] = ['2025-11-30', '2025-12-30', '2025-12-31'] as const;

const sqlTables = night
  .flatMap(({ steps }) => steps)
  .flatMap((step) => (step.kind === 'sql' ? [step.writes] : []));

/** States during which the function loses S3, and after how many requests. */
const deaths = new Map([
  ['begin', 1],
  ['render order_line', 0],
  ['seal order_line', 3],
  ['seal customer_value', 5],
  ['compute model_fit', 4],
  ['compute model_score', 7],
  ['publish audit', 9],
  ['publish run', 3],
  ['publish pointer', 6],
  ['publish report', 5],
]);

describe('a shop where everything goes wrong', () => {
  let proxy: S3Proxy;
  let cloud: Cloud;
  let embedded: readonly EmbeddedNight[];

  beforeAll(async () => {
    const servers = inject('cloud');
    embedded = await embeddedNights(sampleConfiguration, [
      { drop: replacedDrop, asOf: null },
      { drop: shop, asOf: firstNight },
      { drop: {}, asOf: secondNight },
      { drop: lateDrop, asOf: thirdNight },
    ]);
    proxy = await startS3Proxy(servers.awsUrl);
    cloud = await openCloud({
      servers,
      configuration: sampleConfiguration,
      s3Url: proxy.url,
    });
  });

  afterAll(async () => {
    await cloud?.close();
    await proxy?.stop();
  });

  /** Runs a task while its function loses S3, and gives it back whatever came of it. */
  async function dying(state: string, work: () => Promise<unknown>): Promise<unknown> {
    const requests = deaths.get(state);
    if (requests === undefined) return await work();
    deaths.delete(state);
    proxy.breakAfter(requests);
    try {
      await work();
    } finally {
      proxy.mend();
    }
    throw taskError('Lambda.Unknown', `${state} died after its last word`);
  }

  async function current(): Promise<Run | undefined> {
    return (await readPointer(cloud.lake.store))?.current;
  }

  it('accepts every file once: events ten times over, out of order, one replaced in between, one poison, one death', async () => {
    await cloud.drop(replacedDrop);
    await cloud.drop(shop);
    const messages = await cloud.messages();
    expect(messages.length).toBe(1 + Object.keys(shop).length);
    const again = messages.flatMap((message) =>
      Array.from({ length: 9 }, (): Message => ({ ...message, messageId: randomUUID() })),
    );
    const poison: Message = { messageId: 'poison', receiptHandle: 'none', body: 'no event' };
    const [first, ...others] = shuffled([...again, ...messages]) as [Message, ...Message[]];

    proxy.breakAfter(4);
    expect(await cloud.deliver([first]), 'the function dies half-way').toEqual([first.messageId]);
    proxy.mend();

    const batch = [...others.slice(0, 9), poison];
    expect(await cloud.deliver(shuffled(batch)), 'the poison fails alone').toEqual(['poison']);
    const rest = [first, ...others.slice(9)];
    for (let i = 0; i < rest.length; i += 10) {
      expect(await cloud.deliver(rest.slice(i, i + 10))).toEqual([]);
    }
    const counts = await cloud.engine.read(
      `select count(*) as loads, count(distinct load_id) as ids, count(distinct file) as files from load`,
    );
    const files = Object.keys(shop).length;
    expect(counts).toEqual([{ loads: files + 1, ids: files + 1, files }]);
  });

  it('publishes a first night whose functions die half-way', async () => {
    const planned = deaths.size;
    const { redrives } = await cloud.night({
      name: 'first',
      input: { as_of: firstNight },
      around: dying,
    });
    expect(redrives, 'retries are enough').toBe(0);
    expect(deaths.size, `all ${planned} deaths were met`).toBe(0);
    expect(await current()).toEqual(embedded[0]?.run);
    expect(await digestsOf(cloud.engine, embedded[0]?.run as Run)).toEqual(embedded[0]?.digests);
  });

  describe('a second night, redriven from every Athena state after a partial write', () => {
    let result: ExecutionResult;
    let seen: readonly (readonly Row[])[];
    const { run, digests } = {
      run: { snapshotOn: secondNight, runId: `${secondNight}-1` },
      digests: () => embedded[1]?.digests,
    };

    beforeAll(async () => {
      const { faults } = cloud.athena;
      for (const table of sqlTables) {
        const matches = new RegExp(
          `^${headComment(table, run).trim().replaceAll(/[()]/g, '.')}$`,
          'm',
        );
        faults.add({ matches, kind: 'throttle', times: 1 });
        // Once and twice more by Retry: then the execution has failed, and is redriven.
        faults.add({ matches, kind: 'fail after writing', times: 3 });
        if (table.name !== 'segment_member') continue;
        faults.add({ matches, kind: 'hang after writing', times: 1 });
      }
      let isLost = false;
      let isDropped = false;
      const reader = startReader(cloud.engine);
      result = await cloud.night({
        name: 'second',
        input: { as_of: secondNight },
        mostRedrives: 3 * sqlTables.length,
        around: async (state, work) => {
          if (state === 'write sales_order' && !isDropped) {
            isDropped = true;
            await cloud.drop(lateDrop);
            expect(await cloud.deliver(await cloud.messages())).toEqual([]);
          }
          if (state !== 'write segment_member' || isLost) return await work();
          const left = () =>
            cloud.athena.faults
              .left()
              .filter(({ matches }) => matches.test(headComment(sqlTable('segment_member'), run)));
          if (left().some(({ kind }) => kind !== 'hang after writing')) return await work();
          isLost = true;
          void work().catch(() => undefined);
          await sleep(3_000);
          throw taskError('States.TaskFailed', 'the answer was lost, the query still writes');
        },
      });
      seen = await reader.stop();
    });

    it('ends published, after all that was to go wrong', async () => {
      expect(cloud.athena.faults.left()).toEqual([]);
      const writes = sqlTables.map(({ name }) => `write ${name}`);
      expect(result.redriven).toEqual(expect.arrayContaining(writes));
      expect(await current()).toEqual(run);
    });

    it('has the rows of the embedded run, without the file that came in between', async () => {
      expect(await digestsOf(cloud.engine, run)).toEqual(digests());
    });

    it('left nothing in the folders but what was sealed', async () => {
      const stray: string[] = [];
      for await (const { key } of cloud.lake.store.list('tables/')) {
        if (key.endsWith('-late')) stray.push(key);
      }
      expect(stray).toEqual([]);
      const { executions } = cloud.athena;
      expect(executions.filter(({ state }) => state === 'RUNNING')).toEqual([]);
      expect(executions.filter(({ state }) => state === 'CANCELLED')).toHaveLength(1);
    });

    it('showed readers whole runs only', async () => {
      const whole = [
        await wholeRun(cloud.engine, embedded[0]?.run as Run),
        await wholeRun(cloud.engine, run),
      ];
      expect(seen).toEqual(whole);
    });
  });

  it('two nights at once: exactly one publishes', async () => {
    const outcomes = await Promise.allSettled(
      ['one', 'other'].map((name) => cloud.night({ name, input: { as_of: thirdNight } })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const failure = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(String(failure.reason)).toMatch(/another night has moved it/);
    const published = (await current()) as Run;
    expect(published.snapshotOn).toBe(thirdNight);
    expect(await digestsOf(cloud.engine, published)).toEqual(embedded[2]?.digests);
  });
});

function sqlTable(name: string) {
  const table = sqlTables.find((one) => one.name === name);
  if (table === undefined) throw new Error(`no table ${name} is written by SQL`);
  return table;
}

/** The same disorder every time. */
function shuffled<T>(things: readonly T[]): T[] {
  const mixed = [...things];
  let state = 7;
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    state = (state * 48_271) % 2_147_483_647;
    const j = state % (i + 1);
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}
