import { afterAll } from 'vitest';
import { dayBefore } from '../../lib/night/business-day.ts';
import { sqlStepNamed } from '../../lib/night/steps.ts';
import type { Row, Run } from '../../lib/ports/query-engine.ts';
import { openMemoryEngine } from '../night/memory-engine.ts';
import { giveRows, nightOfTexts, writeTables } from '../night/memory-night.ts';

const engine = await openMemoryEngine();
afterAll(() => engine.close());

/**
 * The rows of a table that its SQL text makes of the rows of those it reads, in key order. What is not
 * given is empty, a column that a row lacks NULL. `settings` are those of the configuration, `earlier`
 * the rows of the night published before.
 */
export async function built(
  name: string,
  given: Readonly<Record<string, readonly Row[]>>,
  settings: unknown = {},
  asOf = '2025-12-31',
  earlier: Readonly<Record<string, readonly Row[]>> = {},
): Promise<readonly Row[]> {
  const step = sqlStepNamed(name);
  const dayEarlier = dayBefore(new Date(asOf), 'UTC');
  const previous = { snapshotOn: dayEarlier, runId: `${dayEarlier}-1` };
  const night = nightOfTexts(settings, asOf, previous);
  const { run } = night;
  await engine.clear();
  await giveRows(engine, previous, earlier);
  for (const [read, rows] of Object.entries(given)) {
    const table = step.reads.find((one) => one.name === read);
    if (table === undefined) throw new Error(`${name} does not read ${read}`);
    const runs = table.storage.kind === 'run' ? [run, ...otherRuns(run)] : [run];
    for (const written of runs) await engine.writeRows(table, written, rows);
  }
  await writeTables(engine, night, [step]);
  const columns = Object.keys(step.writes.columns).map((column) => `"${column}"`);
  const key = step.writes.key.map((column) => `"${column}"`);
  return await engine.read(
    `select ${columns.join(', ')} from ${name}
     where snapshot_on = date '${asOf}' and run_id = '${run.runId}' order by ${key.join(', ')}`,
  );
}

/** Runs whose rows are another night's: a text that reads them too shows twice as much. */
function otherRuns({ snapshotOn, runId }: Run): readonly Run[] {
  return [
    { snapshotOn, runId: `${snapshotOn}-2` },
    { snapshotOn: dayBefore(new Date(snapshotOn), 'UTC'), runId },
  ];
}

/** Some columns of rows, as lists in the order of their names. */
export function columnsOf(rows: readonly Row[], ...names: readonly string[]): unknown[][] {
  return rows.map((row) => names.map((name) => row[name]));
}
