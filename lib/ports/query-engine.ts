import type { TableContract } from '../tables/contract.ts';

/**
 * One value of a result row. DECIMAL is text with all its digits (`'12.5000'`), DATE is
 * `'2026-01-31'`, TIMESTAMP is `'2026-01-31 09:30:00.000'` in UTC, BIGINT and DOUBLE are numbers.
 */
export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;

/** One attempt to build the tables of an as-of date. `runId` is `[a-z0-9-]`; dates are ISO text. */
export interface Run {
  readonly snapshotOn: string;
  readonly runId: string;
}

export interface SealedFile {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a finished write left behind: nothing else may lie in the table's folder of that run. */
export interface SealedTable {
  readonly table: string;
  readonly rows: number;
  readonly files: readonly SealedFile[];
}

/** A SQL engine over the tables of the lake. Texts are in the Trino dialect (see `lib/sql`). */
export interface QueryEngine {
  /**
   * Runs one SELECT and returns all its rows.
   * Fails with an EngineError when the text is refused, or when a BIGINT is beyond 2^53.
   */
  read(select: string): Promise<readonly Row[]>;

  /** The same rows in the same order, held a few at a time: for results that may be large. */
  rows(select: string): AsyncIterable<Row>;

  /**
   * Writes the rows of a SELECT as the table of a run, in key order, and seals it. The columns are
   * cast to the contract's types. Writing the same table of the same run again replaces it.
   */
  write(table: TableContract, run: Run, select: string): Promise<SealedTable>;

  /**
   * The same for rows that were computed and not selected; a missing column is NULL. They are taken
   * one at a time, so that what makes them as they are asked for is never held.
   */
  writeRows(table: TableContract, run: Run, rows: Iterable<Row>): Promise<SealedTable>;

  /**
   * Makes `current_run`, `published_runs`, and `<table>_current` and `<table>_history` of every run
   * table show these runs. The first is the current one; there is at least one.
   */
  replaceViews(published: readonly Run[]): Promise<void>;

  /** Removes a table's runs, files and all: no reader of the table meets them. No error where there is none. */
  removeRuns(table: TableContract, runs: readonly Run[]): Promise<void>;
}
