import { join } from 'node:path';
import { StatementType } from '@duckdb/node-api';
import { ConfigurationError, EngineError } from '../../errors.ts';
import type { Row, Run } from '../../ports/query-engine.ts';
import { currentViews } from '../../sql/current-views.ts';
import type { TableContract } from '../../tables/contract.ts';
import { openInstance } from './connection.ts';
import { filesSelect, foldersOf, parquetFiles } from './files-select.ts';
import { readRows } from './rows.ts';

export interface PublishedTables {
  /** Runs one SELECT. Fails with a ConfigurationError when it is none or is refused. */
  read(select: string): Promise<readonly Row[]>;
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
    read: async (select) => {
      try {
        const statements = await connection.extractStatements(select);
        const only = statements.count === 1 ? await statements.prepare(0) : null;
        if (only?.statementType !== StatementType.SELECT) {
          throw new ConfigurationError('Cannot run the query: one SELECT is required.');
        }
        return await readRows(connection, select);
      } catch (cause) {
        if (cause instanceof ConfigurationError || cause instanceof EngineError) throw cause;
        const message = cause instanceof Error ? cause.message : String(cause);
        throw new ConfigurationError(`Cannot run the query: ${message}`, { cause });
      }
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
