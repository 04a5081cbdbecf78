import { randomUUID } from 'node:crypto';
import { StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { headComment, insertText, runFolder } from '../../../lib/adapters/athena/insert-text.ts';
import {
  type AthenaEngine,
  type AthenaOptions,
  openAthenaEngine,
} from '../../../lib/adapters/athena/query-engine.ts';
import { EngineError } from '../../../lib/errors.ts';
import { count, runTable, text } from '../../../lib/tables/contract.ts';
import { type CloudLake, makeLake, openAthenaClient } from './lake.ts';
import { type AthenaServer, startAthena } from './server.ts';

const table = runTable({
  name: 'line',
  grain: 'line',
  key: ['name'],
  promise: 'pure',
  columns: { name: text('Its name.'), number: count('lines', 'Its number.') },
});
const run = { snapshotOn: '2024-02-29', runId: '2024-02-29-1' };
const folder = runFolder(table, run);
const three = "select name, number from (values ('b', 2), ('a', 1), ('c', 3)) as t(name, number)";
const writesLine = new RegExp(`^${headComment(table, run).trim().replaceAll(/[()]/g, '.')}`);

const servers = inject('cloud');
let athena: AthenaServer;
let lake: CloudLake;
let engine: AthenaEngine;

beforeAll(async () => {
  athena = await startAthena(servers.trinoUrl);
});

afterAll(async () => {
  await athena.stop();
});

beforeEach(async () => {
  lake = await makeLake({ athena, ...servers, tables: [table] });
  engine = open({});
});

afterEach(async () => {
  await lake.drop();
});

function open(options: Partial<AthenaOptions>): AthenaEngine {
  return openAthenaEngine({
    client: openAthenaClient(athena),
    store: lake.store,
    results: lake.results.store,
    workgroup: lake.workgroup,
    database: lake.database,
    tables: [table],
    look: { firstMs: 10, longestMs: 100 },
    ...options,
  });
}

async function keys(): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of lake.store.list(folder)) found.push(key);
  return found;
}

/** Starts a query and goes away. */
async function start(queryText: string, token = randomUUID()): Promise<string> {
  const answer = await openAthenaClient(athena).send(
    new StartQueryExecutionCommand({
      QueryString: queryText,
      ClientRequestToken: token,
      WorkGroup: lake.workgroup,
      QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: lake.database },
    }),
  );
  return answer.QueryExecutionId as string;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

function stateOf(id: string): string | undefined {
  return athena.executions.find((execution) => execution.id === id)?.state;
}

async function succeeded(queryText: string): Promise<string> {
  const id = await start(queryText);
  await until(() => stateOf(id) === 'SUCCEEDED');
  return id;
}

async function rowsFound(): Promise<unknown> {
  return (await engine.read('select count(*) as n from line'))[0]?.n;
}

describe('write()', () => {
  it('leaves no file of a query that failed after writing', async () => {
    athena.faults.add({ matches: writesLine, kind: 'fail after writing', times: 1 });
    await expect(engine.write(table, run, three)).rejects.toThrow(EngineError);
    expect(await keys()).toEqual([]);
    expect((await engine.write(table, run, three)).rows).toBe(3);
    expect(await rowsFound()).toBe(3);
  });

  it('is started once it is no longer throttled', async () => {
    athena.faults.add({ matches: writesLine, kind: 'throttle', times: 4 });
    expect((await engine.write(table, run, three)).rows).toBe(3);
    expect(athena.faults.left()).toEqual([]);
  });

  it('stops the query on Trino when it is aborted', async () => {
    const digits = '(values (0),(1),(2),(3),(4),(5),(6),(7),(8),(9))';
    const endless = `select count(*) as n from ${Array(12).fill(digits).join(' cross join ')}`;
    const abort = new AbortController();
    const reading = open({ signal: abort.signal }).read(endless);
    setTimeout(() => abort.abort(), 500);
    await expect(reading).rejects.toThrow(/cancelled/);
    const id = athena.executions.at(-1)?.id as string;
    await until(() => stateOf(id) === 'CANCELLED');
  });
});

describe('sealTable()', () => {
  it('keeps the files of the query it is given, whatever other queries and people left', async () => {
    await succeeded(insertText(table, run, three));
    await lake.store.put(`${folder}by-hand.parquet`, 'no Parquet');
    const winner = await succeeded(insertText(table, run, `${three} where name < 'c'`));
    const sealed = await engine.sealTable(table, run, winner);
    expect(sealed.rows).toBe(2);
    expect(await keys()).toEqual(sealed.files.map(({ key }) => key));
    expect(await rowsFound()).toBe(2);
  });

  it('gives the same when it is done again', async () => {
    const winner = await succeeded(insertText(table, run, three));
    const first = await engine.sealTable(table, run, winner);
    expect(await engine.sealTable(table, run, winner)).toEqual(first);
  });

  it('stops a query that still writes, waits for its end and removes what it wrote till then', async () => {
    athena.faults.add({ matches: writesLine, kind: 'hang after writing', times: 1 });
    const slow = await start(insertText(table, run, three));
    await until(async () => (await keys()).length > 0);
    const winner = await succeeded(insertText(table, run, three));
    const sealed = await engine.sealTable(table, run, winner);
    expect(stateOf(slow)).toBe('CANCELLED');
    expect(await keys()).toEqual(sealed.files.map(({ key }) => key));
    expect(await rowsFound()).toBe(3);
  });

  it('leaves the queries of other runs alone', async () => {
    const other = { ...run, runId: '2024-02-29-12' };
    const matches = new RegExp(headComment(table, other).trim().replaceAll(/[()]/g, '.'));
    athena.faults.add({ matches, kind: 'hang after writing', times: 1 });
    const slow = await start(insertText(table, other, three));
    await engine.write(table, run, three);
    expect(stateOf(slow)).toBe('RUNNING');
  });

  it('takes a write of no rows, without manifest or partition, for an empty table', async () => {
    const winner = await succeeded(insertText(table, run, `${three} where name > 'd'`));
    expect(await engine.sealTable(table, run, winner)).toEqual({
      table: 'line',
      rows: 0,
      files: [],
    });
  });

  it('refuses a query that failed, and one that wrote something else', async () => {
    athena.faults.add({ matches: writesLine, kind: 'fail after writing', times: 1 });
    const failed = await start(insertText(table, run, three));
    await until(() => stateOf(failed) === 'FAILED');
    await expect(engine.sealTable(table, run, failed)).rejects.toThrow(EngineError);
    const other = await succeeded(insertText(table, { ...run, runId: 'other' }, three));
    await expect(engine.sealTable(table, run, other)).rejects.toThrow(/must be one that wrote it/);
  });

  it('refuses when a file of the winner is gone', async () => {
    const winner = await succeeded(insertText(table, run, three));
    for (const key of await keys()) await lake.store.delete(key);
    await expect(engine.sealTable(table, run, winner)).rejects.toThrow(/must lie there/);
  });
});

describe('a token', () => {
  it('used again gives back the query it started, even a failed one', async () => {
    athena.faults.add({ matches: writesLine, kind: 'fail after writing', times: 1 });
    const token = randomUUID();
    const failed = await start(insertText(table, run, three), token);
    await until(() => stateOf(failed) === 'FAILED');
    expect(await start(insertText(table, run, three), token)).toBe(failed);
    await expect(start('select 1', token)).rejects.toThrow(/do not match/);
  });
});
