import { createHash } from 'node:crypto';
import type { QueryEngine, Run } from '../../../lib/ports/query-engine.ts';
import { allTables } from '../../../lib/tables/all.ts';
import { rowsOfRun } from '../trino/same-rows.ts';

/** Tables that promise the same bytes of the same inputs. */
export const pureTables = allTables.filter(
  ({ promise, storage }) => promise === 'pure' && storage.kind === 'run',
);

/** The hash of a table's rows in key order, for each pure table of a run. */
export async function digestsOf(
  engine: QueryEngine,
  run: Run,
): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const table of pureTables) {
    const rows = await rowsOfRun(engine, table, run);
    const hash = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
    digests[table.name] = `${rows.length} rows ${hash}`;
  }
  return digests;
}
