import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { EngineError } from '../../errors.ts';
import type { QueryEngine, Row, Run, SealedFile, SealedTable } from '../../ports/query-engine.ts';
import { currentViews } from '../../sql/current-views.ts';
import { tableSelect } from '../../sql/table-select.ts';
import { refuseUnknownColumns } from '../../tables/check-columns.ts';
import type { TableContract } from '../../tables/contract.ts';
import { openInstance, quoteText, scratchFolder } from './connection.ts';
import { dataFault } from './data-fault.ts';
import { filesSelect, foldersOf, parquetFiles } from './files-select.ts';
import { kindOf, reasonOf } from './reason.ts';
import { nextRows, readRows } from './rows.ts';

export interface DuckDbEngine extends QueryEngine {
  /** Interrupts what still runs, which then fails, and waits for it: closing under it would end the process. */
  close(): Promise<void>;
}

const interruptEveryMs = 20;

/**
 * Opens the embedded engine over a home folder (absolute path): each table of the lake is a view of
 * its Parquet files. `memory` is what it holds at most before it spills, such as `4GB`; left out, a
 * quarter of the machine's.
 */
export async function openDuckDbEngine(options: {
  readonly folder: string;
  readonly tables: readonly TableContract[];
  readonly memory?: string | undefined;
}): Promise<DuckDbEngine> {
  const { folder, tables, memory = quarterOfMachine() } = options;
  const instance = await openInstance(folder, { folders: foldersOf(tables), memory });
  const connection = await instance.connect();
  const connections = new Set([connection]);
  const underWay = new Set<Promise<unknown>>();
  const shownFiles = new Map<string, string>();
  let writes = 0;

  async function guard<T>(action: string, work: () => Promise<T>): Promise<T> {
    const working = told(action, work);
    underWay.add(working);
    try {
      return await working;
    } finally {
      underWay.delete(working);
    }
  }

  /** A text sees the files that are there when it runs. */
  async function showTables(text: string): Promise<void> {
    for (const table of tables) {
      if (!text.includes(table.name)) continue;
      const files = await parquetFiles(join(folder, table.storage.folder));
      if (shownFiles.get(table.name) === files.join('\n')) continue;
      await connection.run(`create or replace view ${table.name} as ${filesSelect(table, files)}`);
      shownFiles.set(table.name, files.join('\n'));
    }
  }

  /** On a connection of its own: the next statement of a connection ends what it streams. */
  async function* rows(select: string): AsyncGenerator<Row> {
    const reading = <T>(work: () => Promise<T>) => guard('read from the tables', work);
    const own: DuckDBConnection = await reading(async () => {
      await showTables(select);
      return await instance.connect();
    });
    connections.add(own);
    try {
      const result = await reading(() => own.stream(select));
      for (let some = await reading(() => nextRows(result)); some !== null; ) {
        yield* some;
        some = await reading(() => nextRows(result));
      }
    } finally {
      connections.delete(own);
      own.closeSync();
    }
  }

  async function write(table: TableContract, run: Run, select: string): Promise<SealedTable> {
    return await guard(`write table ${table.name}`, async () => {
      await showTables(select);
      const made = await readRows(connection, `describe ${select}`);
      refuseUnknownColumns(
        table,
        made.map(({ column_name }) => String(column_name)),
      );
      try {
        return await writeFileOf(table, run, select);
      } catch (cause) {
        const fault = await dataFault(connection, table, { select, cause });
        if (fault === null) throw cause;
        const found = kindOf(cause);
        throw new EngineError(`Cannot write table ${table.name}: ${fault}: ${found}`, { cause });
      }
    });
  }

  async function writeRows(
    table: TableContract,
    run: Run,
    computed: Iterable<Row>,
  ): Promise<SealedTable> {
    writes += 1;
    const file = join(folder, scratchFolder, `${process.pid}-${writes}.jsonl`);
    const columns = Object.keys(table.columns);
    try {
      await writeFile(file, linesOf(computed, table));
      const types = columns.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
      return await write(
        table,
        run,
        `select * from read_json(${quoteText(file)}, format = 'newline_delimited', columns = {${types}})`,
      );
    } finally {
      await rm(file, { force: true });
    }
  }

  /** Temporary name, fsync, rename: a killed COPY leaves a broken file under the name it was given. */
  async function writeFileOf(table: TableContract, run: Run, select: string): Promise<SealedTable> {
    writes += 1;
    const unfinished = join(folder, scratchFolder, `${process.pid}-${writes}.parquet`);
    const target = runFolder(table, run);
    const key = `${target}/part.parquet`;
    try {
      const [copied] = await readRows(
        connection,
        `copy (${tableSelect(table, select)}) to ${quoteText(unfinished)} (format parquet, compression zstd)`,
      );
      const sealed = await sealedFile(unfinished, key);
      await rm(join(folder, target), { recursive: true, force: true });
      await mkdir(join(folder, target), { recursive: true });
      await rename(unfinished, join(folder, key));
      return { table: table.name, rows: Number(copied?.Count), files: [sealed] };
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  async function replaceViews(published: readonly Run[]): Promise<void> {
    const [current, ...earlier] = published;
    if (current === undefined) {
      throw new EngineError('Cannot replace the views: at least one published run is required.');
    }
    await guard('replace the views', async () => {
      for (const { name, select } of currentViews(tables, [current, ...earlier])) {
        await showTables(select);
        await connection.run(`create or replace view ${name} as ${select}`);
      }
    });
  }

  async function removeRuns(table: TableContract, runs: readonly Run[]): Promise<void> {
    for (const run of runs)
      await rm(join(folder, runFolder(table, run)), { recursive: true, force: true });
  }

  async function close(): Promise<void> {
    while (underWay.size > 0) {
      // Again and again: an interruption between two statements is passed over.
      for (const one of connections) one.interrupt();
      await Promise.race([Promise.allSettled(underWay), sleep(interruptEveryMs)]);
    }
    for (const one of connections) one.closeSync();
    instance.closeSync();
  }

  const read = (select: string) => Array.fromAsync(rows(select));
  return { read, rows, write, writeRows, replaceViews, removeRuns, close };
}

/** Of the memory that this process may use: a container has less than its machine. */
function quarterOfMachine(): string {
  const constrained = process.constrainedMemory();
  const bytes = constrained > 0 ? Math.min(totalmem(), constrained) : totalmem();
  return `${Math.ceil(bytes / 4 / 1e6)}MB`;
}

function runFolder(table: TableContract, { snapshotOn, runId }: Run): string {
  return `${table.storage.folder}/snapshot_on=${snapshotOn}/run_id=${runId}`;
}

/** A row as one line of JSON with texts only: the contract's casts make the types of them. */
const rowsOfText = 1000;

/** A line of JSON a row, so many rows at a time. */
function* linesOf(rows: Iterable<Row>, table: TableContract): Generator<string> {
  const columns = Object.keys(table.columns);
  let text = '';
  let count = 0;
  for (const row of rows) {
    refuseUnknownColumns(table, Object.keys(row));
    text += `${textsOf(row, columns)}\n`;
    count += 1;
    if (count % rowsOfText === 0) {
      yield text;
      text = '';
    }
  }
  if (text !== '') yield text;
}

function textsOf(row: Row, columns: readonly string[]): string {
  return JSON.stringify(
    Object.fromEntries(columns.map((name) => [name, row[name] == null ? null : String(row[name])])),
  );
}

async function sealedFile(file: string, key: string): Promise<SealedFile> {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { key, bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}

async function told<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw new EngineError(`Cannot ${action}: ${reasonOf(cause)}`, { cause });
  }
}
