import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ingestDrop } from '../../lib/ingest/ingest.ts';
import { sampleConfiguration } from '../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../lib/sample/shop.ts';
import { allTables } from '../../lib/tables/all.ts';
import { taskError } from '../cloud/night/athena-task.ts';
import { type ExecutionOptions, execute } from '../cloud/night/execution.ts';
import { type DeployedParts, deployedParts } from '../cloud/night/template.ts';
import { makeHome } from '../night/home.ts';
import { type EmbeddedCloud, openEmbeddedCloud, type StartQuery } from './embedded-cloud.ts';

const asOf = '2025-12-31';
const files = [...makeSampleShop({ customers: 60, seed: 7 })];
const pureTables = allTables.filter(({ promise }) => promise === 'pure').map(({ name }) => name);

let definition: DeployedParts['definition'];
let ingested: string;

beforeAll(async () => {
  const lake = { bucket: 'lake', database: 'clientele', workgroup: 'clientele' };
  ({ definition } = deployedParts(lake));
  const cloud = await openEmbeddedCloud(sampleConfiguration);
  for (const { key, body } of files) await cloud.store.put(key, body);
  await ingestDrop(cloud);
  ingested = cloud.folder;
});

/** A cloud of its own after the shop's files have been ingested. */
async function sampleCloud(): Promise<EmbeddedCloud> {
  const cloud = await openEmbeddedCloud(sampleConfiguration);
  await cp(ingested, cloud.folder, { recursive: true });
  return cloud;
}

function nightOf(cloud: EmbeddedCloud, changes: Partial<ExecutionOptions> = {}): ExecutionOptions {
  return {
    definition,
    invoke: cloud.invoke,
    runQuery: (parameters) => cloud.runQuery(parameters as unknown as StartQuery),
    name: 'a',
    input: { as_of: asOf },
    ...changes,
  };
}

/** Every attempt at a state does its work; the first of them then fail. */
function failingAfterWork(state: string, attempts: number): Pick<ExecutionOptions, 'around'> {
  let failures = 0;
  return {
    around: async (entered, work) => {
      const result = await work();
      if (entered !== state || failures === attempts) return result;
      failures += 1;
      throw taskError('States.TaskFailed', 'failed after writing');
    },
  };
}

function expectTokensOfTheirOwn({ queries }: EmbeddedCloud): void {
  const tokens = queries.map(({ ClientRequestToken }) => ClientRequestToken);
  expect(new Set(tokens).size).toBe(tokens.length);
  for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{64}$/);
}

async function pointer(folder: string) {
  return JSON.parse(await readFile(join(folder, 'published/latest.json'), 'utf8'));
}

async function pureBytes(folder: string): Promise<Record<string, string>> {
  const { tables } = await pointer(folder);
  return Object.fromEntries(pureTables.map((name) => [name, tables[name].sha256]));
}

test('the deployed state machine publishes the same bytes as the command line', async () => {
  const home = await makeHome(sampleConfiguration);
  await home.drop(Object.fromEntries(files.map(({ key, body }) => [key, body])));
  await home.ingest();
  await home.night({ asOf });
  const cloud = await sampleCloud();
  await execute(nightOf(cloud));
  expect(await pureBytes(cloud.folder)).toEqual(await pureBytes(home.folder));
  expect(Object.keys((await pointer(cloud.folder)).tables)).toEqual(
    Object.keys((await pointer(home.folder)).tables).sort(),
  );
});

test('a state carries names and counts, and one text of a query at most', async () => {
  const cloud = await sampleCloud();
  const { entered } = await execute(nightOf(cloud));
  const sizes = entered.map(({ input }) => JSON.stringify(input).length);
  const longest = Math.max(...cloud.queries.map(({ QueryString }) => QueryString.length));
  expect(entered.length).toBeGreaterThan(40);
  expect(Math.max(...sizes)).toBeLessThan(longest * 1.2 + 2_000);
  // 256 KiB is the most a state may carry.
  expect(Math.max(...sizes)).toBeLessThan(128 * 1024);
});

test('every start of a query has a token of its own, rounds and retries included', async () => {
  const cloud = await sampleCloud();
  const { redrives } = await execute(nightOf(cloud, failingAfterWork('write customer', 2)));
  expect(redrives).toBe(0);
  expect(cloud.queries.filter(writesCustomer)).toHaveLength(3);
  expectTokensOfTheirOwn(cloud);
});

test('a redrive gives the failed state another token and ends published', async () => {
  const cloud = await sampleCloud();
  const broken = failingAfterWork('write customer', 3);
  const { redrives, redriven } = await execute(nightOf(cloud, { ...broken, mostRedrives: 1 }));
  expect(redrives).toBe(1);
  expect(redriven).toEqual(['write customer']);
  expect((await pointer(cloud.folder)).run_id).toBe(`${asOf}-1`);
  expect(cloud.queries.filter(writesCustomer)).toHaveLength(4);
  expectTokensOfTheirOwn(cloud);
});

test('a night that fails publishes nothing', async () => {
  const cloud = await sampleCloud();
  const outcome = execute(nightOf(cloud, failingAfterWork('write customer', 3)));
  await expect(outcome).rejects.toThrow('failed after writing');
  await expect(pointer(cloud.folder)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a schedule that delivers its start twice publishes once and fails nobody', async () => {
  const cloud = await sampleCloud();
  const input = { scheduled_at: '2026-01-01T01:30:00Z' };
  await execute(nightOf(cloud, { name: 'a', input }));
  const second = await execute(nightOf(cloud, { name: 'b', input }));
  expect(second.entered.map(({ state }) => state)).toEqual([
    'begin',
    'begun already',
    'left to the first',
  ]);
  expect((await pointer(cloud.folder)).run_id).toBe('2025-12-31-1');
});

test('of two nights at once exactly one publishes', async () => {
  const cloud = await sampleCloud();
  const outcomes = await Promise.allSettled(
    ['a', 'b'].map((name) => execute(nightOf(cloud, { name }))),
  );
  const lost = outcomes.filter(({ status }) => status === 'rejected');
  expect(lost).toMatchObject([
    { reason: { message: expect.stringContaining('another night has moved it') } },
  ]);
});

test('a function that dies after its work is done is run again without harm', async () => {
  const cloud = await sampleCloud();
  const died = new Set<string>();
  await execute(
    nightOf(cloud, {
      around: async (state, work) => {
        const result = await work();
        if (died.has(state)) return result;
        died.add(state);
        throw taskError('Lambda.Unknown', 'killed');
      },
    }),
  );
  expect(died.size).toBeGreaterThan(50);
  expect((await pointer(cloud.folder)).run_id).toBe(`${asOf}-1`);
});

function writesCustomer({ QueryString }: StartQuery): boolean {
  return QueryString.startsWith('-- clientele writes customer of');
}
