import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  ListQueryExecutionsCommand,
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

it('sealTable() deletes nothing where a query that wrote rows left no manifest', async () => {
  const store = openFolderStore(folder);
  const key = 'tables/line/snapshot_on=2024-02-29/run_id=2024-02-29-1/part.parquet';
  await store.put(key, 'rows');
  athena.on(GetQueryExecutionCommand).resolves({
    QueryExecution: {
      QueryExecutionId: 'winner',
      Query: `${headComment(table, run)}insert`,
      Status: { State: 'SUCCEEDED' },
    },
  });
  athena.on(ListQueryExecutionsCommand).resolves({ QueryExecutionIds: [] });
  athena.on(GetQueryResultsCommand).resolves({ UpdateCount: 3 });
  const engine = openAthenaEngine({
    client: new AthenaClient({ region: 'eu-west-1' }),
    store,
    results: store,
    workgroup: 'nights',
    database: 'lake',
    tables: [table],
  });
  await expect(engine.sealTable(table, run, 'winner')).rejects.toThrow(
    'wrote 3 rows, and its manifest must list their files',
  );
  expect(await store.get(key)).not.toBeNull();
});
