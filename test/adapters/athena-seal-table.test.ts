import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  ListQueryExecutionsCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { headComment } from '../../lib/adapters/athena/insert-text.ts';
import { openAthenaEngine } from '../../lib/adapters/athena/query-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { runTable, text } from '../../lib/tables/contract.ts';

const table = runTable({
  name: 'line',
  grain: 'line',
  key: ['name'],
  promise: 'pure',
  columns: { name: text('Its name.') },
});
const run = { snapshotOn: '2024-02-29', runId: '2024-02-29-1' };
const athena = mockClient(AthenaClient);
let folder: string;

beforeEach(async () => {
  athena.reset();
  folder = await mkdtemp(join(tmpdir(), 'clientele-seal-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function openEngine() {
  const store = openFolderStore(folder);
  return openAthenaEngine({
    client: new AthenaClient({ region: 'eu-west-1' }),
    store,
    results: store,
    workgroup: 'nights',
    database: 'lake',
    tables: [table],
  });
}

function finished(id: string, { text, ...told }: { text: string } & Partial<QueryExecution>) {
  athena.on(GetQueryExecutionCommand, { QueryExecutionId: id }).resolves({
    QueryExecution: { QueryExecutionId: id, Query: text, Status: { State: 'SUCCEEDED' }, ...told },
  });
}

it.each([
  ['tells', 3],
  ['does not tell', undefined],
])('sealTable() knows the rows of a query that %s how many it wrote', async (_, told) => {
  const store = openFolderStore(folder);
  const key = 'tables/line/snapshot_on=2024-02-29/run_id=2024-02-29-1/part.parquet';
  await store.put(key, 'rows');
  await store.put('results/manifest.csv', `s3://lake/${key}\n`);
  await store.put('results/counted.csv', '"found"\n"3"\n');
  finished('winner', {
    text: `${headComment(table, run)}insert`,
    Statistics: { DataManifestLocation: 's3://lake/results/manifest.csv' },
  });
  finished('asked', {
    text: 'asked',
    ResultConfiguration: { OutputLocation: 's3://lake/results/counted.csv' },
  });
  athena.on(ListQueryExecutionsCommand).resolves({ QueryExecutionIds: [] });
  athena.on(StartQueryExecutionCommand).resolves({ QueryExecutionId: 'asked' });
  athena.on(GetQueryResultsCommand, { QueryExecutionId: 'winner' }).resolves({ UpdateCount: told });
  athena.on(GetQueryResultsCommand, { QueryExecutionId: 'asked' }).resolves({
    ResultSet: { ResultSetMetadata: { ColumnInfo: [{ Name: 'found', Type: 'bigint' }] } },
  });
  expect((await openEngine().sealTable(table, run, 'winner')).rows).toBe(3);
  const started = athena.commandCalls(StartQueryExecutionCommand);
  const counts = started.filter(({ args }) => args[0].input.QueryString?.includes('count(*)'));
  expect(counts.length).toBe(told === undefined ? 1 : 0);
});

it('sealTable() deletes nothing where a query that wrote rows left no manifest', async () => {
  const store = openFolderStore(folder);
  const key = 'tables/line/snapshot_on=2024-02-29/run_id=2024-02-29-1/part.parquet';
  await store.put(key, 'rows');
  finished('winner', { text: `${headComment(table, run)}insert` });
  athena.on(ListQueryExecutionsCommand).resolves({ QueryExecutionIds: [] });
  athena.on(GetQueryResultsCommand).resolves({ UpdateCount: 3 });
  await expect(openEngine().sealTable(table, run, 'winner')).rejects.toThrow(
    'wrote 3 rows, and its manifest must list their files',
  );
  expect(await store.get(key)).not.toBeNull();
});
