import { join } from 'node:path';
import { type DuckDBResult, StatementType } from '@duckdb/node-api';
import { ClienteleError, ConfigurationError } from '../../errors.ts';
import type { Run } from '../../ports/query-engine.ts';
import { currentViews } from '../../sql/current-views.ts';
import type { TableContract } from '../../tables/contract.ts';
import { type Cell, toCell } from './cell.ts';
import { openInstance } from './connection.ts';
import { filesSelect, foldersOf, namesTable, parquetFiles } from './files-select.ts';
import { openRunFiles, type ReadPublishedRun } from './run-files.ts';

/** Rows of a SELECT, a few at a time; several columns may have one name. */
export interface Rows {
  readonly columns: readonly string[];
  readonly batches: AsyncIterable<readonly (readonly Cell[])[]>;
}

export interface PublishedTables {
  /**
   * Runs one SELECT. Fails with a ConfigurationError when it is none or is refused, and as `RunFiles`
   * does where a table that it names is damaged.
   */
  query(select: string): Promise<Rows>;
  close(): void;
}

/**
 * What a reader of the home sees: `<table>` and `<table>_current` are the current run,
 * `<table>_history` one run a published date, `load` and `quarantine` all there is.
 */
export async function openPublishedTables(options: {
  readonly folder: string;
  readonly tables: readonly TableContract[];
  readonly published: readonly [Run, ...Run[]];
  readonly readRun: ReadPublishedRun;
  /** Keys of what was loaded and counts; left out, everything that lies there. */
  readonly loaded?: readonly string[];
}): Promise<PublishedTables> {
  const { folder, tables, published, readRun, loaded } = options;
  const runFiles = openRunFiles(folder, readRun);
  const instance = await openInstance(folder, { folders: foldersOf(tables) });
  const connection = await instance.connect();
  const show = (name: string, select: string) =>
    connection.run(`create or replace view ${name} as ${select}`);
  for (const { name, select } of currentViews([], published)) await show(name, select);

  async function filesOf(table: TableContract, runs: readonly Run[]): Promise<string[]> {
    const files: string[] = [];
    for (const run of runs) files.push(...(await runFiles.of(table, run)));
    return files;
  }

  async function loadedFiles(below: string): Promise<readonly string[]> {
    if (loaded === undefined) return await parquetFiles(join(folder, below));
    const keys = loaded.filter((key) => key.startsWith(`${below}/`)).sort();
    return keys.map((key) => join(folder, key));
  }

  /** What a text does not name is not looked at: a damaged table is nobody's but its readers'. */
  async function showNamed(text: string): Promise<void> {
    for (const table of tables.filter((one) => namesTable(text, one))) {
      const { name, storage } = table;
      if (storage.kind === 'log') {
        await show(name, filesSelect(table, await loadedFiles(storage.folder)));
        continue;
      }
      await show(name, filesSelect(table, await filesOf(table, published.slice(0, 1))));
      await show(`${name}_current`, `from ${name}`);
      if (!text.toLowerCase().includes(`${name}_history`)) continue;
      await show(`${name}_history`, filesSelect(table, await filesOf(table, published)));
    }
  }

  return {
    query: (select) =>
      told(async () => {
        await showNamed(select);
        const statements = await connection.extractStatements(select);
        const only = statements.count === 1 ? await statements.prepare(0) : null;
        if (only?.statementType !== StatementType.SELECT) {
          throw new ConfigurationError('Cannot run the query: one SELECT is required.');
        }
        const result = await only.stream();
        return { columns: result.columnNames(), batches: batchesOf(result) };
      }),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function* batchesOf(result: DuckDBResult): AsyncGenerator<readonly (readonly Cell[])[]> {
  for (;;) {
    const batch = await told(async () => {
      const chunk = await result.fetchChunk();
      return chunk?.getRows().map((row) => row.map(toCell)) ?? [];
    });
    if (batch.length === 0) return;
    yield batch;
  }
}

/** Whoever asks sees the data anyway: the engine's own message may be told whole. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof ClienteleError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(`Cannot run the query: ${message}`, { cause });
  }
}
