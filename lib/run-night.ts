import { readFile } from 'node:fs/promises';
import type { Config } from './config.ts';
import { ConfigurationError } from './errors.ts';
import { night as wholeNight } from './pipeline.ts';
import type { Clock } from './ports/clock.ts';
import type { ObjectStore } from './ports/object-store.ts';
import type { QueryEngine, Run, SealedTable } from './ports/query-engine.ts';
import { bind, type Parameters } from './sql/bind.ts';
import { readPointer } from './stages/publish/pointer.ts';
import { type Night, type Pointer, type SqlStep, type Stage, stepName } from './stages/stage.ts';

export interface NightServices {
  readonly engine: QueryEngine;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly config: Config;
}

export interface NightOptions {
  /** The last business day that counts, `YYYY-MM-DD`; yesterday in the business time zone. */
  readonly asOf?: string;
  /** Publish although a later as-of date is published already. */
  readonly replaceNewer?: boolean;
  readonly stages?: readonly Stage[];
  readonly onStep?: (step: StepDone) => void;
}

export interface StepDone {
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
  const { engine, store, clock, config } = services;
  const { stages = wholeNight, onStep } = options;
  const asOf = options.asOf ?? yesterday(clock.now(), config.time_zone);
  const pointer = await readPointer(store);
  refuseOlder(asOf, pointer, options.replaceNewer ?? false);
  const run = await claimRun(store, asOf);
  const sealed = new Map<string, SealedTable>();
  const parameters = nightParameters(run, pointer, config);
  const night: Night = { engine, store, clock, config, run, parameters, pointer, sealed };
  const steps = stages.flatMap((stage) => stage.steps.map((step) => ({ stage, step })));
  for (const [index, { stage, step }] of steps.entries()) {
    let table: SealedTable | null = null;
    if (step.kind === 'sql') {
      table = await runSqlStep(night, step);
    } else {
      const rows = await step.compute(night);
      if (step.writes !== null) table = await engine.writeRows(step.writes, run, rows);
    }
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

async function runSqlStep(night: Night, step: SqlStep): Promise<SealedTable> {
  const { engine, run, parameters } = night;
  const text = await readFile(step.file, 'utf8');
  if (step.until === undefined) return await engine.write(step.writes, run, bind(text, parameters));
  // Each round is a run of its own, because a folder is written once; the last one is done again
  // into the night's run.
  for (let round = 1; ; round += 1) {
    const reading = { ...parameters, round_run_id: textParameter(roundOf(run, round - 1)) };
    const target = { ...run, runId: roundOf(run, round) };
    await engine.write(step.writes, target, bind(text, reading));
    const [left] = await engine.read(
      bind(
        `select count(case when ${step.until.noRow} then 1 end) as changed from ${step.writes.name}
         where snapshot_on = :as_of and run_id = :round_run_id`,
        { ...parameters, round_run_id: textParameter(target.runId) },
      ),
    );
    if (left?.changed === 0) {
      const last = { ...parameters, round_run_id: textParameter(target.runId) };
      return await engine.write(step.writes, run, bind(text, last));
    }
  }
}

function roundOf(run: Run, round: number): string {
  return `${run.runId}-r${round}`;
}

function textParameter(value: string) {
  return { type: 'text', value } as const;
}

/** What the texts of the night may name, from the run, the pointer and the configuration alone. */
function nightParameters(run: Run, pointer: Pointer | null, config: Config): Parameters {
  const previous = pointer?.current ?? { snapshotOn: run.snapshotOn, runId: 'none' };
  return {
    as_of: { type: 'date', value: run.snapshotOn },
    run_id: textParameter(run.runId),
    previous_snapshot_on: { type: 'date', value: previous.snapshotOn },
    previous_run_id: textParameter(previous.runId),
    time_zone: textParameter(config.time_zone),
    margin_rate: { type: 'decimal', value: config.margin_rate },
    discount_rate: { type: 'decimal', value: config.discount_rate },
    discounted_years_12m: { type: 'decimal', value: discountedYears(12, config.discount_rate) },
    discounted_years_24m: { type: 'decimal', value: discountedYears(24, config.discount_rate) },
    discounted_years_36m: { type: 'decimal', value: discountedYears(36, config.discount_rate) },
  };
}

/** Σ over the months of (1+d)^−((m−0.5)/12) / 12: years of a level income, discounted mid-month. */
function discountedYears(months: number, annualDiscountRate: number): number {
  let sum = 0;
  for (let month = 1; month <= months; month += 1) {
    sum += (1 + annualDiscountRate) ** (-(month - 0.5) / 12) / 12;
  }
  return sum;
}

function yesterday(now: Date, timeZone: string): string {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

function refuseOlder(asOf: string, pointer: Pointer | null, replaceNewer: boolean): void {
  if (pointer === null || replaceNewer || asOf >= pointer.current.snapshotOn) return;
  throw new ConfigurationError(
    `Cannot run the night of ${asOf}: ${pointer.current.snapshotOn} is published, and an older date replaces a newer one only when asked (--replace-newer).`,
  );
}

/** Takes the next free attempt of the date, so that no two nights write into one run. */
async function claimRun(store: ObjectStore, snapshotOn: string): Promise<Run> {
  for (let attempt = 1; ; attempt += 1) {
    const runId = `${snapshotOn}-${attempt}`;
    if (await store.putIfAbsent(`runs/${runId}.json`, `{"snapshot_on":"${snapshotOn}"}\n`)) {
      return { snapshotOn, runId };
    }
  }
}
