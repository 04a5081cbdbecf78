import { parseConfig } from '../../lib/config.ts';
import { nightParameters } from '../../lib/night/parameters.ts';
import { runSqlStep } from '../../lib/night/steps.ts';
import { night } from '../../lib/pipeline.ts';
import type { Row, Run } from '../../lib/ports/query-engine.ts';
import type { Parameters } from '../../lib/sql/bind.ts';
import type { SqlStep } from '../../lib/stages/stage.ts';
import { allTables } from '../../lib/tables/all.ts';
import type { TableContract } from '../../lib/tables/contract.ts';
import type { MemoryEngine } from './memory-engine.ts';

/** What the texts of a night are rendered with. */
export interface NightOfTexts {
  readonly run: Run;
  readonly parameters: Parameters;
}

/** `previous` is the run published before. */
export function nightOfTexts(
  configuration: unknown,
  asOf: string,
  previous: Run | null = null,
): NightOfTexts {
  const run = { snapshotOn: asOf, runId: `${asOf}-1` };
  const pointer = previous === null ? null : { current: previous, runs: [previous], etag: '' };
  const config = parseConfig(configuration);
  return { run, parameters: nightParameters({ run, pointer, config, sent: [], start: null }) };
}

/** The SQL steps of stages in the order of the night. */
export function textsOf(...stages: readonly string[]): readonly SqlStep[] {
  return night
    .filter(({ name }) => stages.includes(name))
    .flatMap(({ steps }) => steps.filter((step) => step.kind === 'sql'));
}

export async function writeTables(
  engine: MemoryEngine,
  { run, parameters }: NightOfTexts,
  steps: readonly SqlStep[],
): Promise<void> {
  for (const step of steps) await runSqlStep({ engine, run, parameters }, step);
}

export type Tables = Readonly<Record<string, readonly Row[]>>;

/** Rows of tables by their names: of the run, where it is a table of runs. */
export async function giveRows(engine: MemoryEngine, run: Run, tables: Tables): Promise<void> {
  for (const [name, rows] of Object.entries(tables)) {
    await engine.writeRows(tableNamed(name), run, rows);
  }
}

function tableNamed(name: string): TableContract {
  const table = allTables.find((one) => one.name === name);
  if (table === undefined) throw new Error(`there is no table ${name}`);
  return table;
}
