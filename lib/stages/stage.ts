import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { Damage } from '../ingest/ledger/check-ledger.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueryEngine, Row, Run, SealedTable } from '../ports/query-engine.ts';
import type { Parameters } from '../sql/bind.ts';
import { allTables } from '../tables/all.ts';
import type { TableContract } from '../tables/contract.ts';

/** What a compute function may use: all of the night, nothing of the machine. */
export interface Night {
  readonly engine: QueryEngine;
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** Loads damaged content again where it is still at hand; where nobody does, the night ends. */
  readonly mend?: Mend;
  readonly config: Config;
  readonly run: Run;
  readonly parameters: Parameters;
  /** The pointer as it was when the night began: what this night may replace. */
  readonly pointer: Pointer | null;
  /** The tables written so far, by name. */
  readonly sealed: ReadonlyMap<string, SealedTable>;
}

export type Mend = (damages: readonly Damage[]) => Promise<void>;

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

/**
 * The step of a table whose SELECT stands in `<table>.sql` beside the stage (`import.meta.url`). What
 * it reads is told, or else found in the text.
 */
export function sqlStep(
  writes: TableContract,
  options: Pick<SqlStep, 'until'> & {
    readonly beside: string;
    readonly reads?: readonly TableContract[];
  },
): SqlStep {
  const { beside, reads, ...rest } = options;
  const file = new URL(`./${writes.name}.sql`, beside);
  return {
    kind: 'sql',
    writes,
    file,
    // Only when asked for: where the night runs, the text is not read before its step.
    get reads() {
      return reads ?? tablesNamedIn(readFileSync(file, 'utf8'));
    },
    ...rest,
  };
}

/** The tables of the lake that a text names behind `from` and `join`. */
function tablesNamedIn(text: string): readonly TableContract[] {
  const code = text.replaceAll(/--[^\n]*/g, '');
  const names = new Set([...code.matchAll(/\b(?:from|join)\s+(\w+)/g)].map(([, name]) => name));
  return allTables.filter(({ name }) => names.has(name));
}
