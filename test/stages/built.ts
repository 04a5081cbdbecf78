import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDbEngine } from '../../lib/adapters/duckdb/query-engine.ts';
import { parseConfig } from '../../lib/config.ts';
import { dayBefore } from '../../lib/night/business-day.ts';
import { nightParameters } from '../../lib/night/parameters.ts';
import { renderStep } from '../../lib/night/render.ts';
import { sqlStepNamed } from '../../lib/night/steps.ts';
import type { Row, Run } from '../../lib/ports/query-engine.ts';
import { allTables } from '../../lib/tables/all.ts';

/**
 * The rows of a table that its SQL text makes of the rows of those it reads, in key order. What is not
 * given is empty, a column that a row lacks NULL. `settings` are those of the configuration.
 */
export async function built(
  name: string,
  given: Readonly<Record<string, readonly Row[]>>,
  settings: unknown = {},
  asOf = '2025-12-31',
): Promise<readonly Row[]> {
  const step = sqlStepNamed(name);
  const run = { snapshotOn: asOf, runId: `${asOf}-1` };
  const parameters = nightParameters({
    run,
    pointer: null,
    config: parseConfig(settings),
    sent: [],
    start: null,
  });
  const folder = await mkdtemp(join(tmpdir(), 'clientele-built-'));
  const engine = await openDuckDbEngine({ folder, tables: allTables });
  try {
    for (const [read, rows] of Object.entries(given)) {
      const table = step.reads.find((one) => one.name === read);
      if (table === undefined) throw new Error(`${name} does not read ${read}`);
      for (const written of [run, ...otherRuns(run)]) await engine.writeRows(table, written, rows);
    }
    const { select } = await renderStep(step, { run, parameters }, null);
    await engine.write(step.writes, run, select);
    const columns = Object.keys(step.writes.columns).map((column) => `"${column}"`);
    const key = step.writes.key.map((column) => `"${column}"`);
    return await engine.read(
      `select ${columns.join(', ')} from ${name}
       where snapshot_on = date '${asOf}' and run_id = '${run.runId}' order by ${key.join(', ')}`,
    );
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
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
