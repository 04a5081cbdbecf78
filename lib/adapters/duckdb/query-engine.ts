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
import { filesSelect, foldersOf, namesTable, parquetFiles } from './files-select.ts';
import { kindOf, reasonOf } from './reason.ts';
import { nextRows, readRows } from './rows.ts';
import { openRunFiles, type ReadPublishedRun, runFolder } from './run-files.ts';

export interface DuckDbEngine extends QueryEngine {
  /** Interrupts what still runs, which then fails, and waits for it: closing under it would end the process. */
  close(): Promise<void>;
}

const interruptEveryMs = 20;

/** Run ids begin with their date; that of a round has one more ending. */
const runLiteral = /'((\d{4}-\d\d-\d\d)-[a-z0-9-]+)'/g;

/**
 * Opens the embedded engine over a home folder (absolute path): each table of the lake is a view of
 * its Parquet files. `memory` is what it holds at most before it spills, such as `4GB`; left out, a
 * quarter of the machine's.
 */
export async function openDuckDbEngine(options: {
  readonly folder: string;
  readonly tables: readonly TableContract[];
  readonly memory?: string | undefined;
  /** Which files of a run were published; left out, no run is. */
  readonly readRun?: ReadPublishedRun;
}): Promise<DuckDbEngine> {
  const { folder, tables, memory = quarterOfMachine(), readRun = async () => null } = options;
  const runFiles = openRunFiles(folder, readRun);
  const instance = await openInstance(folder, { folders: foldersOf(tables), memory });
  const connection = await instance.connect();
  const connections = new Set([connection]);
  const underWay = new Set<Promise<unknown>>();
  const shown = new Map<string, string>();
  let published: readonly Run[] = [];
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
      if (!namesTable(text, table)) continue;
      await show(table.name, filesSelect(table, await filesFor(table, text)));
    }
    const [current, ...earlier] = published;
    if (current === undefined || !/_(current|history|run|runs)\b/.test(text)) return;
    for (const { name, select } of currentViews(tables, [current, ...earlier])) {
      if (/_runs?$/.test(name) || text.includes(name)) await show(name, select);
    }
  }

  async function show(name: string, select: string): Promise<void> {
    if (shown.get(name) === select) return;
    await connection.run(`create or replace view ${name} as ${select}`);
    shown.set(name, select);
  }

  /** Where a text names runs it sees these alone: another that is damaged is none of its business. */
  async function filesFor(table: TableContract, text: string): Promise<readonly string[]> {
    if (table.storage.kind === 'log') return await parquetFiles(join(folder, table.storage.folder));
    const named = new Map(
      [...text.matchAll(runLiteral)].map(([, runId = '', snapshotOn = '']) => [
        runId,
        { runId, snapshotOn },
      ]),
    );
    const files: string[] = [];
    for (const run of named.size > 0 ? named.values() : await runFiles.runsOf(table)) {
      files.push(...(await runFiles.of(table, run)));
    }
    return files.sort();
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
    runFiles.isOwn(run);
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

  /** They live no longer than the engine: each is made when a text names it. */
  async function replaceViews(runs: readonly Run[]): Promise<void> {
    if (runs.length === 0) {
      throw new EngineError('Cannot replace the views: at least one published run is required.');
    }
    published = runs;
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
