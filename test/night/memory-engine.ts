import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInstance, quoteText } from '../../lib/adapters/duckdb/connection.ts';
import { readRows } from '../../lib/adapters/duckdb/rows.ts';
import { EngineError } from '../../lib/errors.ts';
import type { Row, Run, SealedTable, Value } from '../../lib/ports/query-engine.ts';
import { emptySelect, quoteName, tableSelect } from '../../lib/sql/table-select.ts';
import { allTables } from '../../lib/tables/all.ts';
import type { TableContract } from '../../lib/tables/contract.ts';

/**
 * The tables of the lake in memory: the embedded engine's dialect, settings and casts, without files.
 * For tests of what a text makes of rows; nothing is sealed or published.
 */
export interface MemoryEngine {
  readonly read: (select: string) => Promise<readonly Row[]>;
  readonly write: (table: TableContract, run: Run, select: string) => Promise<SealedTable>;
  /** A log table has the rows of no run. */
  readonly writeRows: (table: TableContract, run: Run, rows: Iterable<Row>) => Promise<void>;
  /** A log table has these rows and no others. */
  readonly fill: (table: TableContract, select: string) => Promise<void>;
  /** Whatever `work` writes is undone. */
  readonly attempt: <T>(work: () => Promise<T>) => Promise<T>;
  /** Every table is empty again. */
  readonly clear: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `folder` is a home whose files texts may read; else they read none. */
export async function openMemoryEngine(
  options: { readonly folder?: string } = {},
): Promise<MemoryEngine> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'clientele-memory-')));
  const instance = await openInstance(folder, { threads: 1 });
  const connection = await instance.connect();
  const created = new Set<string>();

  /** Fails with an EngineError where the text is refused. */
  async function told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      throw new EngineError(`Cannot run a text: ${cause}`, { cause });
    }
  }

  async function createTables(text: string): Promise<void> {
    for (const table of allTables) {
      if (created.has(table.name) || !text.includes(table.name)) continue;
      await connection.run(`create table ${table.name} as ${emptySelect(table)}`);
      created.add(table.name);
    }
  }

  async function write(table: TableContract, run: Run, select: string): Promise<SealedTable> {
    await createTables(`${table.name} ${select}`);
    const isOfRun = table.storage.kind === 'run';
    const partition = `date '${run.snapshotOn}', ${quoteText(run.runId)}`;
    if (isOfRun) {
      await connection.run(
        `delete from ${table.name} where (snapshot_on, run_id) = (${partition})`,
      );
    }
    const made = tableSelect(table, select);
    const { rowsChanged } = await told(() =>
      connection.run(
        `insert into ${table.name} select *${isOfRun ? `, ${partition}` : ''} from (${made})`,
      ),
    );
    return { table: table.name, rows: rowsChanged, files: [] };
  }

  async function clear(): Promise<void> {
    for (const name of created) await connection.run(`truncate ${name}`);
  }

  return {
    read: async (select) => {
      await createTables(select);
      return await told(() => readRows(connection, select));
    },
    write,
    writeRows: async (table, run, rows) => {
      const columns = Object.keys(table.columns);
      const values = Array.from(rows, (row) => {
        const unknown = Object.keys(row).filter((name) => !columns.includes(name));
        if (unknown.length > 0) throw new Error(`${table.name} has no column ${unknown}`);
        return `(${columns.map((name) => literal(row[name])).join(', ')})`;
      });
      if (values.length === 0) return;
      const names = columns.map(quoteName).join(', ');
      await write(table, run, `select * from (values ${values.join(', ')}) as v (${names})`);
    },
    fill: async (table, select) => {
      await createTables(table.name);
      await connection.run(`truncate ${table.name}`);
      await connection.run(`insert into ${table.name} by name ${select}`);
    },
    attempt: async (work) => {
      await createTables(allTables.map(({ name }) => name).join(' '));
      await connection.run('begin');
      try {
        return await work();
      } finally {
        await connection.run('rollback');
      }
    },
    clear,
    close: async () => {
      connection.closeSync();
      instance.closeSync();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As text: the contract's casts make the types. */
function literal(value: Value | undefined): string {
  return value === null || value === undefined ? 'null' : quoteText(String(value));
}
