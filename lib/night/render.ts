import { readFile } from 'node:fs/promises';
import type { QueryEngine, Run } from '../ports/query-engine.ts';
import { bind, type Parameters } from '../sql/bind.ts';
import type { SqlStep } from '../stages/stage.ts';
import { textParameter } from './parameters.ts';

/** What rendering needs to know of a night. */
export interface NightText {
  readonly run: Run;
  readonly parameters: Parameters;
}

/**
 * One round of a step that says `until`. Each is a run of its own, because a folder is written once;
 * the last one is done again into the night's run.
 */
export interface Round {
  /** From 1; it reads the round before. */
  readonly number: number;
  readonly isLast: boolean;
}

/** A SELECT with its values, and the run that its rows are written into. */
export interface RenderedStep {
  readonly run: Run;
  readonly select: string;
}

/** Null for a step that does not repeat. */
export function firstRound(step: SqlStep): Round | null {
  return step.until === undefined ? null : { number: 1, isLast: false };
}

export async function renderStep(
  step: SqlStep,
  { run, parameters }: NightText,
  round: Round | null,
): Promise<RenderedStep> {
  const text = await readFile(step.file, 'utf8');
  if (round === null) return { run, select: bind(text, parameters) };
  const reading = { ...parameters, round_run_id: textParameter(roundOf(run, round.number - 1)) };
  return { run: writtenRun(run, round), select: bind(text, reading) };
}

/** The run that a round of a night writes into. */
export function writtenRun(run: Run, round: Round | null): Run {
  if (round === null || round.isLast) return run;
  return { ...run, runId: roundOf(run, round.number) };
}

/** The round that follows one that is written; null when the table is done. */
export async function nextRound(
  step: SqlStep,
  night: NightText & { readonly engine: Pick<QueryEngine, 'read'> },
  round: Round | null,
): Promise<Round | null> {
  if (round === null || round.isLast || step.until === undefined) return null;
  const written = textParameter(roundOf(night.run, round.number));
  const [left] = await night.engine.read(
    bind(
      `select count(case when ${step.until.noRow} then 1 end) as changed from ${step.writes.name}
       where snapshot_on = :as_of and run_id = :round_run_id`,
      { ...night.parameters, round_run_id: written },
    ),
  );
  return { number: round.number + 1, isLast: left?.changed === 0 };
}

function roundOf(run: Run, round: number): string {
  return `${run.runId}-r${round}`;
}
