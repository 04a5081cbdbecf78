import type { Run } from '../ports/query-engine.ts';
import { bind } from '../sql/bind.ts';
import type { Home } from './home.ts';
import type { Terminal } from './terminal.ts';

/** Later than this no shop that sells is silent: models ask for an order as young. */
const MOST_SILENT_DAYS = 30;

/** Asks whether another day was meant, where the last order of a run is long before its date. */
export async function sayOldData({ engine }: Home, terminal: Terminal, run: Run): Promise<void> {
  const [found] = await engine.read(
    bind(
      `select max(ordered_on) as last_on, date_diff('day', max(ordered_on), :as_of) as silent_days
       from sales_order where snapshot_on = :as_of and run_id = :run_id and is_order`,
      {
        as_of: { type: 'date', value: run.snapshotOn },
        run_id: { type: 'text', value: run.runId },
      },
    ),
  );
  if (Number(found?.silent_days ?? 0) <= MOST_SILENT_DAYS) return;
  terminal.say(`The last order is of ${found?.last_on}: --as-of ${found?.last_on}?`);
}
