import type { Config } from '../config.ts';
import { night as wholeNight } from '../pipeline.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueryEngine, Run, SealedTable } from '../ports/query-engine.ts';
import { type Mend, type Night, type Stage, stepName } from '../stages/stage.ts';
import { beginNight } from './begin.ts';
import { nightParameters } from './parameters.ts';
import { runComputeStep, runSqlStep } from './steps.ts';

export interface NightServices {
  readonly engine: QueryEngine;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly config: Config;
  readonly mend?: Mend;
}

export interface NightOptions {
  /** The last business day that counts, `YYYY-MM-DD`; yesterday in the business time zone. */
  readonly asOf?: string;
  /** Publish although a later as-of date is published already. */
  readonly replaceNewer?: boolean;
  readonly stages?: readonly Stage[];
  readonly onStep?: (step: StepDone) => void;
}

interface StepDone {
  readonly stage: string;
  readonly step: string;
  readonly place: number;
  readonly of: number;
  /** Rows written; null for a step that writes no table. */
  readonly rows: number | null;
}

export interface NightResult {
  readonly run: Run;
  readonly tables: readonly SealedTable[];
}

/**
 * Walks the list of steps for an as-of date: every table into a run of its own, then publishes.
 * Fails with an AuditError when a table breaks its contract and with a StorageError when another
 * night published meanwhile; what was published before stays in both cases.
 */
export async function runNight(
  services: NightServices,
  options: NightOptions = {},
): Promise<NightResult> {
  const { stages = wholeNight, onStep, asOf, replaceNewer } = options;
  const record = await beginNight(services, { asOf, replaceNewer });
  const { run } = record;
  const sealed = new Map<string, SealedTable>();
  const night: Night = { ...services, ...record, parameters: nightParameters(record), sealed };
  const steps = stages.flatMap((stage) => stage.steps.map((step) => ({ stage, step })));
  for (const [index, { stage, step }] of steps.entries()) {
    const table =
      step.kind === 'sql' ? await runSqlStep(night, step) : await runComputeStep(night, step);
    if (table !== null) sealed.set(table.table, table);
    onStep?.({
      stage: stage.name,
      step: stepName(step),
      place: index + 1,
      of: steps.length,
      rows: table?.rows ?? null,
    });
  }
  return { run, tables: [...sealed.values()] };
}
