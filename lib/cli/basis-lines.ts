import type { QueryEngine, Run } from '../ports/query-engine.ts';
import { bind } from '../sql/bind.ts';

const basis = `
select
  b.value_basis, b.is_changed, h.first_order_on, h.history_from_on,
  cast(floor(100e0 * coalesce(b.cost_coverage, 0e0)) as bigint) as known_percent,
  cast(ceil(100e0 * coalesce(b.share_estimated, 0e0)) as bigint) as estimated_percent
from value_basis b
left join history h on h.snapshot_on = b.snapshot_on and h.run_id = b.run_id
where b.snapshot_on = :as_of and b.run_id = :run_id`;

/** What a night's values are, and which orders its history leaves out, where that is not plain. */
export async function basisLines(engine: QueryEngine, run: Run): Promise<readonly string[]> {
  const [row] = await engine.read(
    bind(basis, {
      as_of: { type: 'date', value: run.snapshotOn },
      run_id: { type: 'text', value: run.runId },
    }),
  );
  if (row === undefined) return [];
  const values = `Values ${row.is_changed === true ? 'have changed, they ' : ''}are`;
  const lines: string[] = [];
  if (row.value_basis === 'net_sales') {
    lines.push(
      `${values} net sales: products tell the cost of ${row.known_percent} % of the sales, margins need 95 %.`,
    );
  } else if (Number(row.estimated_percent) > 0 || row.is_changed === true) {
    lines.push(
      `${values} contributions; margin_rate estimates the cost of ${row.estimated_percent} % of the sales.`,
    );
  }
  if (String(row.history_from_on) > String(row.first_order_on)) {
    lines.push(
      `The history begins on ${row.history_from_on}: what was ordered from ${row.first_order_on} until then is no part of it.`,
    );
  }
  return lines;
}
