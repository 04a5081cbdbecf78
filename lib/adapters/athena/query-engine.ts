import { EngineError } from '../../errors.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { QueryEngine, Row, Run, SealedTable } from '../../ports/query-engine.ts';
import { currentViews } from '../../sql/current-views.ts';
import { refuseUnknownColumns } from '../../tables/check-columns.ts';
import type { TableContract } from '../../tables/contract.ts';
import { TransientEngineError } from './failure.ts';
import { addPartitionText, dropPartitionsText, insertText, runFolder } from './insert-text.ts';
import { parquetFile } from './parquet-file.ts';
import { type FinishedQuery, openQueries, type QueriesOptions } from './queries.ts';
import { readResult } from './read-result.ts';
import { keepOnly, type SealServices, sealTable } from './seal-table.ts';

export interface AthenaOptions extends QueriesOptions {
  /** The bucket of the lake. */
  readonly store: ObjectStore;
  /** The bucket that Athena writes results and manifests to. */
  readonly results: ObjectStore;
  readonly tables: readonly TableContract[];
}

export interface AthenaEngine extends QueryEngine {
  /** Seals what an INSERT of `insertText` wrote that somebody else has run. */
  sealTable(table: TableContract, run: Run, queryId: string): Promise<SealedTable>;
}

const readAttempts = 3;
const viewsAtOnce = 4;
/** Rows of a file of computed rows: what is held of them as objects at a time. */
const rowsOfPart = 100_000;

/** The engine over the tables of a Glue database, one for each contract; no connection is held. */
export function openAthenaEngine(options: AthenaOptions): AthenaEngine {
  const { store, results, tables } = options;
  const queries = openQueries(options);
  const services: SealServices = { queries, store, results };

  async function* rows(select: string): AsyncGenerator<Row> {
    yield* readResult(services, await runAgain(select));
  }

  /** A SELECT leaves nothing behind that a second one could meet. */
  async function runAgain(select: string): Promise<FinishedQuery> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await queries.run(select);
      } catch (error) {
        if (!(error instanceof TransientEngineError) || attempt === readAttempts) throw error;
      }
    }
  }

  async function write(table: TableContract, run: Run, select: string): Promise<SealedTable> {
    const folder = runFolder(table, run);
    const before = await keysOf(folder);
    const inserting = queries.run(insertText(table, run, select));
    const { queryId } = await inserting.catch(async (error: unknown) => {
      for (const key of await keysOf(folder)) if (!before.has(key)) await store.delete(key);
      throw error;
    });
    return await sealTable(services, { table, run, queryId });
  }

  async function writeRows(
    table: TableContract,
    run: Run,
    computed: Iterable<Row>,
  ): Promise<SealedTable> {
    const folder = runFolder(table, run);
    const keys = new Set<string>();
    let written = 0;
    for (const rows of inParts(computed)) {
      refuseUnknownColumns(table, rows.flatMap(Object.keys));
      const key = `${folder}part${keys.size === 0 ? '' : `-${keys.size}`}.parquet`;
      await store.put(key, parquetFile(table, rows));
      keys.add(key);
      written += rows.length;
    }
    const files = await keepOnly(store, folder, keys);
    if (written > 0) await queries.run(addPartitionText(table, run));
    return { table: table.name, rows: written, files };
  }

  /** The first two views are what the others join; these are the same text night after night. */
  async function replaceViews(published: readonly Run[]): Promise<void> {
    const [current, ...earlier] = published;
    if (current === undefined) {
      throw new EngineError('Cannot replace the views: at least one published run is required.');
    }
    const [currentRun, publishedRuns, ...rest] = currentViews(tables, [current, ...earlier]).map(
      ({ name, select }) => `create or replace view ${name} as ${select}`,
    );
    for (const text of [publishedRuns, currentRun]) await queries.run(text as string);
    const waiting = rest.values();
    await Promise.all(
      Array.from({ length: viewsAtOnce }, async () => {
        for (const text of waiting) await queries.run(text);
      }),
    );
  }

  /** Out of the catalogue first: a partition whose files are gone would be looked for for ever. */
  async function removeRuns(table: TableContract, runs: readonly Run[]): Promise<void> {
    if (runs.length > 0) await queries.run(dropPartitionsText(table, runs));
    for (const run of runs) await keepOnly(store, runFolder(table, run), new Set());
  }

  async function keysOf(folder: string): Promise<ReadonlySet<string>> {
    const keys = new Set<string>();
    for await (const { key } of store.list(folder)) keys.add(key);
    return keys;
  }

  return {
    read: (select) => Array.fromAsync(rows(select)),
    rows,
    write,
    writeRows,
    replaceViews,
    removeRuns,
    sealTable: (table, run, queryId) => sealTable(services, { table, run, queryId }),
  };
}

/** The rows so many at a time. */
function* inParts(rows: Iterable<Row>): Generator<readonly Row[]> {
  let part: Row[] = [];
  for (const row of rows) {
    part.push(row);
    if (part.length === rowsOfPart) {
      yield part;
      part = [];
    }
  }
  if (part.length > 0) yield part;
}
