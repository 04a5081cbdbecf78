import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryEngine, Row, Run } from '../../../lib/ports/query-engine.ts';

const watched = ['order_line', 'customer', 'customer_value', 'segment_member', 'kpi_snapshot'];

export interface Reader {
  /** Every different answer that was seen, in the order of the first sight. */
  stop(): Promise<readonly (readonly Row[])[]>;
}

/** A report that joins nothing but reads several views in one query, again and again. */
export function startReader(engine: QueryEngine): Reader {
  const seen = new Map<string, readonly Row[]>();
  let isReading = true;
  const reading = (async () => {
    while (isReading) {
      const rows = await engine.read(countsText((table) => `${table}_current`));
      seen.set(JSON.stringify(rows), rows);
      await sleep(50);
    }
  })();
  return {
    stop: async () => {
      isReading = false;
      await reading;
      return [...seen.values()];
    },
  };
}

/** What a reader must see of a run: all of it. */
export async function wholeRun(engine: QueryEngine, run: Run): Promise<readonly Row[]> {
  return await engine.read(
    countsText(
      (table) =>
        `(select * from ${table} where snapshot_on = date '${run.snapshotOn}' and run_id = '${run.runId}') as t`,
    ),
  );
}

function countsText(from: (table: string) => string): string {
  const counts = watched.map(
    (table) =>
      `select '${table}' as name, run_id, count(*) as found from ${from(table)} group by run_id`,
  );
  return `${counts.join(' union all ')} order by 1, 2`;
}
