import { ConfigurationError } from '../errors.ts';
import { night as wholeNight } from '../pipeline.ts';
import type { QueryEngine, SealedTable } from '../ports/query-engine.ts';
import {
  type ComputeStep,
  type Night,
  type SqlStep,
  type Step,
  stepName,
} from '../stages/stage.ts';
import { firstRound, type NightText, nextRound, renderStep } from './render.ts';

/** Runs a step from its text to its sealed table, all its rounds included. */
export async function runSqlStep(
  night: NightText & { readonly engine: Pick<QueryEngine, 'read' | 'write'> },
  step: SqlStep,
): Promise<SealedTable> {
  for (let round = firstRound(step); ; ) {
    const { run, select } = await renderStep(step, night, round);
    const sealed = await night.engine.write(step.writes, run, select);
    round = await nextRound(step, night, round);
    if (round === null) return sealed;
  }
}

/** Null for an act, which writes no table. */
export async function runComputeStep(night: Night, step: ComputeStep): Promise<SealedTable | null> {
  const rows = await step.compute(night);
  return step.writes === null ? null : await night.engine.writeRows(step.writes, night.run, rows);
}

export function sqlStepNamed(name: string): SqlStep {
  const step = stepNamed(name);
  if (step?.kind === 'sql') return step;
  throw new ConfigurationError(`Cannot run ${name}: an SQL step of the night is required.`);
}

export function computeStepNamed(name: string): ComputeStep {
  const step = stepNamed(name);
  if (step?.kind === 'compute') return step;
  throw new ConfigurationError(`Cannot run ${name}: a compute step of the night is required.`);
}

function stepNamed(name: string): Step | undefined {
  return wholeNight.flatMap(({ steps }) => steps).find((step) => stepName(step) === name);
}
