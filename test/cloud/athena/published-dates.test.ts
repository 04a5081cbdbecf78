import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { runFolder } from '../../../lib/adapters/athena/insert-text.ts';
import { parquetFile } from '../../../lib/adapters/athena/parquet-file.ts';
import { type AthenaEngine, openAthenaEngine } from '../../../lib/adapters/athena/query-engine.ts';
import type { Run } from '../../../lib/ports/query-engine.ts';
import { allTables } from '../../../lib/tables/all.ts';
import { run as runContract } from '../../../lib/tables/run.ts';
import { type CloudLake, makeLake, openAthenaClient } from './lake.ts';
import { type AthenaServer, startAthena } from './server.ts';

/** As many published dates as are kept where nothing is said, the newest first. */
const published = Array.from({ length: 1_095 }, (_, i): Run => {
  const snapshotOn = new Date(Date.UTC(2026, 0, 31 - i)).toISOString().slice(0, 10);
  return { snapshotOn, runId: `${snapshotOn}-1` };
});
const runTables = allTables.filter(({ storage }) => storage.kind === 'run');

let athena: AthenaServer;
let lake: CloudLake;
let engine: AthenaEngine;

/** A row of NULLs a run: of every date in the table `run`, of the newest two in every other. */
beforeAll(async () => {
  const servers = inject('cloud');
  athena = await startAthena(servers.trinoUrl);
  lake = await makeLake({ athena, ...servers, tables: runTables });
  engine = open(runTables);
  for (const table of runTables) {
    const file = parquetFile(table, [{}]);
    for (const run of table === runContract ? published : published.slice(0, 2)) {
      await lake.store.put(`${runFolder(table, run)}part.parquet`, file);
    }
    await lake.findPartitions(table);
  }
});

afterAll(async () => {
  await lake?.drop();
  await athena?.stop();
});

function open(tables: typeof runTables): AthenaEngine {
  return openAthenaEngine({
    client: openAthenaClient(athena),
    store: lake.store,
    results: lake.results.store,
    workgroup: lake.workgroup,
    database: lake.database,
    tables,
    look: { firstMs: 10, longestMs: 200 },
  });
}

/** Reads the `_history` views of some tables, two at a time; the seconds a view. */
async function readViews(
  tables: typeof runTables,
  expected: (table: string) => number,
): Promise<number> {
  const began = performance.now();
  const waiting = tables.values();
  const read = async () => {
    for (const { name } of waiting) {
      const rows = await engine.read(
        `select count(*) as found, count(distinct run_id) as runs from ${name}_history`,
      );
      expect(rows, name).toEqual([{ found: expected(name), runs: expected(name) }]);
    }
  };
  await Promise.all([read(), read()]);
  return (performance.now() - began) / 1000 / tables.length;
}

test('every _history view is read over 1,095 published dates', async () => {
  const some = runTables.slice(0, 8);
  await open(some).replaceViews(published.slice(0, 2));
  const few = await readViews(some, () => 2);
  await engine.replaceViews(published);
  const many = await readViews(runTables, (table) =>
    table === runContract.name ? published.length : 2,
  );
  process.stderr.write(
    `a _history view of ${runTables.length}: ${few.toFixed(2)} s over 2 dates, ${many.toFixed(2)} s over ${published.length}\n`,
  );
});
