import type { Config } from '../config.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueryEngine, Row, Run, SealedTable } from '../ports/query-engine.ts';
import type { Parameters } from '../sql/bind.ts';
import type { TableContract } from '../tables/contract.ts';

/** What a compute function may use: all of the night, nothing of the machine. */
export interface Night {
  readonly engine: QueryEngine;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly config: Config;
  readonly run: Run;
  readonly parameters: Parameters;
  /** The pointer as it was when the night began: what this night may replace. */
  readonly pointer: Pointer | null;
  /** The tables written so far, by name. */
  readonly sealed: ReadonlyMap<string, SealedTable>;
}

/** `published/latest.json`, the truth about what readers see, and its etag. */
export interface Pointer {
  readonly current: Run;
  /** Every published date with its run, newest first; the first is the current one. */
  readonly runs: readonly Run[];
  readonly etag: string;
}

/** A table that is one SELECT in the `.sql` file of its name beside the stage. */
export interface SqlStep {
  readonly kind: 'sql';
  readonly writes: TableContract;
  readonly reads: readonly TableContract[];
  readonly file: URL;
  /**
   * Repeat, each round reading the one before (`:round_run_id`), until no row has this flag set;
   * the last round is the table.
   */
  readonly until?: { readonly noRow: string };
}

/** A table whose rows are computed, or (`writes: null`) an act such as moving the pointer. */
export interface ComputeStep {
  readonly kind: 'compute';
  readonly name: string;
  readonly writes: TableContract | null;
  readonly reads: readonly TableContract[];
  readonly compute: (night: Night) => Promise<Iterable<Row>>;
}

export type Step = SqlStep | ComputeStep;

export interface Stage {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** The word of a step in progress lines, states and errors: its table, or its act. */
export function stepName(step: Step): string {
  return step.kind === 'sql' ? step.writes.name : step.name;
}

/** The step of a table whose SELECT stands in `<table>.sql` beside the stage (`import.meta.url`). */
export function sqlStep(
  writes: TableContract,
  options: Omit<SqlStep, 'kind' | 'writes' | 'file'> & { readonly beside: string },
): SqlStep {
  const { beside, ...rest } = options;
  return { kind: 'sql', writes, file: new URL(`./${writes.name}.sql`, beside), ...rest };
}
