import { join } from 'node:path';
import { type DuckDBResult, StatementType } from '@duckdb/node-api';
import { ConfigurationError } from '../../errors.ts';
import type { Run } from '../../ports/query-engine.ts';
import { currentViews } from '../../sql/current-views.ts';
import type { TableContract } from '../../tables/contract.ts';
import { type Cell, toCell } from './cell.ts';
import { openInstance } from './connection.ts';
import { filesSelect, foldersOf, parquetFiles } from './files-select.ts';

/** Rows of a SELECT, a few at a time; several columns may have one name. */
export interface Rows {
  readonly columns: readonly string[];
  readonly batches: AsyncIterable<readonly (readonly Cell[])[]>;
}

export interface PublishedTables {
  /** Runs one SELECT. Fails with a ConfigurationError when it is none or is refused. */
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
}): Promise<PublishedTables> {
  const { folder, tables, published } = options;
  const instance = await openInstance(folder, { folders: foldersOf(tables) });
  const connection = await instance.connect();
  const show = (name: string, select: string) => connection.run(`create view ${name} as ${select}`);
  for (const table of tables) {
    const root = join(folder, table.storage.folder);
    if (table.storage.kind === 'log') {
      await show(table.name, filesSelect(table, await parquetFiles(root)));
      continue;
    }
    const files = await Promise.all(
      published.map(({ snapshotOn, runId }) =>
        parquetFiles(join(root, `snapshot_on=${snapshotOn}`, `run_id=${runId}`)),
      ),
    );
    await show(table.name, filesSelect(table, files[0] ?? []));
    await show(`${table.name}_current`, `from ${table.name}`);
    await show(`${table.name}_history`, filesSelect(table, files.flat()));
  }
  for (const { name, select } of currentViews([], published)) await show(name, select);
  return {
    query: (select) =>
      told(async () => {
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
    if (cause instanceof ConfigurationError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(`Cannot run the query: ${message}`, { cause });
  }
}
