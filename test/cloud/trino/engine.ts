import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { openDuckDbEngine } from '../../../lib/adapters/duckdb/query-engine.ts';
import { EngineError } from '../../../lib/errors.ts';
import type {
  QueryEngine,
  Row,
  Run,
  SealedFile,
  SealedTable,
} from '../../../lib/ports/query-engine.ts';
import { currentViews } from '../../../lib/sql/current-views.ts';
import { partitionColumns, tableSelect } from '../../../lib/sql/table-select.ts';
import type { TableContract } from '../../../lib/tables/contract.ts';
import { runStatement } from './client.ts';
import { createTable } from './ddl.ts';

export interface TrinoEngine extends QueryEngine {
  close(): Promise<void>;
}

/**
 * A QueryEngine on Trino over a home folder below the server's lake, for tests: a schema of its own
 * with an external table a contract.
 */
export async function openTrinoEngine(options: {
  readonly url: string;
  readonly lake: string;
  readonly folder: string;
  readonly tables: readonly TableContract[];
}): Promise<TrinoEngine> {
  const { url, lake, folder, tables } = options;
  const place = relative(lake, folder).split(sep).join('/');
  const schema = `home_${place.toLowerCase().replaceAll(/[^a-z0-9]/g, '_')}`;
  const session = { url, schema };
  const embedded = await openDuckDbEngine({ folder, tables });
  await runStatement(session, `create schema ${schema}`);
  for (const table of tables) {
    await mkdir(join(folder, table.storage.folder), { recursive: true });
    await runStatement(session, createTable(table, `local:///${place}`));
  }

  async function* rows(select: string): AsyncGenerator<Row> {
    yield* await read(select);
  }

  async function read(select: string): Promise<readonly Row[]> {
    return (await runStatement(session, select)).rows;
  }

  /** INSERT adds to a partition that is there, and the files of a dropped one stay: remove both. */
  async function clear(table: TableContract, run: Run): Promise<string> {
    await runStatement(session, `delete from ${table.name} where ${isOfRun(run)}`);
    const target = folderOf(table, run);
    await rm(join(folder, target), { recursive: true, force: true });
    return target;
  }

  async function write(table: TableContract, run: Run, select: string): Promise<SealedTable> {
    // What cannot be planned is refused before anything is cleared.
    const insert = insertText(table, run, select);
    await runStatement(session, `explain (type validate) ${insert}`);
    const target = await clear(table, run);
    const { updated } = await runStatement(session, insert);
    return await seal(table, run, { target, rows: updated ?? 0 });
  }

  /** Computed rows become a file through the embedded engine, which Trino then is told of. */
  async function writeRows(
    table: TableContract,
    run: Run,
    computed: Iterable<Row>,
  ): Promise<SealedTable> {
    const target = await clear(table, run);
    const { rows } = await embedded.writeRows(table, run, computed);
    await runStatement(
      session,
      `call system.register_partition('${schema}', '${table.name}', array[${Object.keys(
        partitionColumns,
      )
        .map((name) => `'${name}'`)
        .join(', ')}], array['${run.snapshotOn}', '${run.runId}'])`,
    );
    return await seal(table, run, { target, rows });
  }

  async function seal(
    table: TableContract,
    run: Run,
    written: { readonly target: string; readonly rows: number },
  ): Promise<SealedTable> {
    const { target, rows: expected } = written;
    const [counted] = await read(
      `select count(*) as found from ${table.name} where ${isOfRun(run)}`,
    );
    if (counted?.found !== expected) {
      throw new EngineError(
        `Cannot seal table ${table.name}: the ${expected} rows that were written must be found: found ${counted?.found}.`,
      );
    }
    return { table: table.name, rows: expected, files: await filesIn(folder, target) };
  }

  async function replaceViews(published: readonly Run[]): Promise<void> {
    const [current, ...earlier] = published;
    if (current === undefined) {
      throw new EngineError('Cannot replace the views: at least one published run is required.');
    }
    for (const { name, select } of currentViews(tables, [current, ...earlier])) {
      await runStatement(session, `create or replace view ${name} as ${select}`);
    }
  }

  async function removeRuns(table: TableContract, runs: readonly Run[]): Promise<void> {
    for (const run of runs) await clear(table, run);
  }

  async function close(): Promise<void> {
    await embedded.close();
    await runStatement(session, `drop schema ${schema} cascade`);
  }

  return { read, rows, write, writeRows, replaceViews, removeRuns, close };
}

function folderOf(table: TableContract, run: Run): string {
  return `${table.storage.folder}/snapshot_on=${run.snapshotOn}/run_id=${run.runId}`;
}

function isOfRun({ snapshotOn, runId }: Run): string {
  return `snapshot_on = date '${snapshotOn}' and run_id = '${runId}'`;
}

/**
 * Trino passes over the ORDER BY of an INSERT, unless which rows there are depends on it: `offset 0`
 * makes it so, and is the one way that is in the text alone, as Athena needs it.
 */
function insertText(table: TableContract, run: Run, select: string): string {
  const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
  const columns = Object.keys(table.columns);
  const order = table.key.length > 0 ? `\norder by ${quoted(table.key)} offset 0` : '';
  return `insert into ${table.name} (${quoted([...columns, ...Object.keys(partitionColumns)])})
select ${quoted(columns)}, date '${run.snapshotOn}', cast('${run.runId}' as varchar)
from (
${tableSelect(table, select)}
) as ordered${order}`;
}

async function filesIn(folder: string, target: string): Promise<readonly SealedFile[]> {
  const names = await readdir(join(folder, target)).catch((error: NodeJS.ErrnoException) => {
    // A write of no rows makes no folder.
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return await Promise.all(
    names.sort().map(async (name) => {
      const body = await readFile(join(folder, target, name));
      const sha256 = createHash('sha256').update(body).digest('hex');
      return { key: `${target}/${name}`, bytes: body.length, sha256 };
    }),
  );
}
