import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Machine } from '../../cdk/state-machine/states.ts';
import { sampleConfiguration } from '../../lib/sample/configuration.ts';
import { makeSampleShop } from '../../lib/sample/shop.ts';
import { ingestDrop } from '../../lib/stages/ingest/ingest.ts';
import { allTables } from '../../lib/tables/all.ts';
import { exampleTemplate } from '../cdk/example-stack.ts';
import { makeHome } from '../night/home.ts';
import { deployedMachine } from './deployed-machine.ts';
import { type EmbeddedCloud, openEmbeddedCloud } from './embedded-cloud.ts';
import { type Execution, execute } from './execute-machine.ts';

const asOf = '2025-12-31';
const files = [...makeSampleShop({ customers: 60, seed: 7 })];
const pureTables = allTables.filter(({ promise }) => promise === 'pure').map(({ name }) => name);

let definition: Machine;
let ingested: string;

beforeAll(async () => {
  definition = deployedMachine(exampleTemplate());
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

function nightOf(cloud: EmbeddedCloud, changes: Partial<Execution> = {}): Execution {
  const { functions, runQuery } = cloud;
  return { definition, functions, runQuery, name: 'a', input: { as_of: asOf }, ...changes };
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
  const outcome = await execute(nightOf(cloud));
  expect(outcome.error).toBeNull();
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
  let failures = 0;
  const { status } = await execute(
    nightOf(cloud, {
      runQuery: async (start) => {
        const id = await cloud.runQuery(start);
        if (!start.QueryString.includes('writes customer of') || failures === 2) return id;
        failures += 1;
        throw Object.assign(new Error('failed after writing'), { name: 'States.TaskFailed' });
      },
    }),
  );
  expect(status).toBe('SUCCEEDED');
  expect(failures).toBe(2);
  const tokens = cloud.queries.map(({ ClientRequestToken }) => ClientRequestToken);
  expect(new Set(tokens).size).toBe(tokens.length);
  for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{64}$/);
});

test('a redrive gives the failed state another token and ends published', async () => {
  const cloud = await sampleCloud();
  const broken = await execute(
    nightOf(cloud, {
      runQuery: async (start) => {
        const id = await cloud.runQuery(start);
        if (start.QueryString.includes('writes customer of')) throw new Error('always');
        return id;
      },
    }),
  );
  expect(broken).toMatchObject({ status: 'FAILED', failedState: 'write customer' });
  await expect(pointer(cloud.folder)).rejects.toMatchObject({ code: 'ENOENT' });
  const recorded = broken.entered.findLast(({ state }) => state === 'write customer');
  const redriven = await execute(
    nightOf(cloud, {
      input: recorded?.input,
      redrive: { from: 'write customer', count: 1 },
    }),
  );
  expect(redriven.error).toBeNull();
  expect((await pointer(cloud.folder)).run_id).toBe(`${asOf}-1`);
  const tokens = cloud.queries.map(({ ClientRequestToken }) => ClientRequestToken);
  expect(new Set(tokens).size).toBe(tokens.length);
});

test('a schedule that delivers its start twice publishes once and fails nobody', async () => {
  const cloud = await sampleCloud();
  const input = { scheduled_at: '2026-01-01T01:30:00Z' };
  const outcomes = [];
  for (const name of ['a', 'b']) outcomes.push(await execute(nightOf(cloud, { name, input })));
  expect(outcomes.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  expect(outcomes[1]?.entered.map(({ state }) => state)).toEqual([
    'begin',
    'begun already',
    'left to the first',
  ]);
  expect((await pointer(cloud.folder)).run_id).toBe('2025-12-31-1');
});

test('of two nights at once exactly one publishes', async () => {
  const cloud = await sampleCloud();
  const outcomes = await Promise.all(['a', 'b'].map((name) => execute(nightOf(cloud, { name }))));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['FAILED', 'SUCCEEDED']);
  const lost = outcomes.find(({ status }) => status === 'FAILED');
  expect(lost?.failedState).toBe('publish pointer');
});

test('a function that dies after its work is done is run again without harm', async () => {
  const cloud = await sampleCloud();
  const died = new Set<string>();
  const functions = Object.fromEntries(
    Object.entries(cloud.functions).map(([name, work]) => [
      name,
      async (payload: unknown) => {
        const result = await work(payload);
        const { step = '' } = payload as { step?: string };
        if (died.has(`${name} ${step}`)) return result;
        died.add(`${name} ${step}`);
        throw Object.assign(new Error('killed'), { name: 'Lambda.Unknown' });
      },
    ]),
  );
  const outcome = await execute(nightOf(cloud, { functions }));
  expect(outcome.error).toBeNull();
  expect(died.size).toBeGreaterThan(30);
  expect((await pointer(cloud.folder)).run_id).toBe(`${asOf}-1`);
});
